"""The folders that a person has added, and the files in them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from bge_desktop.library.damage import damaged
from bge_desktop.library.file_names import PATH_COLUMNS, name_rows, path_columns
from bge_desktop.library.folder_rules import rules_of, stored_rules
from bge_desktop.library.full_text import add_words, remove_all_words, remove_words
from bge_desktop.library.known_files import GRAIN_NS, KNOWN_COLUMNS, KnownFile, known_file
from bge_desktop.library.label_decisions import carry_over, forget_decisions_kept_for
from bge_desktop.library.path_keys import refresh_path_keys
from bge_desktop.messages import NO_RULES, FolderRules
from bge_desktop.watch.inherited_rules import seen_from_above
from bge_desktop.watch.scan import FileStamp


@dataclass(frozen=True)
class Folder:
    """A folder (or single file) that the library keeps in step with, by rules of its own.

    `is_away` tells that the last scan found nothing there of what is known, as where a disk is not connected. `inode`
    is the folder's own, as it was when files were last found in it; "" where none were.
    """

    id: int
    path: str
    rules: FolderRules = NO_RULES
    is_away: bool = False
    inode: str = ""


class Folders:
    """The tables `folders` and `files`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[Folder]:
        """Return the folders in the order they were added.

        Raises:
            LibraryDamagedError: one is spoilt.
        """
        rows = self._db.query("SELECT * FROM folders WHERE NOT removed ORDER BY id")
        try:
            return list(map(_folder, rows))
        except (ValueError, TypeError) as error:
            _, _, database = self._db.execute("PRAGMA database_list").fetchone()
            raise damaged(os.path.dirname(database)) from error

    def at(self, path: str) -> Folder | None:
        """Return the folder of a path; it raises as `all`."""
        return next((folder for folder in self.all() if folder.path == path), None)

    def add(self, path: str) -> Folder:
        """Add a folder; folders below it that stand in the library become a part of it.

        What their rules leave out stays left out.
        """
        with self._db.atomic():
            stored = os.fsencode(path)
            self._db.execute(
                "UPDATE folders SET rules = '{}', paused = 0, away = 0, inode = '' WHERE path = ? AND removed", [stored]
            )
            self._db.execute("INSERT INTO folders (path) VALUES (?) ON CONFLICT DO UPDATE SET removed = 0", [stored])
            folders = self.all()
            folder = next(folder for folder in folders if folder.path == path)
            for below in folders:
                if below != folder and below.path.startswith(os.path.join(path, "")):
                    folder = self._take_in(folder, below)
            self._take_back(folder)
        return folder

    def _take_in(self, folder: Folder, below: Folder) -> Folder:
        """Make a folder a part of one above it; return that as it is then."""
        inner = os.path.relpath(below.path, folder.path).replace(os.sep, "/")
        left_out = (*folder.rules.left_out, *seen_from_above(below.rules.left_out, inner))
        folder = replace(folder, rules=replace(folder.rules, left_out=left_out))
        self.set_rules(folder, folder.rules)
        self._db.execute("UPDATE files SET folder_id = ? WHERE folder_id = ?", [folder.id, below.id])
        self._db.execute("DELETE FROM folders WHERE id = ?", [below.id])
        return folder

    def _take_back(self, folder: Folder) -> None:
        """Keep the files of a folder that are still known of one that was removed."""
        first, behind = _range_below(folder.path)
        self._db.execute(
            "UPDATE files SET folder_id = ? WHERE (path = ? OR (path > ? AND path < ?))"
            " AND folder_id IN (SELECT id FROM folders WHERE removed)",
            [folder.id, os.fsencode(folder.path), first, behind],
        )

    def remove(self, folder: Folder) -> None:
        """Forget a folder; its files are forgotten by `remove_files_of_removed`."""
        self._db.execute("UPDATE folders SET removed = 1 WHERE id = ?", [folder.id])

    def remove_files_of_removed(self, limit: int) -> bool:
        """Forget files of folders that were removed, so many at most (below 0: all); return whether there were any.

        Their documents stay until `Documents.remove_orphans`.
        """
        sql = f"SELECT {KNOWN_COLUMNS} FROM files WHERE folder_id IN (SELECT id FROM folders WHERE removed) LIMIT ?"
        files = [known_file(row) for row in self._db.execute(sql, [limit])]
        with self._db.atomic():
            self.remove_files(files)
            self._db.execute("DELETE FROM folders WHERE removed AND id NOT IN (SELECT folder_id FROM files)")
        return bool(files)

    def set_rules(self, folder: Folder, rules: FolderRules) -> None:
        """Have other rules hold for a folder; files that a changed limit of size concerns are read anew."""
        with self._db.atomic():
            self._db.execute("UPDATE folders SET rules = ? WHERE id = ?", [stored_rules(rules), folder.id])
            if rules.limit_mb != folder.rules.limit_mb:
                limit = min(rules.limit_mb, folder.rules.limit_mb) << 20
                sql = f"SELECT {KNOWN_COLUMNS} FROM files WHERE folder_id = ? AND size > ?"
                self.remove_files([known_file(row) for row in self._db.execute(sql, [folder.id, limit])])

    def set_away(self, folder: Folder, is_away: bool) -> None:
        """Note whether nothing is there of what is known of a folder."""
        self._db.execute("UPDATE folders SET away = ? WHERE id = ? AND away != ?", [is_away, folder.id, is_away])

    def set_inode(self, folder: Folder, inode: str) -> None:
        """Note which folder it is, by its inode, in which files were found."""
        self._db.execute("UPDATE folders SET inode = ? WHERE id = ? AND inode != ?", [inode, folder.id, inode])

    def single_files(self) -> frozenset[int]:
        """Return the ids of those folders that are single files."""
        # a folder that could not be looked at stands among the files as well, without an inode
        # nor are all files gone through, which are many more
        rows = self._db.execute("SELECT folders.id FROM folders CROSS JOIN files USING (path) WHERE files.inode != ''")
        return frozenset(row[0] for row in rows)

    def files(self, folder: Folder, under: str | None = None, after: str = "", limit: int = -1) -> dict[str, KnownFile]:
        """Return the known files of a folder by path, or those at or below the path `under`.

        They come in the order of their paths, those behind `after`, so many at most (-1: all).
        """
        under = folder.path if under is None else under
        prefix, above = _range_below(under)
        # the + keeps SQLite from reading the whole folder by its index
        select = f"SELECT {KNOWN_COLUMNS} FROM files WHERE +folder_id = :folder AND path > :after AND"
        rows = self._db.execute(
            f"{select} path = :under UNION ALL {select} path >= :prefix AND path < :above ORDER BY path LIMIT :limit",
            {
                "folder": folder.id,
                "under": os.fsencode(under),
                "prefix": prefix,
                "above": above,
                "after": os.fsencode(after),
                "limit": limit,
            },
        )
        return {file.path: file for file in map(known_file, rows)}

    def known(self, paths: Sequence[str]) -> dict[str, KnownFile]:
        """Return what is known of a few files, by path."""
        marks = ", ".join("?" * len(paths))
        sql = f"SELECT {KNOWN_COLUMNS} FROM files WHERE path IN ({marks})"
        return {file.path: file for file in map(known_file, self._db.execute(sql, list(map(os.fsencode, paths))))}

    def indexed_with(self, inodes: Sequence[int]) -> list[KnownFile]:
        """Return the indexed files with one of a few inodes, on whatever device."""
        marks = ", ".join("?" * len(inodes))
        sql = f"SELECT {KNOWN_COLUMNS} FROM files WHERE inode IN ({marks}) AND state = 'indexed'"
        return list(map(known_file, self._db.execute(sql, list(map(str, inodes)))))

    def move(self, file: KnownFile, folder: Folder, stamp: FileStamp) -> None:
        """Note that an indexed file lies in a folder under another path now, which has changed its `ctime_ns`."""
        columns = path_columns(stamp.path)
        with self._db.atomic():
            remove_words(self._db, "name_words", name_rows([(file.id, os.fsencode(file.path))]))
            add_words(self._db, "name_words", name_rows([(file.id, columns[0])]))
            marks = ", ".join("?" * len(columns))
            sql = f"UPDATE files SET folder_id = ?, ctime_ns = ?, ({PATH_COLUMNS}) = ({marks}) WHERE id = ?"
            self._db.execute(sql, [folder.id, stamp.ctime_ns, *columns, file.id])

    def set_device(self, files: Iterable[KnownFile], device: str) -> None:
        """Note that files lie on a device that is called otherwise than it was."""
        with self._db.atomic():
            self._db.conn.executemany("UPDATE files SET device = ? WHERE id = ?", [(device, own.id) for own in files])

    def set_ctimes(self, ctimes_ns: Iterable[tuple[int, int]]) -> None:
        """Note of files, by their ids, when anything about them last changed, where that was not known."""
        with self._db.atomic():
            self._db.conn.executemany("UPDATE files SET ctime_ns = ?2 WHERE id = ?1", list(ctimes_ns))

    def mark_pending(self, folder: Folder, stamps: Iterable[FileStamp]) -> None:
        """Note new and changed files as to be read; what was known of them stays in use until then."""
        rows = [
            (folder.id, *path_columns(own.path), own.size, own.mtime_ns, str(own.inode), own.device, own.ctime_ns)
            for own in stamps
        ]
        with self._db.atomic():
            self._db.conn.executemany(
                f"INSERT INTO files (folder_id, {PATH_COLUMNS}, size, mtime_ns, inode, device, ctime_ns, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')"
                " ON CONFLICT (path) DO UPDATE SET folder_id = excluded.folder_id, size = excluded.size,"
                " mtime_ns = excluded.mtime_ns, inode = excluded.inode, device = excluded.device,"
                " ctime_ns = excluded.ctime_ns, state = 'pending', kills = 0, doubtful_until = 0",
                rows,
            )

    def remove_files(self, files: Iterable[KnownFile]) -> None:
        """Forget files; their documents stay until `Documents.remove_orphans`."""
        file_ids = [file.id for file in files]
        ids = json.dumps(file_ids)
        with self._db.atomic():
            forget_decisions_kept_for(self._db, file_ids)
            named = self._db.execute(
                "SELECT id, path FROM files WHERE document_id NOTNULL AND id IN (SELECT value FROM json_each(?))", [ids]
            )
            remove_words(self._db, "name_words", name_rows(named.fetchall()))
            self._db.execute("DELETE FROM files WHERE id IN (SELECT value FROM json_each(?))", [ids])

    def pending(self, limit: int, paused: Collection[int] = ()) -> list[KnownFile]:
        """Return the next files to read, folder by folder, but none of `paused` ones, or that are away or removed."""
        here = "NOT removed AND NOT away AND id NOT IN (SELECT value FROM json_each(?))"
        sql = (
            f"SELECT {KNOWN_COLUMNS} FROM (SELECT id AS place FROM folders WHERE {here})"
            " CROSS JOIN files ON folder_id = place AND state = 'pending' ORDER BY place, id LIMIT ?"
        )
        return [known_file(row) for row in self._db.execute(sql, [json.dumps(list(paused)), limit])]

    def start_reading(self, file_ids: Sequence[int]) -> None:
        """Record that files are about to be read: what was in hand when the app died is known at the next start.

        A file whose last change is so young that a further one may leave its time as it is, comes into doubt. It is
        read once more when that is over, and no third time: its time may lie in the future.
        """
        times = {"now": time.time_ns(), "grain": GRAIN_NS}
        with self._db.atomic():
            self._db.conn.executemany(
                "UPDATE files SET state = 'reading', doubtful_until = CASE"
                " WHEN doubtful_until = 0 AND mtime_ns > :now - :grain THEN :now + :grain"
                " WHEN doubtful_until > :now AND doubtful_until <= :now + :grain THEN doubtful_until"
                " ELSE 0 END WHERE id = :id",
                [{**times, "id": file_id} for file_id in file_ids],
            )

    def link(self, links: Sequence[tuple[int, int]]) -> None:
        """Record that files have the contents of documents, by the ids of both; files that are gone are passed over."""
        ids = json.dumps([file_id for file_id, _ in links])
        with self._db.atomic():
            self.name(links)
            linked = "(SELECT value FROM json_each(?))"
            self._db.execute(f"DELETE FROM failures WHERE file_id IN {linked}", [ids])
            self._db.execute(f"UPDATE files SET state = 'indexed' WHERE id IN {linked} AND state = 'reading'", [ids])

    def name(self, links: Sequence[tuple[int, int]]) -> None:
        """Have documents found by the names of files, by the ids of both; files that are gone are passed over."""
        ids = json.dumps([file_id for file_id, _ in links])
        with self._db.atomic():
            unnamed = self._db.execute(
                "SELECT id, path FROM files WHERE document_id IS NULL AND id IN (SELECT value FROM json_each(?))", [ids]
            )
            add_words(self._db, "name_words", name_rows(unnamed.fetchall()))
            carry_over(self._db, links)
            self._db.conn.executemany("UPDATE files SET document_id = ?2 WHERE id = ?1", links)

    def set_state(self, file_ids: Sequence[int], state: str) -> None:
        """Set the state of files: "pending", "reading", "indexed" or "failed"."""
        with self._db.atomic():
            self._db.conn.executemany("UPDATE files SET state = ? WHERE id = ?", [(state, n) for n in file_ids])

    def recover(self, but: Collection[int] = ()) -> None:
        """Have files read again that were being read when the last run ended, `but` those that are being read now."""
        rows = self._db.execute("SELECT id FROM files WHERE state = 'reading'").fetchall()
        self.set_state([row[0] for row in rows if row[0] not in but], "pending")

    def read_again(self, document_ids: Sequence[int] | None = None) -> None:
        """Have files that were read be read again, of documents or all; what was known stays in use until then."""
        sql = "UPDATE files SET state = 'pending' WHERE state = 'indexed'"
        if document_ids is None:
            self._db.execute(sql)
        else:
            of_documents = "document_id IN (SELECT value FROM json_each(?))"
            self._db.execute(f"{sql} AND {of_documents}", [json.dumps(list(document_ids))])

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
            add_words(self._db, "name_words", name_rows(named))


def _range_below(folder: str) -> tuple[bytes, bytes]:
    """Return what all paths below a folder lie behind, and the first name behind all of them."""
    prefix = os.fsencode(os.path.join(folder, ""))
    return prefix, prefix[:-1] + bytes([prefix[-1] + 1])


def _folder(row: dict[str, Any]) -> Folder:
    return Folder(row["id"], os.fsdecode(row["path"]), rules_of(row["rules"]), bool(row["away"]), row["inode"])
