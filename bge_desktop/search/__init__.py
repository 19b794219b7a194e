"""Search: by words, by meaning, and both fused."""
