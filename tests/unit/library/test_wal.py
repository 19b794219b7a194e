"""A log that a killed process leaves, cut off where it may have been killed, or spoilt where nobody was writing."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bge_desktop.library.wal import committed_frames, recovered_frames

_HEAD, _FRAME = 32, 24 + 4096


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as own:
        own.execute("PRAGMA journal_mode = WAL")
        own.execute("CREATE TABLE things (thing)")
        own.commit()
        yield own


def left_behind(db: sqlite3.Connection, tmp_path: Path) -> str:
    """What is on the disk at this moment; return the path of the database."""
    for ending in ("", "-wal"):
        shutil.copy(tmp_path / f"a.db{ending}", tmp_path / f"left.db{ending}")
    return str(tmp_path / "left.db")


def put(db: sqlite3.Connection, size: int) -> int:
    """Commit something of a size; return how many frames the log has from its beginning on."""
    db.execute("INSERT INTO things VALUES (?)", ["x" * size])
    db.commit()
    path = db.execute("PRAGMA database_list").fetchone()[2]
    return (os.path.getsize(f"{path}-wal") - _HEAD) // _FRAME


def begin_anew(db: sqlite3.Connection) -> None:
    """Have the next frame be the first one again; it is written, too."""
    db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    put(db, 10)


def write(path: str, at: int, content: bytes) -> None:
    with open(path, "rb+") as file:
        file.seek(at)
        file.write(content)


def recovered(database: str) -> int:
    with contextlib.closing(Database(database)) as own:
        return recovered_frames(own)


def test_all_that_was_committed_counts(db: sqlite3.Connection, tmp_path: Path) -> None:
    frames = [put(db, size) for size in (10, 20_000, 10)][-1]
    left = left_behind(db, tmp_path)
    assert committed_frames(left) == frames == recovered(left)


@pytest.mark.parametrize("missing", [1, 100, 4095, 4096, _FRAME - 1])
def test_a_last_frame_that_was_being_written_does_not_count(
    missing: int, db: sqlite3.Connection, tmp_path: Path
) -> None:
    before = put(db, 10)
    put(db, 10)
    left = left_behind(db, tmp_path)
    os.truncate(f"{left}-wal", os.path.getsize(f"{left}-wal") - missing)
    assert committed_frames(left) == before == recovered(left)


def test_a_new_head_before_an_old_page_does_not_count(db: sqlite3.Connection, tmp_path: Path) -> None:
    put(db, 20_000)
    old = Path(f"{left_behind(db, tmp_path)}-wal").read_bytes()
    begin_anew(db)
    put(db, 10)
    left = left_behind(db, tmp_path)
    write(f"{left}-wal", _HEAD + _FRAME + 24, old[_HEAD + _FRAME + 24 : _HEAD + 2 * _FRAME])
    assert committed_frames(left) == 1 == recovered(left)


def test_old_frames_behind_a_new_header_do_not_count(db: sqlite3.Connection, tmp_path: Path) -> None:
    put(db, 20_000)
    old = Path(f"{left_behind(db, tmp_path)}-wal").read_bytes()
    begin_anew(db)
    left = left_behind(db, tmp_path)
    write(f"{left}-wal", _HEAD, old[_HEAD:])
    assert committed_frames(left) == 0 == recovered(left)


@pytest.mark.parametrize("at", [9, 20, _HEAD + 24 + 100, _HEAD + _FRAME + 3])
def test_what_is_spoilt_counts_all_the_same(at: int, db: sqlite3.Connection, tmp_path: Path) -> None:
    frames = [put(db, 10) for _ in range(3)][-1]
    left = left_behind(db, tmp_path)
    write(f"{left}-wal", at, b"?")
    assert committed_frames(left) == frames > recovered(left)
