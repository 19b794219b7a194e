"""Looks at the library's folder: whether it is its owner's alone, who writes to it, and whether there is room."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator

from bge_desktop import settings
from bge_desktop.doctor.check import Check, ok, problem, warning
from bge_desktop.handover.client import writer_process
from bge_desktop.library.lock import is_locked
from bge_desktop.logs.files import log_folder
from bge_desktop.logs.reports import kept_reports

_LEAST_FREE = 100 << 20  # bytes: with less, the next document may not fit
_LISTED = 3


def permissions(library: str) -> Iterator[Check]:
    """Look whether others may read the library, which holds the text of documents, or its owner may not write to it."""
    if not os.access(library, os.R_OK | os.W_OK | os.X_OK):
        advice = "Give yourself the right to read and write this folder, or choose another library."
        yield problem("permissions", "The library's folder may not be read and written by you.", advice)
        return
    open_to_others = [path for path, own in _entries(library) if os.name == "posix" and own.st_mode & 0o077]
    if open_to_others:
        names = ", ".join(os.path.relpath(path, library) for path in open_to_others[:_LISTED])
        found = f"Other users of this computer may look into it ({len(open_to_others)} of its files: {names})."
        yield warning("permissions", found, f"Close it to them: chmod -R go= '{library}'")
    else:
        yield ok("permissions", "The library is yours alone.")


def writer(library: str) -> Iterator[Check]:
    """Look whether a process writes to the library; one that does is no problem."""
    if is_locked(library):
        number = writer_process(library)
        yield ok("writer", f"BGE Desktop is at work on it{f' (process {number})' if number else ''}.")
    else:
        yield ok("writer", "No process is writing to it.")


def room(library: str, free: int | None = None) -> Iterator[Check]:
    """Look whether there is room on the library's disk; `free` bytes, by default what the system says."""
    free = shutil.disk_usage(library).free if free is None else free
    size = sum(own.st_size for _, own in _entries(library))
    found = f"{free / 1e6:,.0f} MB are free; the library takes {size / 1e6:,.1f} MB."
    if free < _LEAST_FREE:
        yield problem("disk space", found, "Make room on the disk: nothing more can be indexed.")
    elif free < size:
        advice = "Make room on the disk: to shrink or to mend the library takes as much room as it has."
        yield warning("disk space", found, advice)
    else:
        yield ok("disk space", found)


def chosen(library: str) -> Iterator[Check]:
    """Look whether the settings file can be used."""
    own, error = settings.read(library)
    if error:
        yield warning("settings", f"{error.title}.", f"{error.message} ({error.path})")
    else:
        is_usual = own == settings.Settings()
        yield ok("settings", "The usual settings hold." if is_usual else f"{settings.settings_path(library)} holds.")


def reports(library: str) -> Iterator[Check]:
    """Say where the log is, and how many crash reports are kept."""
    kept = kept_reports(library)
    folder = log_folder(library)
    found = f"The log is in {folder}." if os.path.isdir(folder) else "There is no log yet."
    if kept:
        advice = f"The newest is {kept[-1]}. It holds nothing of your documents: pass it on to the makers."
        yield warning("crash reports", f"{found} Crash reports that are kept: {len(kept)}.", advice)
    else:
        yield ok("crash reports", f"{found} There is no crash report.")


def _entries(library: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the library's folder and all that is in it, but for links, which have no permissions of their own."""
    yield library, os.stat(library)
    for folder, folders, names in os.walk(library):
        for path in (os.path.join(folder, name) for name in (*folders, *names)):
            with contextlib.suppress(FileNotFoundError):  # a cache that was being replaced
                if not stat.S_ISLNK((own := os.lstat(path)).st_mode):
                    yield path, own
