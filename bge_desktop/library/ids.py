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
    return _numbers(joined)


def read_pairs(db: Database, sql: str) -> tuple[Ids, Ids]:
    """Return the integers that a query selects as `id`, and those that it selects as `value`, in the same order."""
    [(ids, values)] = db.execute(f"SELECT group_concat(id), group_concat(value) FROM ({sql})")
    return _numbers(ids), _numbers(values)


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
    is_new = np.ones(len(ordered), np.bool_)
    is_new[1:] = ordered[1:] != ordered[:-1]  # np.unique takes fifty times as long
    found: Ids = ordered[is_new]
    return found


def _numbers(joined: str | None) -> Ids:
    return np.fromstring(joined or "", np.int64, sep=",")
