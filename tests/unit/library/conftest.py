"""A library filled by hand: no files on the disk, no readers, no encoder."""

from __future__ import annotations

import os
import zlib
from collections import Counter

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.script import language_of
from bge_desktop.extract.readers import ReadFailure, ReadPassage, ReadResult
from bge_desktop.library.file_names import name_words
from bge_desktop.library.full_text import word_counts
from bge_desktop.library.library import Library
from bge_desktop.library.new_documents import main_language
from bge_desktop.library.path_keys import path_keys
from bge_desktop.library.words import analysed
from bge_desktop.watch.scan import FileStamp


def vector_of(text: str, dimension: int) -> np.ndarray:
    """Return a normalised vector that is a text's own."""
    vector = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(dimension).astype(np.float32)
    return vector / np.linalg.norm(vector)


class Desk:
    """One folder of a library, and what a worker does with its files."""

    def __init__(self, library: Library, folder: str = "/d") -> None:
        self.library, self.root = library, folder
        self.folder = library.folders.add(folder)

    def stamp(self, name: str, size: int = 1, mtime_ns: int = 1) -> FileStamp:
        path = os.path.join(self.root, name)
        return FileStamp(path, size, mtime_ns, zlib.crc32(os.fsencode(path)), "1")

    def file(self, name: str):
        return self.library.folders.files(self.folder).get(os.path.join(self.root, name))

    def see(self, name: str, **stamp: int):
        """A scan finds a new or changed file."""
        self.library.folders.mark_pending(self.folder, [self.stamp(name, **stamp)])
        return self.file(name)

    def start(self, name: str, **stamp: int):
        """A file is given to a reader."""
        file = self.see(name, **stamp)
        self.library.folders.set_state([file.id], "reading")
        return file

    def fail(self, file_id: int, title: str = "Bad", message: str = "It is bad.", **details) -> bool:
        """A reader could not read a file."""
        return self.library.failures.record(file_id, ReadFailure("", title, message, **details))

    def put(self, name: str, text: str) -> int:
        """A file is read; its text is its content. Each line is a passage."""
        return self.library.store(self.start(name, size=len(text)).id, self.read(text))

    @staticmethod
    def read(text: str, *, known: bool = False) -> ReadResult:
        content = f"hash of {text}"
        if known:
            return ReadResult("", content, True)
        passages, start = [], 0
        for line in text.split("\n"):
            passages.append(ReadPassage(start, start + len(line), None, language_of(line)))
            start += len(line) + 1
        return ReadResult("", content, False, text, "A title", "text", tuple(passages))

    def remove(self, name: str) -> None:
        file = self.file(name)
        self.library.folders.remove_files([file] if file else [])

    def embed(self) -> int:
        """Embed all that waits; return how many passages that were."""
        waiting = self.library.documents.to_embed(10_000, after=0)
        for passage, language in waiting:
            vector = vector_of(passage.text, BUNDLED[language].dimension)
            self.library.vectors.store(language, [passage.id], vector[None])
        return len(waiting)

    def finds(self, word: str, index: str = "passage_words") -> list[int]:
        rows = self.library.db.execute(f"SELECT rowid FROM {index} WHERE words MATCH ? ORDER BY rowid", [f'"{word}"'])
        return [row[0] for row in rows]


def assert_sound(library: Library) -> None:
    """What is in memory, and in the full-text indexes, is what a library opened this moment finds stored."""
    fresh = Library(library.folder, write=False, exact_limit=10**9)
    try:
        assert library.catalogue.documents.tolist() == fresh.catalogue.documents.tolist()
        for column in ("passages", "rows", "lengths"):
            assert getattr(library.catalogue, column).tolist() == getattr(fresh.catalogue, column).tolist()
        for document_id in library.documents.document_ids():
            passages = library.documents.passages(document_id)
            counts = word_counts(library.db, since=document_id)
            held = counts[counts[:, 1] == document_id].tolist()
            assert held == [[own.id, document_id, len(analysed(own.text).split())] for own in passages]
        for language, index in library.vectors.items():
            assert_same_vectors(index, fresh.vectors[language], BUNDLED[language].dimension)
        assert_words_match(library)
        assert_filters_match(library)
    finally:
        fresh.close()


def assert_same_vectors(index, other, dimension: int) -> None:
    assert len(index) == len(other)
    query = vector_of("a query", dimension)
    found, expected = (search.search(query, len(other)) for search in (index, other))
    order, expected_order = np.argsort(found.ids), np.argsort(expected.ids)
    assert found.ids[order].tolist() == expected.ids[expected_order].tolist()
    np.testing.assert_allclose(found.scores[order], expected.scores[expected_order], atol=1e-5)


def assert_words_match(library: Library) -> None:
    passages = [library.documents.passages(number) for number in library.documents.document_ids()]
    expected = {
        "passage_words": {own.id: analysed(own.text) for document in passages for own in document},
        "document_words": {
            number: " ".join(analysed(own.text) for own in library.documents.passages(number))
            for number in library.documents.document_ids()
        },
        "name_words": {
            file.id: name_words(file.path)
            for folder in library.folders.all()
            for file in library.folders.files(folder).values()
            if file.document_id is not None
        },
    }
    for index, rows in expected.items():
        library.db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
        library.db.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.v_{index} USING fts5vocab(main, {index}, instance)"
        )
        held = Counter(library.db.execute(f"SELECT doc, term FROM temp.v_{index}").fetchall())
        assert held == Counter((number, word) for number, words in rows.items() for word in words.split())


def assert_filters_match(library: Library) -> None:
    files = library.db.execute("SELECT path, folder_key, name_key, ending_key FROM files").fetchall()
    assert [tuple(keys) for _, *keys in files] == [path_keys(path) for path, *_ in files]
    for document_id, language in library.db.execute("SELECT id, language FROM documents"):
        passages = library.db.execute("SELECT language FROM passages WHERE document_id = ?", [document_id])
        assert language == main_language([row[0] for row in passages])


@pytest.fixture
def folder(tmp_path) -> str:
    return str(tmp_path / "library")


@pytest.fixture
def library(folder):
    opened = Library(folder)
    yield opened
    opened.close()


@pytest.fixture
def desk(library) -> Desk:
    return Desk(library)


@pytest.fixture
def make_desk():
    return Desk


@pytest.fixture
def sound():
    return assert_sound


@pytest.fixture
def unit_vectors():
    """Make n random normalised vectors, the same at each call with the same seed."""

    def make(n: int, dimension: int = 16, seed: int = 0) -> np.ndarray:
        vectors = np.random.default_rng(seed).standard_normal((n, dimension)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    return make
