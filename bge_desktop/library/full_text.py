"""The full-text indexes, which hold analysed words only (see `words`): the text itself stands in the documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlite_utils import Database

Index = Literal["passage_words", "document_words", "name_words"]
Rows = Iterable[tuple[int, str]]


def add_words(db: Database, index: Index, rows: Rows) -> None:
    """Put rows, of an id that the index does not hold and analysed words, into an index."""
    db.conn.executemany(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", rows)


def remove_words(db: Database, index: Index, rows: Rows) -> None:
    """Take rows out of an index; their words must be those that were put in, since the index does not keep them."""
    sql = f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', ?, ?)"
    db.conn.executemany(sql, rows)


def remove_all_words(db: Database, index: Index) -> None:
    """Empty an index."""
    db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
