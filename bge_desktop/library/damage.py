"""Finding damage in a database: in its structure by SQLite's own check, in texts and vectors by their checksums."""

from __future__ import annotations

import itertools
import math
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library.checksums import DocumentColumns, PassageColumns, checksum_of_document, checksum_of_vector
from bge_desktop.library.folder_rules import are_rules
from bge_desktop.library.full_text import INDEXES
from bge_desktop.library.packing import DAMAGES, unpacker
from bge_desktop.library.sparse_index import damaged_blocks, has_strays
from bge_desktop.library.stored_models import damaged_models

_WITHOUT_CHECKSUM = (
    "folders",
    "models",
    "files",
    "facts",
    "failures",
    "shortfalls",
    "labels",
    "label_decisions",
    "label_weights",
    "label_guesses",
    "topics",
    "topic_spaces",
    "topic_places",
)
_BEYOND_ASCII = "*[^ -~]*"
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
    if is_mistyped(db) or has_spoilt_text(db) or damaged_rules(db) or damaged_models(db):
        raise damaged(folder)
    if _has_unreadable_index(db) or has_strays(db):
        raise damaged(folder)
    for damages in (damaged_documents(db), damaged_vectors(db), damaged_blocks(db)):
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
    owned, unpack = _Passages(db), unpacker()
    for document_id, content_hash, kind, title, packed, language, checksum in db.execute(sql):
        passages = owned.of(document_id)
        try:
            document = DocumentColumns(content_hash, kind, title, unpack(packed), language)
        except DAMAGES:
            is_whole = False
        else:
            is_whole = _is_within(passages, document.text) and _agrees(document, passages, checksum)
        yield None if is_whole else document_id


def damaged_vectors(db: Database) -> Iterator[int | None]:
    """Yield for each vector the id of its passage, or None where it is whole."""
    sql = "SELECT passage_id, vector, checksum, dimension FROM vectors LEFT JOIN models ON models.id = model_id"
    for passage_id, vector, checksum, dimension in db.execute(sql):
        yield None if _is_vector(vector, checksum, dimension) else passage_id


class TypedColumn(NamedTuple):
    """A column of a table; in SQL, whether a value in it is of another type, and what stands in it by default."""

    table: str
    name: str
    type: str
    is_mistyped: str
    default: str | None


def typed_columns(db: Database) -> Iterator[TypedColumn]:
    """Yield the columns of the tables that no checksum covers: SQLite itself takes any value in most of them."""
    for table in _WITHOUT_CHECKSUM:
        for column in db[table].columns:
            types = (column.type, *(() if column.notnull or column.is_pk else ("NULL",)))
            allowed = ", ".join(f"'{name.lower()}'" for name in types)
            is_other = f'typeof("{column.name}") NOT IN ({allowed})'
            yield TypedColumn(table, column.name, column.type, is_other, column.default_value)


def is_mistyped(db: Database) -> bool:
    """Return whether any value in a table that no checksum covers is not of its column's type."""
    return any(
        db.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(own.is_mistyped for own in columns)} LIMIT 1").fetchone()
        for table, columns in itertools.groupby(typed_columns(db), key=lambda column: column.table)
    )


def has_spoilt_text(db: Database) -> bool:
    """Return whether any text in a table that no checksum covers is no UTF-8; by a connection with `lenient_text`."""
    return any(
        not _is_utf_8(text)
        for own in typed_columns(db)
        if own.type == "TEXT"
        for (text,) in db.execute(f'SELECT "{own.name}" FROM {own.table} WHERE "{own.name}" GLOB ?', [_BEYOND_ASCII])
    )


def damaged_rules(db: Database) -> list[int]:
    """Return the ids of the folders whose rules cannot be read."""
    return [number for number, rules in db.execute("SELECT id, rules FROM folders") if not are_rules(rules)]


def _has_unreadable_index(db: Database) -> bool:
    """Return whether a full-text index has lost its settings, which SQLite's own check does not look at."""
    try:
        for index in INDEXES:
            db.execute(f"SELECT 1 FROM {index} WHERE words MATCH 'a' LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return True
    return False


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


def _is_utf_8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_within(passages: list[PassageColumns], text: str) -> bool:
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
