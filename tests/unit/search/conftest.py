"""A library filled by hand, without readers and without an encoder."""

from __future__ import annotations

import os

import numpy as np
import pytest

from bge_desktop.bge.embeddings import QueryVector
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.script import language_of
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library
from bge_desktop.messages import Mode
from bge_desktop.search.queries import understood
from bge_desktop.search.searcher import Searcher
from bge_desktop.watch.scan import FileStamp


class Shelf:
    """Puts documents into a library: one passage a paragraph."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.folder = library.folders.add("/documents")

    def put(self, name: str, text: str, *, content: str = "", page: int | None = None) -> int:
        """Store a document under a name; return its id. `content` stands for the hash of the file."""
        path = os.path.join("/documents", name)
        self.library.folders.mark_pending(self.folder, [FileStamp(path, len(text), 1, abs(hash(path)), "1")])
        file = next(file for file in self.library.folders.pending(100) if file.path == path)
        self.library.folders.set_state([file.id], "reading")
        read = ReadResult(path, content or name, False, text, "", "text", tuple(self._passages(text, page)))
        return self.library.store(file.id, read)

    @staticmethod
    def _passages(text, page):
        start = 0
        for paragraph in text.split("\n\n"):
            if paragraph:
                yield ReadPassage(start, start + len(paragraph), page, language_of(paragraph))
            start += len(paragraph) + 2

    def embed(self, document_id: int, *axes: int) -> None:
        """Give each passage of a document the unit vector along an axis."""
        passages = self.library.documents.passages(document_id)
        for passage, axis in zip(passages, axes, strict=True):
            language = language_of(passage.text)
            self.library.vectors.store(language, [passage.id], np.array([unit(language, axis)]))


def unit(language: str, axis: int) -> np.ndarray:
    """Return a unit vector of a model's dimension."""
    vector = np.zeros(BUNDLED[language].dimension, np.float32)
    vector[axis] = 1
    return vector


def dense(vectors: dict[str, np.ndarray]) -> dict[str, QueryVector]:
    """Return what models give of a query that give nothing but vectors."""
    return {language: QueryVector(vector) for language, vector in vectors.items()}


@pytest.fixture
def shelf(tmp_path):
    library = Library(str(tmp_path / "library"))
    yield Shelf(library)
    library.close()


@pytest.fixture
def search(shelf):
    """Search as the app does: what is typed is taken apart first."""
    searcher = Searcher(shelf.library)

    def typed(query, vectors, limit, mode=Mode.HYBRID):
        return searcher.search(understood(query), dense(vectors), limit, mode)

    return typed
