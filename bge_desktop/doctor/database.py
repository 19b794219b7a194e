"""Looks at the library's database: whether it is whole, and whether its parts say the same."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from bge_desktop.doctor.check import Check, ok, problem, warning
from bge_desktop.errors import LibraryError, LibraryOutdatedError
from bge_desktop.library import storage
from bge_desktop.library.damage import (
    damaged_documents,
    damaged_rules,
    damaged_vectors,
    has_spoilt_text,
    is_mistyped,
    lenient_text,
)
from bge_desktop.library.schema import migrations

_SAVE = "Open the library in the window, or index a folder: what is readable is kept, and the rest is read again."
_AGAIN = "Close BGE Desktop and open it again; if this is still there, move the library's folder away and index again."
_LISTED = 3

_IN_USE = "SELECT passage_id FROM vectors JOIN models ON models.id = model_id WHERE role = 'current'"
# What must not be there, in words, with the number of rows that are so. The rows of the full-text indexes are read from
# the lengths that FTS5 keeps of each.
_CONTRADICTIONS: Mapping[str, str] = {
    "passages cannot be found by their words": (
        "SELECT count(*) FROM passages WHERE id NOT IN (SELECT id FROM passage_words_docsize)"
    ),
    "passages are found that are gone": (
        "SELECT count(*) FROM passage_words_docsize WHERE id NOT IN (SELECT id FROM passages)"
    ),
    "documents cannot be found by their words": (
        "SELECT count(*) FROM documents WHERE id NOT IN (SELECT id FROM document_words_docsize)"
    ),
    "documents are found that are gone": (
        "SELECT count(*) FROM document_words_docsize WHERE id NOT IN (SELECT id FROM documents)"
    ),
    "files cannot be found by their names": (
        "SELECT count(*) FROM files WHERE document_id NOTNULL AND id NOT IN (SELECT id FROM name_words_docsize)"
    ),
    "files are found by name that are gone": (
        "SELECT count(*) FROM name_words_docsize WHERE id NOT IN (SELECT id FROM files WHERE document_id NOTNULL)"
    ),
    "passages that count as embedded have no vector": (
        f"SELECT count(*) FROM passages WHERE embedded = 1 AND id NOT IN ({_IN_USE})"
    ),
    "passages with a vector do not count as embedded": (
        f"SELECT count(*) FROM passages WHERE embedded != 1 AND id IN ({_IN_USE})"
    ),
    "vectors are those of another language's model": (
        "SELECT count(*) FROM vectors JOIN passages ON passages.id = passage_id JOIN models ON models.id = model_id"
        " WHERE passages.language != models.language"
    ),
    "files count as read and have no document": (
        "SELECT count(*) FROM files WHERE state = 'indexed' AND document_id IS NULL"
    ),
    "files count as failed without a reason": (
        "SELECT count(*) FROM files WHERE state = 'failed' AND id NOT IN (SELECT file_id FROM failures)"
    ),
}
_UNOWNED = "SELECT count(*) FROM documents WHERE id NOT IN (SELECT document_id FROM files WHERE document_id NOTNULL)"
_INDEXES = ("passage_words", "document_words", "name_words")


def whole(library: str) -> Iterator[Check]:
    """Look whether SQLite and the checksums of texts and vectors find the database whole, and its version fits."""
    try:
        with _opened(library) as db:
            yield from _version(db)
            yield from _structure(db)
            yield from _contents(db)
    except LibraryError as error:
        yield (warning if isinstance(error, LibraryOutdatedError) else problem)(
            "database", f"{error.title}.", error.message
        )


def agreeing(library: str) -> Iterator[Check]:
    """Look whether all that is kept of a document, in several places, agrees."""
    with _opened(library) as db:
        counts = {words: int(db.execute(sql).fetchone()[0]) for words, sql in _CONTRADICTIONS.items()}
        unowned = int(db.execute(_UNOWNED).fetchone()[0])
        passages, vectors = (int(db.execute(f"SELECT count(*) FROM {own}").fetchone()[0]) for own in _COUNTED)
    wrong = [f"{number:,} {words}" for words, number in counts.items() if number]
    if wrong:
        yield problem("index", f"{'; '.join(wrong)}.", _AGAIN)
    else:
        yield ok("index", f"{passages:,} passages and {vectors:,} vectors agree with files, documents and words.")
    if unowned:
        found = f"{unowned:,} documents have no file any more."
        yield warning("left over", found, "They go the next time that BGE Desktop has brought the library up to date.")


_COUNTED = ("passages", "vectors")


@contextlib.contextmanager
def _opened(library: str) -> Iterator[Database]:
    """Open a database for reading, as it is at one moment.

    Raises:
        LibraryError: it cannot be opened or read.
    """
    storage.refuse_newer(library)
    with contextlib.closing(storage.connect(library, write=False)) as db, storage.readable_errors(library):
        db.conn.text_factory = lenient_text
        db.begin()
        yield db


def _version(db: Database) -> Iterator[Check]:
    number = len(list(db.execute(f"SELECT 1 FROM {migrations.migrations_table}")))
    yield ok("schema", f"The database has its {number} migrations, as this version of the app wants it.")


def _structure(db: Database) -> Iterator[Check]:
    faults = [str(row[0]) for row in db.execute(f"PRAGMA quick_check({_LISTED})") if row[0] != "ok"]
    faults += [f"a row of {row[0]} refers to what is gone" for row in db.execute("PRAGMA foreign_key_check")][:_LISTED]
    faults += [f"the words in {name} cannot be read" for name in _INDEXES if not _is_readable(db, name)]
    faults += ["values are not of their columns' types"] * (is_mistyped(db) or has_spoilt_text(db))
    faults += ["the rules of a folder cannot be read"] * bool(damaged_rules(db))
    if faults:
        yield problem("database", f"It is damaged: {'; '.join(faults)}.", _SAVE)
    else:
        yield ok("database", "SQLite finds it whole, and its full-text indexes can be read.")


def _is_readable(db: Database, index: str) -> bool:
    """Return whether each word of a full-text index can be read: FTS5's own check wants a right to write."""
    db.execute(f"CREATE VIRTUAL TABLE temp.doctor_{index} USING fts5vocab(main, {index}, row)")
    try:
        db.execute(f"SELECT sum(cnt) FROM temp.doctor_{index}").fetchone()
    except sqlite3.DatabaseError:
        return False
    finally:
        db.execute(f"DROP TABLE temp.doctor_{index}")
    return True


def _contents(db: Database) -> Iterator[Check]:
    documents = sum(number is not None for number in damaged_documents(db))
    vectors = sum(number is not None for number in damaged_vectors(db))
    if documents or vectors:
        found = f"{documents:,} documents and {vectors:,} vectors are not what was stored."
        yield problem("contents", found, _SAVE)
    else:
        yield ok("contents", "Every text and every vector is what was stored.")
