"""The files that could not be read, or only in part: why, and having them tried again."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from sqlite_utils import Database

from bge_desktop.errors import UserError
from bge_desktop.extract.formats import kind_named
from bge_desktop.extract.readers import ReadFailure
from bge_desktop.library.file_names import PATH_COLUMNS, path_columns
from bge_desktop.library.folders import Folder
from bge_desktop.library.schema import table
from bge_desktop.library.shortfalls import IS_IN_PART
from bge_desktop.messages import Failure

# The inode of a file or folder that could not be looked at: it matches no file, so that it is tried at each scan.
_UNREAD = ""
# A file that has ended its reader so often, by crashing it or by taking too long, is put aside until it changes.
_MOST_KILLS = 2
_ASIDE = "It is put aside until it changes, or until you have this very file tried again."


class Failures:
    """The table `failures`, and the states of the files that it is about."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(self, file_id: int, failure: ReadFailure) -> bool:
        """Record why a file could not be indexed; return whether no document tells what it holds.

        A document of its earlier content does as long as the failure says nothing of what the file holds now.
        A file that is no longer known, or has changed since and waits to be read again, is left as it is.
        """
        with self._db.atomic():
            changed = self._db.execute(
                "UPDATE files SET state = 'failed', kills = kills + ? WHERE id = ? AND state IN ('reading', 'failed')",
                [failure.kills, file_id],
            )
            if not changed.rowcount:
                return False
            row = {"file_id": file_id, "title": failure.title, "message": failure.message, "passing": failure.passing}
            table(self._db, "failures").insert({**row, "happened_at": time.time()}, pk="file_id", replace=True)
        sql = "SELECT document_id IS NULL FROM files WHERE id = ?"
        return not failure.passing or bool(self._db.execute(sql, [file_id]).fetchone()[0])

    def record_unread(self, folder: Folder, error: UserError) -> None:
        """Record a file or folder below `folder` that could not even be looked at."""
        path = error.path or folder.path
        columns = path_columns(path)
        with self._db.atomic():
            self._db.execute(
                f"INSERT INTO files (folder_id, {PATH_COLUMNS}, size, mtime_ns, inode, state)"
                " VALUES (?, ?, ?, ?, ?, 0, 0, ?, 'failed') ON CONFLICT (path) DO NOTHING",
                [folder.id, *columns, _UNREAD],
            )
            file_id = self._db.execute("SELECT id FROM files WHERE path = ?", columns[:1]).fetchone()[0]
            self.record(file_id, ReadFailure(path, error.title, error.message))

    def retry_all(self) -> None:
        """Have the files that failed read again, but for those that are put aside."""
        sql = "UPDATE files SET state = 'pending' WHERE state = 'failed' AND inode != ? AND kills < ?"
        with self._db.atomic():
            self._db.execute(sql, [_UNREAD, _MOST_KILLS])

    def retry(self, path: str) -> bool:
        """Have one file read again that failed, though it be put aside; return whether it had failed."""
        stored = os.fsencode(path)
        failed = self._db.execute("SELECT 1 FROM files WHERE path = ? AND state = 'failed'", [stored]).fetchone()
        sql = "UPDATE files SET state = 'pending', kills = 0 WHERE path = ? AND state = 'failed' AND inode != ?"
        with self._db.atomic():
            self._db.execute(sql, [stored, _UNREAD])
        return failed is not None

    def retry_in_part(self, path: str | None = None) -> list[int]:
        """Have the files read again that were read in part: those with the content of the one at `path`, or all.

        Returns their documents, which are to be outdated: their content is known, and would not be read.
        """
        sql = f"SELECT DISTINCT document_id FROM files WHERE {IS_IN_PART} AND (? IS NULL OR path = ?)"
        stored = None if path is None else os.fsencode(path)
        documents = [row[0] for row in self._db.execute(sql, [stored, stored])]
        sql = "UPDATE files SET state = 'pending' WHERE document_id IN (SELECT value FROM json_each(?)) AND"
        self._db.execute(f"{sql} {IS_IN_PART}", [json.dumps(documents)])
        return documents

    def reason(self, path: str) -> tuple[str, str] | None:
        """Return why a file could not be read: title and message; None where it did not fail."""
        sql = "SELECT title, message FROM failures JOIN files ON files.id = file_id WHERE path = ? AND state = 'failed'"
        row = self._db.execute(sql, [os.fsencode(path)]).fetchone()
        return (row[0], row[1]) if row else None

    def all(self, limit: int = -1) -> list[Failure]:
        """Return the files that failed or were read in part, with their reasons, the newest first."""
        rows = self._db.query(
            "SELECT path, title, message, happened_at, kills, 0 AS in_part, files.id AS file_id"
            " FROM failures JOIN files ON files.id = file_id WHERE state = 'failed' UNION ALL"
            " SELECT path, title, message, happened_at, kills, 1, files.id FROM shortfalls"
            " CROSS JOIN files USING (document_id) WHERE +state = 'indexed' ORDER BY happened_at DESC, file_id LIMIT ?",
            [limit],
        )
        return list(map(_failure, rows))


def _failure(row: dict[str, Any]) -> Failure:
    path, in_part = os.fsdecode(row["path"]), bool(row["in_part"])
    is_aside = row["kills"] >= _MOST_KILLS and not in_part
    message = f"{row['message']} {_ASIDE}" if is_aside else row["message"]
    return Failure(path, row["title"], message, kind_named(path), row["happened_at"], is_aside, in_part)
