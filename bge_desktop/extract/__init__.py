"""Files in, text and passages out: one module a format, and the guarded processes that run them."""
