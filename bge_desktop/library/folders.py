"""The folders that a person has added, and the files in them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from bge_desktop.errors import UserError
from bge_desktop.extract.formats import kind_named
from bge_desktop.extract.unopened import PASSING
from bge_desktop.library.full_text import add_words, remove_all_words, remove_words
from bge_desktop.library.path_keys import path_keys, refresh_path_keys
from bge_desktop.library.schema import table
from bge_desktop.library.words import analysed
from bge_desktop.messages import NO_RULES, Failure, FolderRules, displayable
from bge_desktop.watch.scan import FileStamp

# The inode of a file or folder that could not be looked at: it matches no file, so that it is tried at each scan.
_UNREAD = ""
# A file that has ended its reader so often, by crashing it or by taking too long, is put aside until it changes.
_MOST_KILLS = 2
_ASIDE = "It is put aside until it changes, or until you have this very file tried again."
# Of a file: it was read, but not all of it. The + has SQLite go from the few such documents to their files.
_IS_IN_PART = "+state = 'indexed' AND document_id IN (SELECT document_id FROM shortfalls)"
# The path and its keys, as `_path_columns` gives them.
_PATH_COLUMNS = "path, folder_key, name_key, ending_key"


@dataclass(frozen=True)
class Folder:
    """A folder (or single file) that the library keeps in step with, by rules of its own."""

    id: int
    path: str
    rules: FolderRules = NO_RULES


@dataclass(frozen=True)
class KnownFile:
    """A file as the library last saw it."""

    id: int
    path: str
    size: int
    mtime_ns: int
    inode: str
    state: str
    document_id: int | None
    folder_id: int

    def is_same(self, stamp: FileStamp) -> bool:
        """Whether the file on disk is, by size, time and inode, the one that was read."""
        return (self.size, self.mtime_ns, self.inode) == (stamp.size, stamp.mtime_ns, inode_of(stamp))


@dataclass
class Counts:
    """How many files a folder has, how many are still to be read or embedded, failed, and were read in part."""

    files: int = 0
    pending: int = 0
    failed: int = 0
    in_part: int = 0


def inode_of(stamp: FileStamp) -> str:
    """Return device and inode as text: on Windows they do not fit SQLite's integers."""
    return f"{stamp.device}:{stamp.inode}"


