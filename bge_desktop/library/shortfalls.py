"""What could not be read of documents that were read in part."""

from __future__ import annotations

import time

from sqlite_utils import Database

from bge_desktop.extract.shortfalls import Shortfall
from bge_desktop.library.schema import table

# Of a row of `files`: it was read, but not all of it. The + has SQLite go from the few such documents to their files.
IS_IN_PART = "+state = 'indexed' AND document_id IN (SELECT document_id FROM shortfalls)"


class Shortfalls:
    """The table `shortfalls`. `Failures.all` lists it with the files that have the documents."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(self, document_id: int, shortfall: Shortfall | None) -> None:
        """Record what could not be read of a document; None where all of it was."""
        self.remove(document_id)
        if shortfall is not None:
            row = {"title": shortfall.title, "message": shortfall.message, "happened_at": time.time()}
            table(self._db, "shortfalls").insert({"document_id": document_id, **row})

    def remove(self, document_id: int) -> None:
        """Forget what is recorded of a document."""
        self._db.execute("DELETE FROM shortfalls WHERE document_id = ?", [document_id])
