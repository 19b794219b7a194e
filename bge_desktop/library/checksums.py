"""Checksums of what cannot be made anew without effort: SQLite keeps none, and a flipped bit in a text is a text."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple


class PassageColumns(NamedTuple):
    """What is stored of a passage, but for its ids and whether it is embedded."""

    start: int
    end: int
    page: int | None
    language: str
    place: str
    places: str


class DocumentColumns(NamedTuple):
    """What is stored of a document, but for its id."""

    hash: str
    kind: str
    title: str
    text: str
    language: str


def checksum_of_document(document: DocumentColumns, passages: Iterable[PassageColumns]) -> int:
    """Return the checksum of a document with its passages, in order."""
    rest = repr((*document._replace(text=""), [tuple(own) for own in passages]))
    return zlib.crc32(rest.encode("utf-8", "surrogatepass"), zlib.crc32(document.text.encode("utf-8", "surrogatepass")))


def checksum_of_vector(stored: bytes) -> int:
    """Return the checksum of a vector as it is stored."""
    return zlib.crc32(stored)
