"""Plain text, source code, and whatever else is made of readable characters."""

from __future__ import annotations

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document


def read_text(data: bytes) -> Document:
    """Return the text as it is. It has no title of its own: the file's name is the best there is."""
    return Document(decode(data), kind="text")
