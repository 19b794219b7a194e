"""Whether two libraries of the same folders say the same, and whether a library is whole.

Ids, times and the order of indexing are of no account: files are compared by path, and of each file all that is stored
of what it holds. The paths must be the same in both: a file is found by its folder's name, too.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.packing import unpacker

Vector = NDArray[np.float32]

_LEAST_COSINE = 0.9999
_FULL_TEXT = ("passage_words", "document_words", "name_words")


@dataclass(frozen=True)
class PassageContent:
    """What is stored of a passage; `vector` is None where it has none, `words` are those of the full-text index."""

    start: int
    end: int
    page: int | None
    language: str
    place: str
    places: str
    words: str
    model: str | None
    vector: Vector | None


@dataclass(frozen=True)
class DocumentContent:
    """What is stored of a document."""

    hash: str
    kind: str
    title: str
    text: str
    language: str
    shortfall: str | None
    signature: bytes
    words: str
    passages: tuple[PassageContent, ...]


@dataclass(frozen=True)
class FileContent:
    """What is stored of a file; `failure` is the title, None where it did not fail; `words` are those of its name.

    `stamp` is its size, inode and times, by which a scan knows that it has not changed; `passing` tells that the
    failure says nothing of what the file holds.
    """

    folder: tuple[str, str]
    state: str
    stamp: tuple[int, str, int, int]
    failure: str | None
    passing: bool
    words: str
    document: DocumentContent | None


Snapshot = Mapping[str, FileContent]


@contextlib.contextmanager
def copy_of(library: str) -> Iterator[sqlite3.Connection]:
    """Give the database of a library as it lies on the disk, journal included; nothing of the library is touched."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("library.db", "library.db-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy(os.path.join(library, name), folder)
        with contextlib.closing(sqlite3.connect(os.path.join(folder, "library.db"))) as db:
            db.row_factory = sqlite3.Row
            yield db


def snapshot(library: str) -> Snapshot:
    """Return what a library says of each file, by path. Nobody should be writing to it meanwhile."""
    with copy_of(library) as db:
        return snapshot_of(db)


def snapshot_of(db: sqlite3.Connection) -> Snapshot:
    """Return the same of a database that is open, with `sqlite3.Row` as its rows."""
    documents = _documents(db)
    names = _words(db, "name_words")
    return {os.fsdecode(row["path"]): _file(row, documents, names) for row in db.execute(_FILES)}


def differences(library: str, other: str | Snapshot) -> list[str]:
    """Return, in words, what is not whole in a library, and how it differs from another one, or its snapshot."""
    expected = snapshot(other) if isinstance(other, str) else other
    return faults(library) + compared(snapshot(library), expected)


def compared(found: Snapshot, expected: Snapshot) -> list[str]:
    """Return, in words, how a snapshot differs from what is expected."""
    lines = [f"{path}: not expected" for path in sorted(found.keys() - expected.keys())]
    lines += [f"{path}: missing" for path in sorted(expected.keys() - found.keys())]
    for path in sorted(found.keys() & expected.keys()):
        lines += [f"{path}: {line}" for line in _compared_files(found[path], expected[path])]
    return lines


