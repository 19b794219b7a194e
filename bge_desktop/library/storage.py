"""The library's folder on disk: its permissions, its lock, and its database connection."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

from filelock import FileLock, Timeout
from sqlite_utils import Database

from bge_desktop.errors import LibraryBusyError, LibraryError
from bge_desktop.library.full_text import open_occurrences
from bge_desktop.library.schema import migrations

_DATABASE = "library.db"
_LOCK = "library.lock"


def make_folder(folder: str) -> None:
    """Create the library's folder, for its owner alone. One that exists keeps its permissions: it is the person's own.

    Raises:
        LibraryError: it cannot be created.
    """
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        message = f"The library's folder cannot be used ({error.strerror}). Choose another one."
        raise LibraryError("Library cannot be opened", message, folder) from error


def lock(folder: str) -> FileLock:
    """Take the library for writing.

    Raises:
        LibraryBusyError: another process is writing to it.
        LibraryError: the lock cannot be made.
    """
    held = FileLock(os.path.join(folder, _LOCK), timeout=0, mode=0o600)
    try:
        held.acquire()
    except Timeout as error:
        message = "Another BGE Desktop is writing to this library. Close it, or choose another library."
        raise LibraryBusyError("Library is in use", message, folder) from error
    except (OSError, NotImplementedError) as error:  # the latter where the file system knows no locks
        reason = getattr(error, "strerror", None) or error
        message = f"The library's folder cannot be written to ({reason}). Choose another one."
        raise LibraryError("Library cannot be opened", message, folder) from error
    return held


def connect(folder: str, *, write: bool) -> Database:
    """Open the database, create or migrate it when `write` is set.

    Raises:
        LibraryError: it is not there (read only), is damaged, or was made by a newer version of the app.
    """
    path = os.path.join(folder, _DATABASE)
    with readable_errors(folder):
        db = Database(_for_writing(path) if write else _read_only(path), execute_plugins=False)
        try:
            _check_version(db, folder, write=write)
            if write:
                _prepare_for_writing(db)
            open_occurrences(db)
        except BaseException:
            db.close()
            raise
    return db


@contextlib.contextmanager
def readable_errors(folder: str) -> Iterator[None]:
    """Turn what SQLite and the disk complain of into errors that a person understands."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise explained(error, folder) from error


def explained(error: sqlite3.Error | OSError, folder: str) -> LibraryError:
    """Return what SQLite or the disk complained of as an error that a person understands."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return LibraryError("The disk is full", "Make room on the disk; indexing then goes on where it was.", folder)
    if isinstance(error, OSError):
        message = f"The library cannot be read or written ({error.strerror or error})."
        return LibraryError("Library cannot be used", message, folder)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        message = "The library's database is damaged. Move its folder away and index again; your documents are safe."
        return LibraryError("Library is damaged", message, folder)
    if code == sqlite3.SQLITE_READONLY:
        return LibraryError("Library is read-only", "The library's folder cannot be written to.", folder)
    return LibraryError("Library cannot be used", f"The library's database says: {error}.", folder)


def _for_writing(path: str) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite itself would make it readable to all
    return sqlite3.connect(path)


def _read_only(path: str) -> sqlite3.Connection:
    if not os.path.exists(path):
        raise _no_library(os.path.dirname(path))
    return sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True)


def _prepare_for_writing(db: Database) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    db.enable_wal()
    migrations.apply(db)


def _check_version(db: Database, folder: str, *, write: bool) -> None:
    applied = {migration.name for migration in migrations.applied(db)}
    known = {migration.name for migration in migrations._migrations}
    if applied - known:
        message = "This library was made by a newer version of the app. Update the app; the library was not touched."
        raise LibraryError("Library is too new", message, folder)
    if not write and not applied:
        raise _no_library(folder)  # another process is only just making it
    if not write and known - applied:
        message = "This library was made by an older version of the app. Open it in the window, or index, to update it."
        raise LibraryError("Library must be updated", message, folder)


def _no_library(folder: str) -> LibraryError:
    message = "There is no library here yet. Index a folder first: bge-desktop index FOLDER"
    return LibraryError("No library", message, folder)
