"""The folded forms of a path by which files are filtered: of its folder, of the file's name, and of the name's ending.

They are bytes, as paths are: so a name that is not UTF-8 has keys of its own, and SQLite compares them as they stand.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from sqlite_utils import Database

from bge_desktop.library.folding import folded


class PathKeys(NamedTuple):
    """The keys of a path: see `folder_key`, `name_key` and `ending_key`."""

    folder: bytes
    name: bytes
    ending: bytes


def path_keys(path: bytes) -> PathKeys:
    """Return the keys of an absolute path, as the operating system writes it."""
    folder, _, name = os.fsdecode(path).rpartition(os.sep)
    return PathKeys(folder_key(folder), name_key(name), ending_key(name))


def folder_key(folder: str) -> bytes:
    """Return folders with one slash at both ends, so that only whole names are found in it.

    Args:
        folder: a whole path, or a name or several (`work/2024`) of one.
    """
    names = folded(folder).replace(os.sep, "/").strip("/")
    return _encoded(f"/{names}/" if names else "/")


def name_key(name: str) -> bytes:
    """Return the folded name of a file, or a part of one."""
    return _encoded(folded(name))


def ending_key(name: str) -> bytes:
    """Return what stands behind the last dot of a file's name, without the dot; nothing where there is no dot."""
    _, dot, ending = name_key(name).rpartition(b".")
    return ending if dot else b""


def refresh_path_keys(db: Database) -> None:
    """Make the keys of all files anew, as after a change of the folding."""
    keys = [(*path_keys(path), file_id) for file_id, path in db.execute("SELECT id, path FROM files")]
    db.conn.executemany("UPDATE files SET folder_key = ?, name_key = ?, ending_key = ? WHERE id = ?", keys)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # bytes that are not UTF-8 come as surrogates
