"""Saving what is readable of a damaged database into a new one.

Rows are read in the order of their ids, past pages that cannot be read. What does not fit together is dropped, and its
files wait to be read again; what is made from the rest, words and signatures, is made anew when the library is opened.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from bge_desktop.library import sparse_index
from bge_desktop.library.damage import (
    damaged_documents,
    damaged_rules,
    damaged_vectors,
    lenient_text,
    typed_columns,
)
from bge_desktop.library.kept_list import KeptList
from bge_desktop.library.label_decisions import keep_by_path
from bge_desktop.library.path_keys import refresh_path_keys
from bge_desktop.library.schema import migrations
from bge_desktop.library.storage import lay_out, uri_of
from bge_desktop.library.stored_models import damaged_models

# In this order each row finds what it refers to. Every other table of the schema follows, but for those made anew.
_FIRST = ("folders", "models", "documents", "passages", "vectors", "files", "failures", "shortfalls", "labels")
_MADE_ANEW = ("signatures", "label_weights", "label_guesses")
_LOWEST, _FARTHEST = -(1 << 63), 1 << 40
_MOST_GAPS = 10_000
_NO_RULES = "{}"
Row = tuple[Any, ...]

# What a file holds is compared again, so that no damage to its row lasts; where it is known, nothing more is read.
_LOOK_AGAIN = """
UPDATE files SET state = 'pending'
    WHERE state != 'failed' OR id NOT IN (SELECT file_id FROM failures) OR (document_id IS NULL AND inode != '');
UPDATE passages SET embedded = EXISTS (
    SELECT 1 FROM vectors JOIN models ON models.id = model_id
    WHERE passage_id = passages.id AND models.language = passages.language AND role = 'current'
) WHERE embedded != 2;
INSERT OR IGNORE INTO outdated SELECT id FROM documents WHERE checksum IS NULL;
DELETE FROM facts WHERE name = 'analysis' OR name LIKE 'graph %' OR name LIKE 'labels %';
"""


@dataclass(frozen=True)
class Saved:
    """How much a salvaged library holds.

    Attributes:
        folders, files, documents: how many.
        embedded: how many passages need not be embedded again.
        ruleless: the paths of the folders whose rules could not be saved.
    """

    folders: int
    files: int
    documents: int
    embedded: int
    ruleless: tuple[str, ...]


def salvage(damaged: str, target: str, kept: KeptList) -> Saved:
    """Save what is readable of the database `damaged`, which is left as it is, as a new one at `target`.

    Every file waits to be looked at again: where its content is that of a document, that is all.

    Raises:
        OSError, sqlite3.Error: the new database cannot be written.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(Database(target, execute_plugins=False)) as db:
        lay_out(db)
        migrations.apply(db)
        with db.atomic():
            _copy(damaged, db)
            db.execute("UPDATE documents SET text = packed(text) WHERE typeof(text) = 'text'")  # of an older schema
            _drop_mistyped(db)
            _drop_damaged_models(db)
            _restore(db, kept)
            ruleless = _mend_rules(db, kept)
            _reset_mistyped(db)
            _drop_damaged_models(db)  # should the copy be spoilt, too
            _drop_damaged(db)
            keep_by_path(db)
            _drop_unowned(db)
            sparse_index.mend(db)
            db.executescript(_LOOK_AGAIN)
            refresh_path_keys(db)
        folders, files, documents, vectors = _counts(db)
        return Saved(folders, files, documents, vectors, ruleless)


def _copy(damaged: str, db: Database) -> None:
    if not os.path.isfile(damaged):
        return
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(_opened(damaged)) as source:
        if not _is_ours(source):
            return
        for table in _tables(db):
            with contextlib.suppress(sqlite3.DatabaseError):  # not even its columns are known
                _copy_table(source, db, table)


def _opened(damaged: str) -> sqlite3.Connection:
    source = sqlite3.connect(uri_of(damaged, "mode=ro"), uri=True)
    source.text_factory = lenient_text
    # which has SQLite read a file that was cut off, and what is readable of a schema: the first question fails then
    source.execute("PRAGMA writable_schema = ON")
    with contextlib.suppress(sqlite3.DatabaseError):
        source.execute("SELECT name FROM sqlite_master").fetchall()
    return source


def _is_ours(source: sqlite3.Connection) -> bool:
    """Whether a database is a library, and not another program's."""
    for table in ("passages", "vectors", "documents"):
        with contextlib.suppress(sqlite3.OperationalError):  # there is no such table
            source.execute(f"SELECT 1 FROM {table} LIMIT 0")
            return True
    return False


