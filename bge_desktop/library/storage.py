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
from bge_desktop.library.schema import migrations

_DATABASE = "library.db"
_LOCK = "library.lock"


def make_folder(folder: str) -> None:
    """Create the library's folder, for its owner alone.

    Raises:
        LibraryError: it cannot be created or written to.
    """
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if os.name == "posix":
            os.chmod(folder, 0o700)
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
    except OSError as error:
        message = f"The library cannot be written to ({error.strerror})."
        raise LibraryError("Library cannot be opened", message, folder) from error
    return held


def connect(folder: str, *, write: bool) -> Database:
    """Open the database, create or migrate it when `write` is set.

    Raises:
        LibraryError: it is not there (read only), is damaged, or was made by a newer version of the app.
    """
    path = os.path.join(folder, _DATABASE)
    with readable_errors(folder):
        if not write:
            return Database(_read_only(path))
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite itself would make it readable to all
        db = Database(sqlite3.connect(path))
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        db.enable_wal()
        _refuse_newer(db, folder)
        migrations.apply(db)
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
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC:
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


def _read_only(path: str) -> sqlite3.Connection:
    if not os.path.exists(path):
        message = "There is no library here yet. Index a folder first: bge-desktop index FOLDER"
        raise LibraryError("No library", message, os.path.dirname(path))
    return sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True)


def _refuse_newer(db: Database, folder: str) -> None:
    known = {migration.name for migration in migrations._migrations}
    if {migration.name for migration in migrations.applied(db)} - known:
        message = "This library was made by a newer version of the app. Update the app; the library was not touched."
        raise LibraryError("Library is too new", message, folder)
