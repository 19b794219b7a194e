"""What could not be read of documents that were read in part."""

from __future__ import annotations

import time
from collections.abc import Iterable

from sqlite_utils import Database

from bge_desktop.extract.shortfalls import Shortfall

# Of a row of `files`: it was read, but not all of it. The + has SQLite go from the few such documents to their files.
IS_IN_PART = "+state = 'indexed' AND document_id IN (SELECT document_id FROM shortfalls)"


class Shortfalls:
    """The table `shortfalls`. `Failures.all` lists it with the files that have the documents."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(self, document_id: int, shortfall: Shortfall | None) -> None:
        """Record what could not be read of a document; None where all of it was."""
        self.remove(document_id)
        self.add([(document_id, shortfall)])

    def add(self, rows: Iterable[tuple[int, Shortfall | None]]) -> None:
        """Record the same of documents of which nothing is recorded."""
        self._db.conn.executemany(
            "INSERT INTO shortfalls (document_id, title, message, happened_at) VALUES (?, ?, ?, ?)",
            [(number, own.title, own.message, time.time()) for number, own in rows if own is not None],
        )

    def remove(self, document_id: int) -> None:
        """Forget what is recorded of a document."""
        self._db.execute("DELETE FROM shortfalls WHERE document_id = ?", [document_id])
