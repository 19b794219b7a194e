"""Putting a salvaged database in the place of a damaged one, which is kept beside it."""

from __future__ import annotations

import contextlib
import glob
import os
import time

from bge_desktop.library.closing import forget_closing
from bge_desktop.library.kept_list import KeptList
from bge_desktop.library.salvage import Saved, salvage
from bge_desktop.messages import displayable
from bge_desktop.own_files import clear_the_way, sync_folder

_SALVAGED, _UNFINISHED = "library.salvaged.db", "library.salvaged.db.new"
_COPIES = "library.damaged-*.db*"
_MOST_COPIES = 3


def repair(folder: str, database: str) -> str:
    """Save what is readable of a database and put it in its place; return what a person should know.

    Killed at any moment, it is taken up by `finish`, or done once more.

    Raises:
        OSError, sqlite3.Error: there is no room for it; the database is as it was.
    """
    unfinished = os.path.join(folder, _UNFINISHED)
    _remove(unfinished)
    try:
        saved = salvage(database, unfinished, KeptList(folder))
    except BaseException:
        _remove(unfinished)
        raise
    os.replace(unfinished, os.path.join(folder, _SALVAGED))
    sync_folder(folder)
    copy = finish(folder, database)
    return _told(saved, copy)


def finish(folder: str, database: str) -> str | None:
    """Take up a repair that was interrupted when the salvaged database was complete; return the damaged one's path.

    None where there was none to keep.
    """
    salvaged = os.path.join(folder, _SALVAGED)
    clear_the_way(salvaged)
    if not os.path.exists(salvaged):
        return None
    copy = _name_of_copy(folder, salvaged)
    _move(f"{database}-wal", f"{copy}-wal")  # first: it must never be taken for the new one's
    _move(database, copy)
    _remove(f"{database}-shm")
    forget_closing(folder)  # it tells of the damaged one
    os.replace(salvaged, database)
    sync_folder(folder)
    _drop_old_copies(folder)
    return copy if os.path.exists(copy) else None


def remove_copies(folder: str) -> None:
    """Remove the damaged databases that were kept.

    Raises:
        OSError: one cannot be removed.
    """
    for copy in _copies(folder):
        os.remove(copy)


def _name_of_copy(folder: str, salvaged: str) -> str:
    """Return a name by the salvaged database's time: the same when an interrupted repair is taken up."""
    seconds, rest = divmod(os.stat(salvaged).st_mtime_ns, 10**9)
    made = time.strftime("%Y-%m-%d-%H%M%S", time.localtime(seconds))
    return os.path.join(folder, f"library.damaged-{made}-{rest // 1000:06}.db")


def _move(path: str, target: str) -> None:
    if os.path.isfile(path) and not os.path.getsize(path):
        os.remove(path)  # there is nothing to keep
    elif os.path.lexists(path):
        os.rename(path, target)
        if os.path.isfile(target):
            os.chmod(target, 0o600)


def _remove(path: str) -> None:
    clear_the_way(path)
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)


def _copies(folder: str) -> list[str]:
    return sorted(glob.glob(os.path.join(glob.escape(folder), _COPIES)))


def _drop_old_copies(folder: str) -> None:
    kept = sorted({copy.removesuffix("-wal") for copy in _copies(folder)})[-_MOST_COPIES:]
    for copy in _copies(folder):
        if copy.removesuffix("-wal") not in kept:
            _remove(copy)


def _told(saved: Saved, copy: str | None) -> str:
    held = f"{saved.documents:,} documents and {saved.embedded:,} embedded passages could be kept"
    where = f" The damaged copy is {copy}." if copy else ""
    lost = "".join(f" The rules of {displayable(path)} are lost." for path in saved.ruleless)
    again = "" if saved.folders else " The folders are not known any more: add them again."
    return f"{held}; your files are compared with them, and what is missing is read again.{lost}{again}{where}"
