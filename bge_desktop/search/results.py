"""The files in which found documents stand."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class FoundFile:
    """A file with what a result shows of it; `modified` in seconds since the epoch."""

    path: str
    folder: str
    title: str
    modified: float


def files_of(db: Database, document_ids: Sequence[int]) -> dict[int, list[FoundFile]]:
    """Return the files of each document, shortest path first; documents without a file are left out."""
    marks = ", ".join("?" * len(document_ids))
    rows = db.query(
        "SELECT files.path, folders.path AS folder, title, mtime_ns, document_id FROM files"
        " JOIN folders ON folders.id = folder_id JOIN documents ON documents.id = document_id"
        f" WHERE document_id IN ({marks}) ORDER BY length(files.path), files.path",
        list(document_ids),
    )
    found: dict[int, list[FoundFile]] = {}
    for row in rows:
        path, folder = os.fsdecode(row["path"]), os.fsdecode(row["folder"])
        folder = folder if folder != path else os.path.dirname(path)
        found.setdefault(row["document_id"], []).append(FoundFile(path, folder, row["title"], row["mtime_ns"] / 1e9))
    return found
