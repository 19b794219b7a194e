"""The library's folder on disk: its permissions, its lock, and its database connection."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

from sqlite_utils import Database

from bge_desktop.errors import LibraryBusyError, LibraryError, LibraryOutdatedError
from bge_desktop.library.damage import damaged
from bge_desktop.library.full_text import open_occurrences
from bge_desktop.library.lock import LibraryLock
from bge_desktop.library.packing import DAMAGED_TEXT, let_pack
from bge_desktop.library.schema import migrations
from bge_desktop.library.stored_models import SPOILT_MODEL
from bge_desktop.own_files import is_misplaced

_DATABASE = "library.db"
_BESIDE = ("-wal", "-shm", "-journal")  # the files that SQLite keeps beside a database
_LARGEST_LOG = 16 << 20  # bytes: what a large transaction took beyond is given back
_INCREMENTAL = 2
# Of SQLite's usual 4,096, vectors of 768 and 1,024 bytes leave an eighth unused, and texts a fifth. Still larger pages
# save little more, and more has to be written for each change.
_PAGE_BYTES = 8192
_VERSIONS = slice(18, 20)  # where in its header a database says how it is to be written and read
# The words for a text that is none, for a full-text index without its settings, and ours; they have no code.
_UNREADABLE = ("Could not decode to UTF-8", "invalid fts5 file format", DAMAGED_TEXT, SPOILT_MODEL)
_log = logging.getLogger(__name__)


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


def lock(folder: str) -> LibraryLock:
    """Take the library for writing.

    Raises:
        LibraryBusyError: another process is writing to it.
        LibraryError: the lock cannot be made.
    """
    held = LibraryLock(folder)
    try:
        held.acquire()
    except BlockingIOError as error:
        message = "Another BGE Desktop is writing to this library. Close it, or choose another library."
        raise LibraryBusyError("Library is in use", message, folder) from error
    except (OSError, NotImplementedError) as error:  # the latter where the file system knows no locks
        reason = getattr(error, "strerror", None) or error
        message = f"The library's folder cannot be written to ({reason}). Choose another one."
        raise LibraryError("Library cannot be opened", message, folder) from error
    return held


def database_path(folder: str) -> str:
    """Return the path of a library's database."""
    return os.path.join(folder, _DATABASE)


def bytes_in(folder: str) -> int:
    """Return the size of a library's files together."""
    total = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):  # a cache that was being replaced
                total += entry.stat().st_size if entry.is_file() else 0
    return total


def paths_beside(database: str) -> list[str]:
    """Return the paths of the files that SQLite keeps beside a database while it is open."""
    return [f"{database}{name}" for name in _BESIDE]


def connect(folder: str, *, write: bool) -> Database:
    """Open the database, create or migrate it when `write` is set.

    Raises:
        LibraryError: it is not there (read only), is damaged, or was made by a newer version of the app.
    """
    path = database_path(folder)
    with readable_errors(folder):
        db = Database(_for_writing(path) if write else _read_only(path), execute_plugins=False)
        try:
            let_pack(db.conn)
            _check_version(db, folder, write=write)
            if write:
                _prepare_for_writing(db)
            open_occurrences(db)
        except BaseException:
            db.close()
            raise
    return db


def refuse_newer(folder: str) -> None:
    """Leave a library alone that a newer version of the app has made: no file of it is changed, none is added.

    Raises:
        LibraryError: a newer version has made it, or it cannot be opened.
    """
    path = database_path(folder)
    if not os.path.isfile(path) or not os.path.getsize(path):
        return
    shared = f"{path}-shm"
    had_shared = os.path.exists(shared)
    # with a log, SQLite needs its shared memory; without one, looking as at a file that nobody writes makes no file
    has_log = os.path.exists(f"{path}-wal") and not any(map(is_misplaced, paths_beside(path)))
    uri = uri_of(path, "mode=ro" if has_log else "immutable=1")
    with readable_errors(folder):
        connection = sqlite3.connect(uri, uri=True)
    try:
        with contextlib.closing(Database(connection, execute_plugins=False)) as db, contextlib.suppress(sqlite3.Error):
            _check_newness(db, folder)
    except LibraryError:
        if not had_shared:
            with contextlib.suppress(FileNotFoundError):
                os.remove(shared)
        raise


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
    if getattr(error, "errno", None) == errno.EIO:
        return _disk_error(folder)
    if isinstance(error, OSError):
        message = f"The library cannot be read or written ({error.strerror or error})."
        return LibraryError("Library cannot be used", message, folder)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith(_UNREADABLE):
        return damaged(folder)
    if code == sqlite3.SQLITE_IOERR:
        return _disk_error(folder)
    if code == sqlite3.SQLITE_READONLY:
        return LibraryError("Library is read-only", "The library's folder cannot be written to.", folder)
    return LibraryError("Library cannot be used", f"The library's database says: {error}.", folder)


