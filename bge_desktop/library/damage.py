"""Finding damage in a database: in its structure by SQLite's own check, in texts and vectors by their checksums."""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from sqlite_utils import Database

from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library.checksums import DocumentColumns, PassageColumns, checksum_of_document, checksum_of_vector

_ASKED_EVERY = 500  # rows: a few milliseconds
_NONE: tuple[float, Iterable[tuple[Any, ...]]] = (math.inf, ())


def check(
    db: Database,
    folder: str,
    pragma: Literal["quick_check", "integrity_check"] = "quick_check",
    is_cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Look whether a library's database is whole: about 0.7 s for 100,000 passages.

    Args:
        db: a connection of the check's own.
        folder: the library's.
        pragma: SQLite's check; "integrity_check" compares indexes with their tables as well.
        is_cancelled: asked now and then; once it says so, the rest is left out without a word.

    Raises:
        LibraryDamagedError: it is not.
        sqlite3.DatabaseError: it cannot even be read.
    """
    db.conn.text_factory = lenient_text
    [(found,)] = db.execute(f"PRAGMA {pragma}(1)").fetchall()
    if found != "ok":
        raise damaged(folder)
    for damages in (damaged_documents(db), damaged_vectors(db)):
        for count, number in enumerate(damages):
            if number is not None:
                raise damaged(folder)
            if count % _ASKED_EVERY == 0 and is_cancelled():
                return


def damaged(folder: str) -> LibraryDamagedError:
    """Return the error that tells a person that the library in `folder` is damaged, and what helps."""
    message = (
        "The library's database is damaged; your documents are safe. Open it in the window, or index a folder:"
        " what is readable of it is kept, and the rest is read again."
    )
    return LibraryDamagedError("Library is damaged", message, folder)


def lenient_text(stored: bytes) -> str:
    """Return a stored text though it be damaged, so that its checksum can tell."""
    return stored.decode("utf-8", "surrogateescape")


def damaged_documents(db: Database) -> Iterator[int | None]:
    """Yield for each document its id, or None where it is whole."""
    sql = "SELECT id, hash, kind, title, text, language, checksum FROM documents ORDER BY id"
    owned = _Passages(db)
    for document_id, *columns, checksum in db.execute(sql):
        document, passages = DocumentColumns(*columns), owned.of(document_id)
        is_whole = _is_within(passages, document.text) and _agrees(document, passages, checksum)
        yield None if is_whole else document_id


def damaged_vectors(db: Database) -> Iterator[int | None]:
    """Yield for each vector the id of its passage, or None where it is whole."""
    sql = "SELECT passage_id, vector, checksum, dimension FROM vectors LEFT JOIN models ON models.id = model_id"
    for passage_id, vector, checksum, dimension in db.execute(sql):
        yield None if _is_vector(vector, checksum, dimension) else passage_id


class _Passages:
    """The passages of documents, asked for by ascending id: one pass over all, which asking for each would not be."""

    def __init__(self, db: Database) -> None:
        rows = db.execute(
            'SELECT document_id, start, "end", page, language, place, places FROM passages ORDER BY document_id, id'
        )
        self._groups = itertools.groupby(rows, key=lambda row: row[0])
        self._owner: float
        self._rows: Iterable[tuple[Any, ...]]
        self._owner, self._rows = next(self._groups, _NONE)

    def of(self, document_id: int) -> list[PassageColumns]:
        """Return the passages of a document, in order."""
        while self._owner < document_id:
            self._owner, self._rows = next(self._groups, _NONE)
        return [PassageColumns(*row[1:]) for row in self._rows] if self._owner == document_id else []


def _is_within(passages: list[PassageColumns], text: object) -> bool:
    if not isinstance(text, str):
        return False
    places = [(own.start, own.end) for own in passages]
    return all(isinstance(own, int) for place in places for own in place) and all(
        0 <= start <= end <= len(text) for start, end in places
    )


def _agrees(document: DocumentColumns, passages: list[PassageColumns], checksum: int | None) -> bool:
    """Whether a document has its checksum; one from before there were any has none."""
    return checksum is None or checksum == checksum_of_document(document, passages)


def _is_vector(vector: object, checksum: int | None, dimension: int | None) -> bool:
    if not isinstance(vector, bytes) or dimension is None or len(vector) != 2 * dimension:
        return False
    if checksum is not None:
        return checksum == checksum_of_vector(vector)
    return all(map(math.isfinite, struct.unpack(f"<{dimension}e", vector)))
