"""Looks at the program itself: what it is made of and what it runs on."""

from __future__ import annotations

import contextlib
import importlib.metadata
import sqlite3
import sys
import time
from collections.abc import Iterator

from packaging.requirements import Requirement

import bge_desktop
from bge_desktop.doctor.check import Check, ok, problem, warning
from bge_desktop.logs.versions import version_of

_OLDEST_PYTHON = (3, 11)
_WAL_RESET_MENDED = (3, 51, 3)
# The app is younger than this moment, and will not be run after that one: 2025-01-01 and 2100-01-01, both in UTC.
_EARLIEST, _LATEST = 1_735_689_600.0, 4_102_444_800.0
_INSTALL = "Install the app again."


def python() -> Iterator[Check]:
    """Look at Python's version."""
    found = f"BGE Desktop {bge_desktop.__version__} on Python {'.'.join(map(str, sys.version_info[:3]))}"
    if sys.version_info < _OLDEST_PYTHON:
        yield problem("python", f"{found}.", "Python 3.11 or newer is needed: install it, then the app again.")
    else:
        yield ok("python", f"{found}.")


def packages(requirements: list[str] | None = None) -> Iterator[Check]:
    """Look whether the packages are there that the app needs, in versions that it works with.

    Args:
        requirements: as in a package's metadata; those of this app by default.
    """
    if requirements is None:
        try:
            requirements = importlib.metadata.requires("bge-desktop") or []
        except importlib.metadata.PackageNotFoundError:  # a packaged app brings what it needs
            requirements = []
    needed = [own for own in map(Requirement, requirements) if own.marker is None or own.marker.evaluate({"extra": ""})]
    wrong = [told for own in needed if (told := _lacking(own))]
    if wrong:
        yield problem("packages", f"{'; '.join(wrong)}.", _INSTALL)
    else:
        yield ok("packages", f"All {len(needed)} are there." if needed else "They come with the app.")


def sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Iterator[Check]:
    """Look at SQLite, its version among all: the bug of before 3.51.3 takes two writers, and there is only one here."""
    found = f"SQLite {'.'.join(map(str, version))}"
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE probe USING fts5(words, content='', tokenize='ascii')")
        except sqlite3.OperationalError:
            yield problem("sqlite", f"{found} has no full-text search (FTS5).", "Use a Python whose SQLite has FTS5.")
            return
    if version < _WAL_RESET_MENDED:
        found = f"{found} with FTS5; before 3.51.3 two writers at once could damage a database, and here is only one"
    yield ok("sqlite", f"{found}.")


def clock(now: float | None = None) -> Iterator[Check]:
    """Look whether the clock is right by years; `now` is in seconds since the epoch."""
    now = time.time() if now is None else now
    date = time.strftime("%Y-%m-%d", time.gmtime(now))
    if _EARLIEST <= now < _LATEST:
        yield ok("clock", f"It is {date}.")
    else:
        advice = "Set the clock: dates in searches and in the log follow it."
        yield warning("clock", f"The clock says {date}, which cannot be.", advice)


def _lacking(requirement: Requirement) -> str:
    version = version_of(requirement.name)
    if version is None:
        return f"{requirement.name} is missing"
    is_right = requirement.specifier.contains(version, prereleases=True)
    return "" if is_right else f"{requirement.name} {version} is not {requirement.specifier}"
