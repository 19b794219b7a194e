"""Where the documents are: in which topic, and at which point of the map."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.library.ids import Ids
from bge_desktop.library.topics import CURRENT

# Read at once: some ten milliseconds.
_PORTION = 10_000
_NO_TOPIC = 0
Row = tuple[int, int | None, float, float]


@dataclass(frozen=True)
class Places:
    """Where documents are, in columns, by ascending document [n each].

    Attributes:
        documents: their ids.
        topics: the lowest topic of each by its id, 0 for none.
        x, y: both within 0 to 1.
    """

    documents: Ids
    topics: Ids
    x: NDArray[np.float32]
    y: NDArray[np.float32]


def read_places(db: Database) -> Places:
    """Return where all documents are."""
    return joined(list(portions(db)))


def portions(db: Database) -> Iterator[Places]:
    """Yield where the documents are that some file has, some thousand at a time."""
    sql = (
        f"SELECT document_id, coalesce(topic_id, {_NO_TOPIC}), x, y FROM topic_places WHERE grouping = {CURRENT}"
        " AND document_id > ? AND EXISTS (SELECT 1 FROM files WHERE files.document_id = topic_places.document_id)"
        f" ORDER BY document_id LIMIT {_PORTION}"
    )
    last = 0
    while rows := db.execute(sql, [last]).fetchall():
        last = rows[-1][0]
        yield _columns(rows)


def joined(parts: Sequence[Places]) -> Places:
    """Return several as one."""
    own = [_columns([]), *parts]
    return Places(
        np.concatenate([part.documents for part in own]),
        np.concatenate([part.topics for part in own]),
        np.concatenate([part.x for part in own]),
        np.concatenate([part.y for part in own]),
    )


def of_topic(db: Database, topic: int, limit: int) -> Places:
    """Return where so many documents of a topic are at most."""
    sql = (
        f"SELECT document_id, topic_id, x, y FROM topic_places WHERE grouping = {CURRENT} AND topic_id = ?"
        " ORDER BY document_id LIMIT ?"
    )
    return _columns(db.execute(sql, [topic, limit]).fetchall())


def place(db: Database, rows: Sequence[Row]) -> None:
    """Record in the grouping in use where documents are: each as its id, its topic or None, and its point.

    Documents that are gone are passed over, and those that have a place keep it.
    """
    number = db.execute(f"SELECT {CURRENT}").fetchone()[0]
    if number is not None:
        write_places(db, number, rows)


def write_places(db: Database, grouping: int, rows: Sequence[Row]) -> None:
    """Record where documents are in a grouping, as `place`."""
    sql = "SELECT id FROM documents WHERE id IN (SELECT value FROM json_each(?))"
    there = {row[0] for row in db.execute(sql, [json.dumps([row[0] for row in rows])])}
    with db.atomic():
        db.conn.executemany(
            "INSERT OR IGNORE INTO topic_places (document_id, grouping, topic_id, x, y) VALUES (?, ?, ?, ?, ?)",
            [(document, grouping, *others) for document, *others in rows if document in there],
        )


def _columns(rows: Sequence[tuple[int, int, float, float]]) -> Places:
    table = np.array(rows, np.float64).reshape(-1, 4)
    return Places(
        table[:, 0].astype(np.int64), table[:, 1].astype(np.int64),
        table[:, 2].astype(np.float32), table[:, 3].astype(np.float32),
    )  # fmt: skip