def _disk_error(folder: str) -> LibraryError:
    message = "The disk reports an error. Check that it is connected and whole; indexing then goes on where it was."
    return LibraryError("The library's disk has an error", message, folder)


def _for_writing(path: str) -> sqlite3.Connection:
    # SQLite itself would make it readable to all
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb") as file:
        versions = file.read(_VERSIONS.stop)[_VERSIONS]
    if set(versions) - {1, 2}:  # it would take it for a database of its own future, not to be written
        raise damaged(os.path.dirname(path))
    return sqlite3.connect(path)


def _read_only(path: str) -> sqlite3.Connection:
    if not os.path.lexists(path):
        raise _no_library(os.path.dirname(path))
    if is_misplaced(path):
        raise damaged(os.path.dirname(path))
    for own in filter(is_misplaced, paths_beside(path)):
        message = f"{os.path.basename(own)} is no file. Open the library in the window, or index, to move it aside."
        raise LibraryError("Library cannot be used", message, own)
    return sqlite3.connect(uri_of(path, "mode=ro"), uri=True)


def uri_of(path: str, options: str) -> str:
    """Return how SQLite is told to open a file with options, as "mode=ro"."""
    return f"file:{quote(os.fsencode(path))}?{options}"


def _prepare_for_writing(db: Database) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA synchronous = FULL")  # what was told to be done outlasts a power cut
    for macos in ("fullfsync", "checkpoint_fullfsync"):  # where fsync alone does not reach the disk
        db.execute(f"PRAGMA {macos} = ON")
    db.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")
    lay_out(db)
    db.enable_wal()
    with db.atomic():  # a reader never sees one half done
        migrations.apply(db)


def lay_out(db: Database) -> None:
    """Have a new database give back the room of what is removed, and waste less of it on what fills no small page.

    In one that exists, both hold after `lay_out_anew`.
    """
    db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    db.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")


def lay_out_anew(db: Database) -> None:
    """Write a database that is open for writing anew, once, if it was made with another layout."""
    [layout] = db.execute("SELECT page_size, auto_vacuum FROM pragma_page_size, pragma_auto_vacuum").fetchall()
    if layout == (_PAGE_BYTES, _INCREMENTAL):
        return
    try:
        db.disable_wal()  # with a log, the size of the pages stays as it is
        db.vacuum()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        _log.warning("The library could not be laid out anew (%s); the next start tries again", error)
    finally:
        db.enable_wal()


def _check_version(db: Database, folder: str, *, write: bool) -> None:
    if not _applied(db) and set(db.table_names()) - {migrations.migrations_table}:
        raise damaged(folder)  # another program's database
    _check_newness(db, folder)
    applied, known = _applied(db), _known()
    if not write and not applied:
        raise _no_library(folder)  # another process is only just making it
    if not write and known - applied:
        message = "This library was made by an older version of the app. Open it in the window, or index, to update it."
        raise LibraryOutdatedError("Library must be updated", message, folder)


def _check_newness(db: Database, folder: str) -> None:
    if _applied(db) - _known():
        message = "This library was made by a newer version of the app. Update the app; the library was not touched."
        raise LibraryError("Library is too new", message, folder)


def _applied(db: Database) -> set[str]:
    return {migration.name for migration in migrations.applied(db)}


def _known() -> set[str]:
    return {migration.name for migration in migrations._migrations}


def _no_library(folder: str) -> LibraryError:
    message = "There is no library here yet. Index a folder first: bge-desktop index FOLDER"
    return LibraryError("No library", message, folder)
