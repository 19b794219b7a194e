"""The library on disk and in memory: files, documents, passages, words and vectors."""
