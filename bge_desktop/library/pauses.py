"""Which folders are left as they are for the time being, because a person wants that."""

from __future__ import annotations

import os

from sqlite_utils import Database

from bge_desktop.library.facts import Facts

_ALL = "all paused"


class Pauses:
    """The column `paused` of the table `folders`, and the fact that all are paused, those that come later too."""

    def __init__(self, db: Database) -> None:
        self._db, self._facts = db, Facts(db)

    @property
    def are_all(self) -> bool:
        """Whether all folders are paused together."""
        return bool(self._facts.get(_ALL))

    def folder_ids(self) -> frozenset[int]:
        """Return the ids of the paused folders."""
        rows = self._db.execute("SELECT id FROM folders WHERE paused OR ?", [self.are_all])
        return frozenset(row[0] for row in rows)

    def begin(self, path: str | None) -> None:
        """Pause the folder with this path, or all."""
        if path is None:
            self._facts.set(_ALL, "yes")
        else:
            self._db.execute("UPDATE folders SET paused = 1 WHERE path = ?", [os.fsencode(path)])

    def end(self, path: str | None) -> None:
        """Go on with the folder with this path, or with all. If all were paused together, the others stay paused."""
        with self._db.atomic():
            if path is None or self.are_all:
                self._db.execute("UPDATE folders SET paused = ?", [path is not None])
                self._facts.set(_ALL, "")
            if path is not None:
                self._db.execute("UPDATE folders SET paused = 0 WHERE path = ?", [os.fsencode(path)])
