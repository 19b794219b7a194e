"""Real documents to measure on, taken from the library of the collection."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bge_desktop.bge.script import Language
from bge_desktop.library.library import Library, reading


@dataclass(frozen=True)
class SampleDocument:
    """A file, and the texts of its passages."""

    path: str
    passages: tuple[str, ...]


def pure_documents(library: str, language: Language) -> list[SampleDocument]:
    """Return the documents all of whose passages the model of `language` has embedded, by their names."""
    with reading(library) as opened:
        rows = opened.db.execute("SELECT document_id, min(path) FROM files GROUP BY document_id").fetchall()
        found = [_document(opened, language, number, os.fsdecode(path)) for number, path in rows if number is not None]
    return sorted((own for own in found if own), key=lambda own: os.path.basename(own.path))


def evenly(documents: Sequence[SampleDocument], passages: int) -> list[SampleDocument]:
    """Return documents with about so many passages together, evenly spread over all."""
    whole = sum(len(own.passages) for own in documents)
    count = max(1, round(len(documents) * min(1.0, passages / whole)))
    return [documents[row] for row in np.linspace(0, len(documents) - 1, count).astype(int)]


def texts_of(documents: Sequence[SampleDocument]) -> list[str]:
    """Return the texts of all their passages."""
    return [text for own in documents for text in own.passages]


def _document(library: Library, language: Language, number: int, path: str) -> SampleDocument | None:
    passages = library.documents.passages(number)
    held, _ = library.vectors.of(language, np.array([own.id for own in passages], np.int64))
    if not passages or len(held) < len(passages):
        return None
    return SampleDocument(path, tuple(own.text for own in passages))