def _tables(db: Database) -> list[str]:
    found = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE '\\_%'"
        " ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'"
    )
    names = [name for (name,) in found if name not in _MADE_ANEW]
    return sorted(names, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))


def _copy_table(source: sqlite3.Connection, db: Database, table: str) -> None:
    wanted = [column.name for column in db[table].columns]
    there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    columns = [name for name in wanted if name in there]
    if not columns:
        return
    named = ", ".join(f'"{name}"' for name in columns)
    sql = f"INSERT OR IGNORE INTO {table} ({named}) VALUES ({', '.join('?' * len(columns))})"
    for row in readable_rows(source, table, named):
        with contextlib.suppress(sqlite3.IntegrityError, UnicodeEncodeError, OverflowError):  # the row is spoilt
            db.conn.execute(sql, row)


def readable_rows(source: sqlite3.Connection, table: str, columns: str) -> Iterator[Row]:
    """Yield the columns of a table's rows by ascending id, going on behind those that cannot be read."""
    sql = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid"
    reached = _LOWEST
    for _ in range(_MOST_GAPS):
        try:
            for row in source.execute(sql, [reached]):
                reached = max(reached, row[0])
                yield row[1:]
            return
        except sqlite3.DatabaseError:
            behind = _behind_gap(source, sql, max(reached, 0))
        if behind is None:
            return
        reached = behind


def _behind_gap(source: sqlite3.Connection, sql: str, after: int) -> int | None:
    """Return the lowest id over `after` behind which a row can be read, or the end is; None where there is none."""
    step = 1
    while not _can_read(source, sql, after + step):
        step *= 2
        if step > _FARTHEST:
            return None
    low, high = step // 2, step  # the one cannot be read, the other can
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _can_read(source, sql, after + middle) else (middle, high)
    return after + high


def _can_read(source: sqlite3.Connection, sql: str, after: int) -> bool:
    try:
        source.execute(f"{sql} LIMIT 1", [after]).fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def _restore(db: Database, kept: KeptList) -> None:
    """Add from the copy beside the database what it has lost."""
    for table in ("folders", "models"):
        # a folder's rules that are spoilt there too, are to be told as lost
        defaults = {"rules": ""} if table == "folders" else {}
        for row in ({**defaults, **own} for own in kept.read(table)):
            with contextlib.suppress(sqlite3.Error):  # the copy is spoilt, too
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" * len(row))
                db.conn.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _drop_mistyped(db: Database) -> None:
    """Drop the rows that have a value of a wrong type where none is usual; a file is found again by a scan."""
    for column in typed_columns(db):
        if column.default is None:
            db.execute(f"DELETE FROM {column.table} WHERE {column.is_mistyped}")


def _reset_mistyped(db: Database) -> None:
    for column in typed_columns(db):
        if column.default is not None:
            db.execute(f'UPDATE {column.table} SET "{column.name}" = {column.default} WHERE {column.is_mistyped}')


def _mend_rules(db: Database, kept: KeptList) -> tuple[str, ...]:
    """Take spoilt rules from the copy, else have none hold; return the paths of the folders that have none for that."""
    rules = {row.get("path"): row["rules"] for row in kept.read("folders") if "rules" in row}
    spoilt = set(damaged_rules(db))
    paths = [row for row in db.execute("SELECT id, path FROM folders").fetchall() if row[0] in spoilt]
    for number, path in paths:
        db.execute("UPDATE folders SET rules = ? WHERE id = ?", [rules.get(path, _NO_RULES), number])
    return tuple(os.fsdecode(path) for _, path in paths if path not in rules)


def _drop_damaged_models(db: Database) -> None:
    _delete(db, "models", "id", damaged_models(db))


def _drop_damaged(db: Database) -> None:
    spoilt = [number for number in damaged_documents(db) if number is not None]
    _delete(db, "documents", "id", spoilt)
    _delete(db, "passages", "document_id", spoilt)
    _delete(db, "vectors", "passage_id", [number for number in damaged_vectors(db) if number is not None])


def _drop_unowned(db: Database) -> None:
    """Drop the rows that refer to what is not there; a file is kept without its document."""
    db.execute("UPDATE files SET document_id = NULL WHERE document_id NOT IN (SELECT id FROM documents)")
    while unowned := db.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in unowned:
            _delete(db, table, "rowid", [rowid])


def _delete(db: Database, table: str, column: str, numbers: Sequence[int]) -> None:
    db.conn.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(number,) for number in numbers])


def _counts(db: Database) -> Iterator[int]:
    for table in ("folders", "files", "documents", "vectors"):
        yield int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