class Folders:
    """The tables `folders`, `files` and `failures`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[Folder]:
        """Return the folders in the order they were added."""
        return [_folder(row) for row in self._db.query("SELECT * FROM folders ORDER BY id")]

    def add(self, path: str) -> Folder:
        """Add a folder; folders below it that stand in the library become a part of it."""
        with self._db.atomic():
            table(self._db, "folders").insert({"path": os.fsencode(path)}, ignore=True)
            folders = self.all()
            folder = next(folder for folder in folders if folder.path == path)
            for below in folders:
                if below != folder and below.path.startswith(os.path.join(path, "")):
                    self._db.execute("UPDATE files SET folder_id = ? WHERE folder_id = ?", [folder.id, below.id])
                    self._db.execute("DELETE FROM folders WHERE id = ?", [below.id])
        return folder

    def remove(self, folder: Folder) -> None:
        """Forget a folder and its files; their documents stay until `Documents.remove_orphans`."""
        with self._db.atomic():
            self.remove_files(self.files(folder).values())
            self._db.execute("DELETE FROM folders WHERE id = ?", [folder.id])

    def set_rules(self, folder: Folder, rules: FolderRules) -> None:
        """Have other rules hold for a folder; files that a changed limit of size concerns are read anew."""
        with self._db.atomic():
            self._db.execute("UPDATE folders SET rules = ? WHERE id = ?", [json.dumps(asdict(rules)), folder.id])
            if rules.limit_mb != folder.rules.limit_mb:
                limit = min(rules.limit_mb, folder.rules.limit_mb) << 20
                sql = "SELECT * FROM files WHERE folder_id = ? AND size > ?"
                self.remove_files([_known_file(row) for row in self._db.query(sql, [folder.id, limit])])

    def files(self, folder: Folder, under: str | None = None) -> dict[str, KnownFile]:
        """Return the known files of a folder by path, or those at or below the path `under`."""
        if under is None or under == folder.path:
            rows = self._db.query("SELECT * FROM files WHERE folder_id = ?", [folder.id])
        else:
            prefix = os.fsencode(os.path.join(under, ""))
            above = prefix[:-1] + bytes([prefix[-1] + 1])  # the first name behind all that start with the prefix
            # the + keeps SQLite from reading the whole folder by its index
            sql = "SELECT * FROM files WHERE +folder_id = ? AND (path = ? OR (path >= ? AND path < ?))"
            rows = self._db.query(sql, [folder.id, os.fsencode(under), prefix, above])
        return {file.path: file for file in map(_known_file, rows)}

    def mark_pending(self, folder: Folder, stamps: Iterable[FileStamp]) -> None:
        """Note new and changed files as to be read; what was known of them stays in use until then."""
        rows = [
            (folder.id, *_path_columns(stamp.path), stamp.size, stamp.mtime_ns, inode_of(stamp)) for stamp in stamps
        ]
        with self._db.atomic():
            self._db.conn.executemany(
                f"INSERT INTO files (folder_id, {_PATH_COLUMNS}, size, mtime_ns, inode, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')"
                " ON CONFLICT (path) DO UPDATE SET folder_id = excluded.folder_id, size = excluded.size,"
                " mtime_ns = excluded.mtime_ns, inode = excluded.inode, state = 'pending', kills = 0",
                rows,
            )

    def remove_files(self, files: Iterable[KnownFile]) -> None:
        """Forget files; their documents stay until `Documents.remove_orphans`."""
        ids = json.dumps([file.id for file in files])
        with self._db.atomic():
            named = self._db.execute(
                "SELECT id, path FROM files WHERE document_id NOTNULL AND id IN (SELECT value FROM json_each(?))", [ids]
            )
            remove_words(self._db, "name_words", _name_rows(named.fetchall()))
            self._db.execute("DELETE FROM files WHERE id IN (SELECT value FROM json_each(?))", [ids])

    def pending(self, limit: int) -> list[KnownFile]:
        """Return the next files to read."""
        rows = self._db.query("SELECT * FROM files WHERE state = 'pending' ORDER BY id LIMIT ?", [limit])
        return [_known_file(row) for row in rows]

    def link(self, file_id: int, document_id: int) -> bool:
        """Record that a file has the content of a document; return False where the file is no longer known."""
        with self._db.atomic():
            if not self.name(file_id, document_id):
                return False
            self._db.execute("DELETE FROM failures WHERE file_id = ?", [file_id])
            self._db.execute("UPDATE files SET state = 'indexed' WHERE id = ? AND state = 'reading'", [file_id])
        return True

    def name(self, file_id: int, document_id: int) -> bool:
        """Have a document found by the name of a file; return False where the file is no longer known."""
        row = self._db.execute("SELECT path, document_id FROM files WHERE id = ?", [file_id]).fetchone()
        if row is None:
            return False
        with self._db.atomic():
            if row[1] is None:
                add_words(self._db, "name_words", _name_rows([(file_id, row[0])]))
            self._db.execute("UPDATE files SET document_id = ? WHERE id = ?", [document_id, file_id])
        return True

    def set_state(self, file_ids: Sequence[int], state: str) -> None:
        """Set the state of files: "pending", "reading" (recorded before a file is read), "indexed" or "failed"."""
        with self._db.atomic():
            self._db.conn.executemany("UPDATE files SET state = ? WHERE id = ?", [(state, n) for n in file_ids])

    def recover(self, but: Collection[int] = ()) -> None:
        """Have files read again that were being read when the last run ended, `but` those that are being read now."""
        rows = self._db.execute("SELECT id FROM files WHERE state = 'reading'").fetchall()
        self.set_state([row[0] for row in rows if row[0] not in but], "pending")

    def fail(self, file_id: int, title: str, message: str, kills: int = 0) -> bool:
        """Record why a file could not be indexed; return whether no document tells what it holds.

        A document of its earlier content does as long as the failure says nothing of what the file holds now.
        A file that is no longer known, or has changed since and waits to be read again, is left as it is.

        Args:
            file_id: the file.
            title: what went wrong, in a few words.
            message: what happened, and what one can do.
            kills: how many readers it has ended this time.
        """
        with self._db.atomic():
            changed = self._db.execute(
                "UPDATE files SET state = 'failed', kills = kills + ? WHERE id = ? AND state IN ('reading', 'failed')",
                [kills, file_id],
            )
            if not changed.rowcount:
                return False
            row = {"file_id": file_id, "title": title, "message": message, "happened_at": time.time()}
            table(self._db, "failures").insert(row, pk="file_id", replace=True)
        sql = "SELECT document_id IS NULL FROM files WHERE id = ?"
        return title not in PASSING or bool(self._db.execute(sql, [file_id]).fetchone()[0])

    def fail_unread(self, folder: Folder, error: UserError) -> None:
        """Record a file or folder below `folder` that could not even be looked at."""
        with self._db.atomic():
            columns = _path_columns(error.path or folder.path)
            self._db.execute(
                f"INSERT INTO files (folder_id, {_PATH_COLUMNS}, size, mtime_ns, inode, state)"
                " VALUES (?, ?, ?, ?, ?, 0, 0, ?, 'failed') ON CONFLICT (path) DO NOTHING",
                [folder.id, *columns, _UNREAD],
            )
            file_id = self._db.execute("SELECT id FROM files WHERE path = ?", columns[:1]).fetchone()[0]
            self.fail(file_id, error.title, error.message)

    def passing_failures(self) -> set[int]:
        """Return the ids of the files that failed for a reason that may be over, though the files look the same."""
        marks = ", ".join("?" * len(PASSING))
        sql = f"SELECT id FROM failures JOIN files ON id = file_id WHERE state = 'failed' AND title IN ({marks})"
        return {row[0] for row in self._db.execute(sql, PASSING)}

    def read_again(self) -> None:
        """Have all files read again but those that are put aside; what was known of them stays in use until then."""
        self.retry_failed()
        self._db.execute("UPDATE files SET state = 'pending' WHERE state = 'indexed'")

    def retry_failed(self) -> None:
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
        sql = f"SELECT DISTINCT document_id FROM files WHERE {_IS_IN_PART} AND (? IS NULL OR path = ?)"
        stored = None if path is None else os.fsencode(path)
        documents = [row[0] for row in self._db.execute(sql, [stored, stored])]
        sql = "UPDATE files SET state = 'pending' WHERE document_id IN (SELECT value FROM json_each(?)) AND"
        self._db.execute(f"{sql} {_IS_IN_PART}", [json.dumps(documents)])
        return documents

    def failures(self, limit: int = -1) -> list[Failure]:
        """Return the files that failed or were read in part, with their reasons, the newest first."""
        rows = self._db.query(
            "SELECT path, title, message, happened_at, kills, 0 AS in_part, files.id AS file_id"
            " FROM failures JOIN files ON files.id = file_id WHERE state = 'failed' UNION ALL"
            " SELECT path, title, message, happened_at, kills, 1, files.id FROM shortfalls"
            " CROSS JOIN files USING (document_id) WHERE +state = 'indexed' ORDER BY happened_at DESC, file_id LIMIT ?",
            [limit],
        )
        return list(map(_failure, rows))

    def documents_by_name(self) -> dict[str, list[int]]:
        """Return for the name of each file, without its folder, the ids of the documents that such files hold."""
        found: dict[str, list[int]] = {}
        for path, document_id in self._db.execute("SELECT path, document_id FROM files"):
            found.setdefault(os.path.basename(os.fsdecode(path)), []).extend([document_id] if document_id else [])
        return found

    def refresh_words(self) -> None:
        """Build the index of names and the keys of paths anew, as after a change of the analysis."""
        with self._db.atomic():
            refresh_path_keys(self._db)
            remove_all_words(self._db, "name_words")
            named = self._db.execute("SELECT id, path FROM files WHERE document_id NOTNULL").fetchall()
            add_words(self._db, "name_words", _name_rows(named))

    def counts(self) -> dict[int, Counts]:
        """Return for each folder with files how many there are, and how far they are."""
        states = self._db.execute("SELECT folder_id, state, count(*) FROM files GROUP BY folder_id, state")
        # the + has SQLite go from the few documents that wait to their files
        to_embed = self._db.execute(
            "SELECT folder_id, count(*) FROM files WHERE +state IN ('indexed', 'failed')"
            " AND document_id IN (SELECT document_id FROM passages WHERE embedded = 0) GROUP BY folder_id"
        )
        counts: dict[int, Counts] = {}
        for folder_id, state, number in states:
            own = counts.setdefault(folder_id, Counts())
            own.files += number
            own.pending += number if state in ("pending", "reading") else 0
            own.failed += number if state == "failed" else 0
        for folder_id, number in to_embed:
            counts[folder_id].pending += number
        in_part = self._db.execute(f"SELECT folder_id, count(*) FROM files WHERE {_IS_IN_PART} GROUP BY folder_id")
        for folder_id, number in in_part:
            counts[folder_id].in_part = number
        return counts


def name_words(path: str) -> str:
    """Return the analysed words by which a file is found by name: its own name's and its folder's."""
    name, parent = os.path.basename(path), os.path.basename(os.path.dirname(path))
    return analysed(f"{displayable(name)} {displayable(parent)}")


def _path_columns(path: str) -> tuple[bytes, ...]:
    stored = os.fsencode(path)
    return (stored, *path_keys(stored))


def _name_rows(files: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, str]]:
    return ((file_id, name_words(os.fsdecode(path))) for file_id, path in files)


def _folder(row: dict[str, Any]) -> Folder:
    stored: dict[str, Any] = json.loads(row["rules"])
    patterns: dict[str, Any] = {name: tuple(stored.get(name, ())) for name in ("left_out", "let_in")}
    return Folder(row["id"], os.fsdecode(row["path"]), FolderRules(**{**stored, **patterns}))


def _failure(row: dict[str, Any]) -> Failure:
    path, in_part = os.fsdecode(row["path"]), bool(row["in_part"])
    is_aside = row["kills"] >= _MOST_KILLS and not in_part
    message = f"{row['message']} {_ASIDE}" if is_aside else row["message"]
    return Failure(path, row["title"], message, kind_named(path), row["happened_at"], is_aside, in_part)


def _known_file(row: dict[str, object]) -> KnownFile:
    values = {key: row[key] for key in ("id", "size", "mtime_ns", "inode", "state", "document_id", "folder_id")}
    return KnownFile(path=os.fsdecode(row["path"]), **values)  # type: ignore[arg-type]
