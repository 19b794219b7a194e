"""How characters are read, as East Asian texts print it above them (ruby): apart from the words that it belongs to.

A reading between the characters would divide a word: each stands in brackets after its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable

from bge_desktop.extract.document import one_line


def with_readings(paragraph: str, readings: Iterable[str]) -> str:
    """Return a paragraph, and after it in brackets how its characters are read, where that is said."""
    said = " ".join(filter(None, map(one_line, readings)))
    return f"{paragraph} ({said})" if said else paragraph
