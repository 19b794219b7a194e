"""Texts as they are stored: compressed, which takes half of the room, each by itself, so that any can be read alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

# What `unpacker` raises of what is no packed text: damage may also tell of more than there is memory for.
DAMAGES = (ZstdError, UnicodeDecodeError, TypeError, MemoryError)
# In SQLite's words, of any function of Python's: these are the only ones.
DAMAGED_TEXT = "user-defined function raised exception"


def let_pack(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions `packed(text)` and `unpacked(packed)`."""
    compressor = ZstdCompressor()
    connection.create_function("packed", 1, lambda text: compressor.compress(text.encode()), deterministic=True)
    connection.create_function("unpacked", 1, unpacker(), deterministic=True)


def unpacker() -> Callable[[bytes], str]:
    """Return a function, for one thread, that gives the text that was packed; it raises one of `DAMAGES`."""
    decompressor = ZstdDecompressor()

    def unpack(packed: bytes) -> str:
        return decompressor.decompress(packed).decode()

    return unpack
