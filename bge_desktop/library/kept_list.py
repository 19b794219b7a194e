"""A small copy of what cannot be found out anew: the folders with their rules, and the models of the vectors.

It stands in a file beside the database, `folders.json`, for the day when the database cannot be read.
"""

from __future__ import annotations

import json
import os
from typing import Any

from sqlite_utils import Database

from bge_desktop.library.own_files import replacing

_NAME = "folders.json"
_TABLES = {
    "folders": ("id", "path", "rules", "paused", "removed"),
    "models": ("id", "language", "name", "fingerprint", "dimension"),
}
Rows = list[dict[str, Any]]


class KeptList:
    """The copy of a library in a folder."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, _NAME)

    def write(self, db: Database) -> None:
        """Bring the copy in step with the database.

        Raises:
            OSError: it cannot be written.
        """
        text = json.dumps({table: _rows(db, table) for table in _TABLES}, indent=1)
        if text != self._text():
            with replacing(self._path) as temporary, open(temporary, "w", encoding="ascii") as file:
                file.write(text)

    def read(self, table: str) -> Rows:
        """Return the rows that the copy has of `folders` or `models`; none where it is not there, or spoilt."""
        try:
            rows = json.loads(self._text())[table]
            return [_decoded(row) for row in rows]
        except (ValueError, KeyError, TypeError):
            return []

    def _text(self) -> str:
        try:
            with open(self._path, encoding="ascii") as file:
                return file.read()
        except (OSError, UnicodeDecodeError):
            return ""


def _rows(db: Database, table: str) -> Rows:
    rows = db.query(f"SELECT {', '.join(_TABLES[table])} FROM {table} ORDER BY id")
    return [{**row, "path": os.fsdecode(row["path"])} if "path" in row else row for row in rows]


def _decoded(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "path": os.fsencode(row["path"])} if "path" in row else dict(row)
