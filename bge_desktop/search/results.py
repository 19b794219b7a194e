"""The files in which found documents stand."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bge_desktop.library.ids import Ids, read_ids
from bge_desktop.library.path_keys import folder_key, name_key
from bge_desktop.query_terms import path_named


@dataclass(frozen=True)
class FoundFile:
    """A file with what a result shows of it; `modified` in seconds since the epoch."""

    path: str
    folder: str
    title: str
    modified: float


def files_of(db: Database, document_ids: Sequence[int]) -> dict[int, list[FoundFile]]:
    """Return the files of each document, shortest path first; documents without a file are left out.

    A file that could not be read again is left out where another still holds what both held once.
    """
    marks = ", ".join("?" * len(document_ids))
    rows = db.query(
        "SELECT files.path, folders.path AS folder, title, mtime_ns, document_id FROM files"
        " JOIN folders ON folders.id = folder_id JOIN documents ON documents.id = document_id"
        f" WHERE document_id IN ({marks}) AND (state != 'failed' OR NOT EXISTS"
        " (SELECT 1 FROM files AS other WHERE other.document_id = files.document_id AND other.state != 'failed'))"
        " ORDER BY length(files.path), files.path",
        list(document_ids),
    )
    found: dict[int, list[FoundFile]] = {}
    for row in rows:
        path, folder = os.fsdecode(row["path"]), os.fsdecode(row["folder"])
        folder = folder if folder != path else os.path.dirname(path)
        found.setdefault(row["document_id"], []).append(FoundFile(path, folder, row["title"], row["mtime_ns"] / 1e9))
    return found


def documents_named(db: Database, typed: str) -> Ids:
    """Return the ids, ascending, of the documents of files that a person names.

    Args:
        db: the library's database.
        typed: a whole path, which may begin with `~` or be a `file://` address; or a file's name, with its ending or
            without, also behind the names of folders (`work/lease.pdf`), for which case, width and accents count
            nothing.
    """
    path = path_named(typed)
    if os.path.isabs(path):
        sql = "SELECT document_id AS id FROM files WHERE path = ? AND document_id NOTNULL"
        return read_ids(db, sql, [os.fsencode(os.path.normpath(path))])
    folder, name = os.path.split(path)
    key, whole = folder_key(folder), name_key(name)
    sql = (
        "SELECT document_id AS id FROM files WHERE (name_key = ? OR (name_key > ? AND name_key < ?"  # in the index
        " AND ending_key != x'' AND length(name_key) - length(ending_key) - 1 = ?))"
        " AND substr(folder_key, ?) = ? AND +document_id NOTNULL"
    )
    return read_ids(db, sql, [whole, whole + b".", whole + b"/", len(whole), -len(key), key])