def faults(library: str) -> list[str]:
    """Return, in words, what is not whole in a library in itself: nothing may be left over, or point at nothing."""
    with copy_of(library) as db:
        lines = [f"integrity_check: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        lines += [f"foreign_key_check: {tuple(row)}" for row in db.execute("PRAGMA foreign_key_check")]
        for index in _FULL_TEXT:
            with contextlib.suppress(sqlite3.DatabaseError):
                db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
                continue
            lines.append(f"{index}: the full-text index is damaged")
        for what, sql in _LEFT_OVER.items():
            rows = [tuple(row) for row in db.execute(sql)]
            lines += [f"{what}: {rows}"] if rows else []
    return lines


_FILES = """
    SELECT files.*, folders.path AS folder, rules, title AS failure, passing
    FROM files LEFT JOIN folders ON folders.id = folder_id
    LEFT JOIN failures ON file_id = files.id AND state = 'failed'
"""
_PASSAGES = """
    SELECT passages.*, vector, iif(vector IS NULL, NULL, models.language || ' ' || fingerprint) AS model
    FROM passages LEFT JOIN models ON models.language = passages.language AND role = 'current'
    LEFT JOIN vectors ON passage_id = passages.id AND model_id = models.id
    ORDER BY passages.id
"""
_DOCUMENTS = """
    SELECT documents.*, signature, shortfalls.title || ': ' || message AS shortfall
    FROM documents LEFT JOIN signatures ON signatures.document_id = documents.id
    LEFT JOIN shortfalls ON shortfalls.document_id = documents.id
"""
_IN_USE = "SELECT passage_id FROM vectors JOIN models ON models.id = model_id WHERE role = 'current'"
_NAMED = "SELECT id FROM files WHERE document_id NOTNULL"
# What there may not be, and the rows that are so.
_LEFT_OVER = {
    "documents that no file has": "SELECT id FROM documents EXCEPT SELECT document_id FROM files",
    # but for those of a folder that is away, which wait for it: another disk was in its place, and was not read
    "files that were not done with": "SELECT id, state FROM files WHERE state NOT IN ('indexed', 'failed')"
    " AND folder_id NOT IN (SELECT id FROM folders WHERE away)",
    "failed files without a reason": "SELECT id FROM files WHERE state = 'failed' EXCEPT SELECT file_id FROM failures",
    "passages that were not embedded": "SELECT id, embedded FROM passages WHERE embedded != 1",
    "passages marked as embedded that have no vector": f"SELECT id FROM passages WHERE embedded = 1 EXCEPT {_IN_USE}",
    "vectors of passages that wait for one": f"{_IN_USE} EXCEPT SELECT id FROM passages WHERE embedded = 1",
    "documents without a signature": "SELECT id FROM documents EXCEPT SELECT document_id FROM signatures",
    "passages without words": "SELECT id FROM passages EXCEPT SELECT id FROM passage_words_docsize",
    "words of no passage": "SELECT id FROM passage_words_docsize EXCEPT SELECT id FROM passages",
    "documents without words": "SELECT id FROM documents EXCEPT SELECT id FROM document_words_docsize",
    "words of no document": "SELECT id FROM document_words_docsize EXCEPT SELECT id FROM documents",
    "files without the words of their names": f"{_NAMED} EXCEPT SELECT id FROM name_words_docsize",
    "words of no file's name": f"SELECT id FROM name_words_docsize EXCEPT {_NAMED}",
}


def _file(row: sqlite3.Row, documents: Mapping[int, DocumentContent], names: Mapping[int, str]) -> FileContent:
    return FileContent(
        folder=(os.fsdecode(row["folder"]), row["rules"]),
        state=row["state"],
        stamp=(row["size"], row["inode"], row["mtime_ns"], row["ctime_ns"]),
        failure=row["failure"],
        passing=bool(row["passing"]),
        words=names.get(row["id"], ""),
        document=documents.get(row["document_id"]),
    )


def _documents(db: sqlite3.Connection) -> dict[int, DocumentContent]:
    passages: dict[int, list[PassageContent]] = {}
    words = _words(db, "passage_words")
    for row in db.execute(_PASSAGES):
        passages.setdefault(row["document_id"], []).append(_passage(row, words))
    words = _words(db, "document_words")
    return {row["id"]: _document(row, words, passages.get(row["id"], [])) for row in db.execute(_DOCUMENTS)}


def _document(row: sqlite3.Row, words: Mapping[int, str], passages: list[PassageContent]) -> DocumentContent:
    return DocumentContent(
        hash=row["hash"].split()[0],  # of a file that could not be read, the id follows
        text=unpacker()(row["text"]),
        **{key: row[key] for key in ("kind", "title", "language", "shortfall", "signature")},
        words=words.get(row["id"], ""),
        passages=tuple(passages),
    )


def _passage(row: sqlite3.Row, words: Mapping[int, str]) -> PassageContent:
    return PassageContent(
        **{key: row[key] for key in ("start", "end", "page", "language", "place", "places", "model")},
        words=words.get(row["id"], ""),
        vector=None if row["vector"] is None else np.frombuffer(row["vector"], "<f2").astype(np.float32),
    )


def _words(db: sqlite3.Connection, index: str) -> dict[int, str]:
    """Return the words of each row of a full-text index in order, as the index itself tells them."""
    db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_there USING fts5vocab(main, {index}, instance)")
    rows: dict[int, list[str]] = {}
    for row in db.execute(f'SELECT doc, term FROM {index}_there ORDER BY doc, "offset"'):
        rows.setdefault(row["doc"], []).append(row["term"])
    return {number: " ".join(words) for number, words in rows.items()}


def _compared_files(found: FileContent, expected: FileContent) -> Iterator[str]:
    yield from _compared_fields(found, expected, but="document")
    if found.passing:
        return  # such a file keeps what it held before, which a new library cannot know
    if found.document and expected.document:
        yield from _compared_documents(found.document, expected.document)
    elif found.document is not expected.document:
        yield f"document: {_short(found.document)} instead of {_short(expected.document)}"


def _compared_documents(found: DocumentContent, expected: DocumentContent) -> Iterator[str]:
    yield from _compared_fields(found, expected, but="passages")
    if len(found.passages) != len(expected.passages):
        yield f"{len(found.passages)} passages instead of {len(expected.passages)}"
    for number, (own, other) in enumerate(zip(found.passages, expected.passages, strict=False)):
        for line in _compared_fields(own, other, but="vector"):
            yield f"passage {number}: {line}"
        if not _is_same_vector(own.vector, other.vector):
            yield f"passage {number}: another vector"


def _compared_fields(found: Any, expected: Any, but: str) -> Iterator[str]:
    for name in (field.name for field in dataclasses.fields(found) if field.name != but):
        own, other = getattr(found, name), getattr(expected, name)
        if own != other:
            yield f"{name}: {_short(own)} instead of {_short(other)}"


def _is_same_vector(own: Vector | None, other: Vector | None) -> bool:
    if own is None or other is None:
        return own is other
    return float(own @ other) > _LEAST_COSINE * float(np.linalg.norm(own) * np.linalg.norm(other))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 200 else f"{text[:200]}…"
