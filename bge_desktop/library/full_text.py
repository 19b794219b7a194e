"""The full-text indexes, which hold analysed words only (see `words`): the text itself stands in the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import numpy as np
from sqlite_utils import Database

from bge_desktop.library.ids import Ids

Index = Literal["passage_words", "document_words", "name_words"]
INDEXES: tuple[Index, ...] = ("passage_words", "document_words", "name_words")
Rows = Iterable[tuple[int, str]]
# Leaves that are merged at once: 6 ms at most on 100,000 passages, of which all take 1.4 s.
_MERGED = 32
# Each merging of all adds levels to an index, in SQLite before 3.41, which at 2,000 takes it for damaged.
_MOST_LEVELS = 500
_STRUCTURE = 10  # the id of the record that tells the levels


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


def merged(db: Database, index: Index) -> Iterator[None]:
    """Merge the segments of an index into one, a portion with each step: until then they hold words taken out."""
    size = -_MERGED  # at first all of them are put together, however few they are
    while _merge(db, index, size):
        size = _MERGED
        yield


def _merge(db: Database, index: Index, size: int) -> bool:
    before = db.conn.total_changes
    db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", [size])
    return db.conn.total_changes - before > 1  # so FTS5 tells that there was something to merge


def is_worn(db: Database, index: Index) -> bool:
    """Whether an index has been merged so often that it should be emptied and filled anew."""
    [(structure,)] = db.execute(f"SELECT block FROM {index}_data WHERE id = ?", [_STRUCTURE]).fetchall()
    levels, behind = structure[4], structure[5]  # behind a number of four bytes, in SQLite's integers
    return (levels & 0x7F) << 7 | behind > _MOST_LEVELS if levels & 0x80 else False


def open_occurrences(db: Database) -> None:
    """Let a connection read each occurrence of a word in the passages, from the table `passage_occurrences`."""
    # of this connection alone: it is no more than a way to look at the index
    db.execute("CREATE VIRTUAL TABLE temp.passage_occurrences USING fts5vocab(main, passage_words, instance)")


def word_counts(db: Database, document_id: int | None = None) -> Ids:
    """Return [n, 3]: the id of each passage, ascending, that of its document, and how many words it has.

    Args:
        db: the library's database.
        document_id: the document whose passages to return; None for all.
    """
    # FTS5 keeps the lengths in a table of its own, as SQLite's integers of variable length
    sql = "SELECT passages.id, document_id, sz FROM passages JOIN passage_words_docsize lengths USING (id)"
    sql, values = (sql, []) if document_id is None else (f"{sql} WHERE document_id = ?", [document_id])
    rows = [(passage, document, _integer(size)) for passage, document, size in db.execute(f"{sql} ORDER BY id", values)]
    return np.array(rows, np.int64).reshape(len(rows), 3)


def _integer(encoded: Sequence[int]) -> int:
    """Decode seven bits from each byte, the highest first: up to eight bytes, and nothing is so long."""
    number = 0
    for byte in encoded:
        number = number << 7 | byte & 0x7F
    return number
