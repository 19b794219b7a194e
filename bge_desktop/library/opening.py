"""Opening a library for writing: what was damaged is repaired first."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass

from sqlite_utils import Database

from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library import storage
from bge_desktop.library.closing import Closing, ClosingRecord
from bge_desktop.library.damage import check, damaged
from bge_desktop.library.kept_list import KeptList
from bge_desktop.library.repair import finish, repair
from bge_desktop.library.wal import committed_frames, recovered_frames
from bge_desktop.own_files import clear_the_way, is_misplaced

_CHECKED = (Closing.CHANGED, Closing.DAMAGED)


@dataclass(frozen=True)
class Opened:
    """A library's database, opened for writing.

    Attributes:
        db: the connection.
        record: where its closing is to be recorded.
        notice: what was repaired, in words for a person; "" where nothing was.
        wants_check: whether it is time to look whether it is whole.
    """

    db: Database
    record: ClosingRecord
    notice: str
    wants_check: bool


def open_for_writing(folder: str) -> Opened:
    """Open the database of a library that this process has locked, or make it.

    Raises:
        LibraryError: it cannot be made, opened or repaired.
    """
    with storage.readable_errors(folder):
        database = storage.database_path(folder)
        finish(folder, database)
        for beside in storage.paths_beside(database):
            clear_the_way(beside)
        record = ClosingRecord(folder, database)
        try:
            if _is_lost(folder, database, record):
                raise damaged(folder)
            closing = record.closing() if os.path.exists(database) else Closing.PROPER
            db = _believed(folder, database, closing, record)
        except LibraryDamagedError:
            record.note_damaged()  # should the repair be interrupted
            notice = repair(folder, database)
            record = ClosingRecord(folder, database)
            record.note_checked()
            db = storage.connect(folder, write=True)
            record.note_opened()
            return Opened(db, record, notice, wants_check=False)
        return Opened(db, record, "", closing not in (Closing.PROPER, *_CHECKED))


def _is_lost(folder: str, database: str, record: ClosingRecord) -> bool:
    """Whether there has been a database here that is no file, or holds nothing at all."""
    if os.path.isfile(database) and os.path.getsize(database):
        return False
    return is_misplaced(database) or record.exists or bool(KeptList(folder).read("folders"))


def _believed(folder: str, database: str, closing: Closing, record: ClosingRecord) -> Database:
    """Open a database that is whole. SQLite calls it damaged when it could not read a page: it is believed twice."""
    try:
        return _whole(folder, database, closing, record)
    except LibraryDamagedError as error:
        if not isinstance(error.__cause__, sqlite3.Error):
            raise
        return _whole(folder, database, Closing.DAMAGED, record)


def _whole(folder: str, database: str, closing: Closing, record: ClosingRecord) -> Database:
    committed = _committed(database, closing)
    db = storage.connect(folder, write=True)
    try:
        record.note_opened()  # the log is there by now: where it is missing at the next start, it was lost
        if committed is None or recovered_frames(db) < committed:
            raise damaged(folder)  # changes that were done are gone
        if closing in _CHECKED:
            _examine(folder, db)
            record.note_checked()
    except BaseException:
        db.close()
        raise
    return db


def _committed(database: str, closing: Closing) -> int | None:
    """Return up to which frame the log of a killed process holds changes; None where the log is gone."""
    if closing is not Closing.IMPROPER:
        return 0
    try:
        return committed_frames(database)
    except FileNotFoundError:
        return None


def _examine(folder: str, db: Database) -> None:
    """Look whether a database is whole that something else has changed, or that SQLite found to be damaged.

    It may only have been misread: full-text indexes call that damage as well. Words have no checksum: they are made
    anew.
    """
    with contextlib.closing(storage.connect(folder, write=False)) as reading, storage.readable_errors(folder):
        check(reading, folder, "integrity_check")
    db.execute("DELETE FROM facts WHERE name = 'analysis'")
