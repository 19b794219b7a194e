"""Reading many ids from the database at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

Ids = NDArray[np.int64]


def read_numbers(db: Database, sql: str, values: Sequence[object] = ()) -> Ids:
    """Return the integers that a query selects as `id`."""
    # as one text: fetching a row for each of them takes three times as long
    joined = db.execute(f"SELECT group_concat(id) FROM ({sql})", list(values)).fetchone()[0]
    return numbers(joined)


def read_pairs(db: Database, sql: str, values: Sequence[object] = ()) -> tuple[Ids, Ids]:
    """Return the integers that a query selects as `id`, and those that it selects as `value`, in the same order."""
    [(ids, others)] = db.execute(f"SELECT group_concat(id), group_concat(value) FROM ({sql})", list(values))
    return numbers(ids), numbers(others)


def read_groups(db: Database, rows: str, column: str) -> tuple[list[Any], Ids, Ids]:
    """Return the values of a column that has an index, once each; how many rows have each; and the ids of those rows.

    The ids come one value after the other. `rows` says which rows, as it stands behind FROM.
    """
    groups = db.execute(f"SELECT {column}, count(*) FROM {rows} GROUP BY {column}").fetchall()
    ids = read_numbers(db, f"SELECT id FROM {rows} ORDER BY {column}")
    return [value for value, _ in groups], np.array([count for _, count in groups], np.int64), ids


def read_ids(db: Database, sql: str, values: Sequence[object] = ()) -> Ids:
    """Return the ids that a query selects as `id`, each once, ascending."""
    return unique(read_numbers(db, sql, values))


def unique(ids: Ids) -> Ids:
    """Return ids once each, ascending."""
    ordered = np.sort(ids)
    found: Ids = ordered[starts_of(ordered)]  # np.unique takes fifty times as long
    return found


def starts_of(grouped: NDArray[np.int64] | NDArray[np.int32]) -> Ids:
    """Return where in an array each of its numbers begins, whose places are all one behind the other [groups]."""
    is_start = np.ones(len(grouped), np.bool_)
    np.not_equal(grouped[1:], grouped[:-1], out=is_start[1:])
    return np.flatnonzero(is_start)  # of differences, it takes ten times as long


def numbers(joined: str | None) -> Ids:
    """Return the integers that SQLite's `group_concat` has joined; it is None where there were none."""
    return np.fromstring(joined or "", np.int64, sep=",")
