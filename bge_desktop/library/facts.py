"""Single facts about the library: by which analysis its words were made, which graphs belong to it."""

from __future__ import annotations

from sqlite_utils import Database

from bge_desktop.library.schema import table


class Facts:
    """The table `facts`: short texts by name."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, name: str) -> str:
        """Return a fact; "" where it was never recorded."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else ""

    def set(self, name: str, value: str) -> None:
        """Record a fact."""
        table(self._db, "facts").insert({"name": name, "value": value}, pk="name", replace=True)
