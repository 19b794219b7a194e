"""The full-text indexes, which hold analysed words only (see `words`): the text itself stands in the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import numpy as np
from sqlite_utils import Database

from bge_desktop.library.ids import Ids, numbers, read_pairs

Index = Literal["passage_words", "document_words", "name_words"]
INDEXES: tuple[Index, ...] = ("passage_words", "document_words", "name_words")
Rows = Iterable[tuple[int, str]]
# Leaves that are merged at once: 6 ms at most on 100,000 passages, of which all take 1.4 s.
_MERGED = 32
# Each merging of all adds levels to an index, in SQLite before 3.41, which at 2,000 takes it for damaged.
_MOST_LEVELS = 500
_TOTALS, _STRUCTURE = 1, 10  # the ids of the records that tell the number of rows and words, and the levels


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
    if _merge(db, index, -_MERGED):  # which puts all of them together, however few they are
        yield
        yield from merged_where_many(db, index)


def merged_where_many(db: Database, index: Index) -> Iterator[None]:
    """Merge the segments of an index until few are left, three on each level, a portion with each step."""
    while _merge(db, index, _MERGED):
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


def count_rows(db: Database, index: Index) -> int:
    """Return how many rows an index holds, without counting them."""
    [(totals,)] = db.execute(f"SELECT block FROM {index}_data WHERE id = ?", [_TOTALS]).fetchall()
    return int(_integers(totals)[0]) if totals else 0


def open_occurrences(db: Database) -> None:
    """Let a connection read each occurrence of a word in the passages, from the table `passage_occurrences`."""
    # of this connection alone: it is no more than a way to look at the index
    db.execute("CREATE VIRTUAL TABLE temp.passage_occurrences USING fts5vocab(main, passage_words, instance)")


def word_counts(db: Database, since: int = 0) -> Ids:
    """Return [n, 3]: the id of each passage, ascending, that of its document, and how many words it has.

    Args:
        db: the library's database.
        since: the lowest id of the documents whose passages to return.
    """
    # by way of an index that holds nothing else; passages of a later document have later ids
    passages, documents = read_pairs(
        db, f"SELECT id, document_id AS value FROM passages WHERE document_id >= {since:d} ORDER BY document_id, id"
    )
    first = int(passages.min()) if len(passages) else 0
    lengths = np.full(int(passages.max(initial=first)) - first + 1, -1)
    counted, lengths_of_counted = _lengths(db, first)
    is_known = counted - first < len(lengths)
    lengths[counted[is_known] - first] = lengths_of_counted[is_known]
    counts = np.stack([passages, documents, lengths[passages - first]], axis=1)
    return counts[counts[:, 2] >= 0]


def _lengths(db: Database, first: int) -> tuple[Ids, Ids]:
    """Return the ids of passages, from `first` on, and how many words they have."""
    # FTS5 keeps the lengths in a table of its own, as SQLite's integers of variable length
    sql = "SELECT group_concat(id), group_concat(hex(sz), '') FROM passage_words_docsize WHERE id >= ?"
    [(ids, sizes)] = db.execute(sql, [first])
    return numbers(ids), _integers(bytes.fromhex(sizes or ""))


def _integers(encoded: bytes) -> Ids:
    """Decode numbers of seven bits in each byte, the highest first; the last byte of each is less than 128."""
    digits = np.frombuffer(encoded, np.uint8)
    ends = np.flatnonzero(digits < 0x80)
    lengths = np.diff(ends, prepend=-1)
    places = np.repeat(ends, lengths) - np.arange(len(digits))
    parts = (digits & 0x7F).astype(np.int64) << 7 * places
    return np.add.reduceat(parts, ends - lengths + 1) if len(ends) else ends
