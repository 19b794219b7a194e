"""How far the folders are, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from bge_desktop.library.shortfalls import IS_IN_PART


@dataclass
class Counts:
    """How many files a folder has, how many are still to be read or embedded, failed, and were read in part."""

    files: int = 0
    pending: int = 0
    failed: int = 0
    in_part: int = 0


def count_files(db: Database) -> dict[int, Counts]:
    """Return for each folder with files how many there are, and how far they are."""
    states = db.execute("SELECT folder_id, state, count(*) FROM files GROUP BY folder_id, state")
    # the + has SQLite go from the few documents that wait to their files
    to_embed = db.execute(
        "SELECT folder_id, count(*) FROM files WHERE +state IN ('indexed', 'failed')"
        " AND document_id IN (SELECT document_id FROM passages WHERE embedded = 0) GROUP BY folder_id"
    )
    counts: dict[int, Counts] = {}
    for folder_id, state, number in states:
        own = counts.setdefault(folder_id, Counts())
        own.files += number
        own.pending += number if state in ("pending", "reading") else 0
        own.failed += number if state == "failed" else 0
    for folder_id, number in to_embed:
        counts[folder_id].pending += number
    in_part = db.execute(f"SELECT folder_id, count(*) FROM files WHERE {IS_IN_PART} GROUP BY folder_id")
    for folder_id, number in in_part:
        counts[folder_id].in_part = number
    return counts


def count_passages(db: Database) -> dict[int, int]:
    """Return for each folder with passages how many its files have; the same content counts with each of its files.

    It takes long, 80 ms for a million passages: not for what is told a few times a second.
    """
    sql = "SELECT folder_id, count(*) FROM files JOIN passages USING (document_id) GROUP BY folder_id"
    return dict(db.execute(sql).fetchall())
