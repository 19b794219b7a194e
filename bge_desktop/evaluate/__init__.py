"""Evaluation of search on one's own library."""
