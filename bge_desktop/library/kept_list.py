"""A small copy of what cannot be found out anew: the folders with their rules, and the models of the vectors.

It stands in a file beside the database, `folders.json`, for the day when the database cannot be read.
"""

from __future__ import annotations

import json
import os
from typing import Any

from sqlite_utils import Database

from bge_desktop.library.damage import damaged
from bge_desktop.library.folder_rules import are_rules
from bge_desktop.library.stored_models import damaged_models
from bge_desktop.own_files import read_json, replacing

_NAME = "folders.json"
_TABLES: dict[str, dict[str, type]] = {
    "folders": {"id": int, "path": str, "rules": str, "paused": int, "removed": int},
    "models": {
        "id": int,
        "language": str,
        "name": str,
        "fingerprint": str,
        "dimension": int,
        "description": str,
        "spread": str,
        "role": str,
    },
}
_ABOVE = 1 << 63  # no number of SQLite is so large
Rows = list[dict[str, Any]]


class KeptList:
    """The copy of a library in a folder."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, _NAME)

    def write(self, db: Database) -> None:
        """Bring the copy in step with the database.

        Raises:
            LibraryDamagedError: the database is damaged in these tables; the copy is as it was.
            OSError: it cannot be written.
        """
        tables = {table: _rows(db, table) for table in _TABLES}
        if damaged_models(db) or not all(_is_whole(table, row) for table, rows in tables.items() for row in rows):
            raise damaged(os.path.dirname(self._path))  # rather than to spoil the copy, too
        if tables != read_json(self._path):
            with replacing(self._path) as temporary, open(temporary, "w", encoding="ascii") as file:
                json.dump(tables, file, indent=1)

    def read(self, table: str) -> Rows:
        """Return the rows that the copy has of `folders` or `models`; none where it is not there, or spoilt."""
        try:
            return [_decoded(table, row) for row in read_json(self._path)[table]]
        except (ValueError, KeyError, TypeError, AttributeError):
            return []


def _rows(db: Database, table: str) -> Rows:
    rows = db.query(f"SELECT {', '.join(_TABLES[table])} FROM {table} ORDER BY id")
    return [{**row, "path": _as_text(row["path"])} if "path" in row else row for row in rows]


def _as_text(path: object) -> object:
    return os.fsdecode(path) if isinstance(path, bytes) else None


def _decoded(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return of a row of the copy what is as it should be."""
    found = {name: value for name, value in row.items() if _is_whole(table, {name: value})}
    return {**found, "path": os.fsencode(found["path"])} if "path" in found else found


def _is_whole(table: str, row: dict[str, Any]) -> bool:
    return all(_is_value(name, value, _TABLES[table].get(name)) for name, value in row.items())


def _is_value(name: str, value: object, kind: type | None) -> bool:
    if name == "rules":
        return are_rules(value)
    return type(value) is kind and not (isinstance(value, int) and abs(value) >= _ABOVE)
