"""Finding what crashed processes left behind, and making of it a report that a person may read and pass on."""

from __future__ import annotations

import contextlib
import os
import re
import time
from dataclasses import dataclass

from bge_desktop.logs.crashes import ENDED_WELL, HEAD, RUNNING
from bge_desktop.logs.files import log_folder, open_private
from bge_desktop.logs.traces import shown_place

_KEPT = 5
_MOST_BYTES = 200_000
_NAME = re.compile(rf"{RUNNING}(\d+)-(\d+)\.txt")
_REPORT = re.compile(r"crash-.*\.txt")
_FILE = re.compile(r'([Ff]ile ")(.*)"')
_CLOCK_NS = 2_000_000_000  # by how much the system's two ways to tell a time may differ


@dataclass(frozen=True)
class CrashReport:
    """A report of something that went wrong in a process that is gone.

    Attributes:
        path: where it is kept.
        text: what it says: versions, errors and places in the program.
        is_crash: whether that ended the process.
    """

    path: str
    text: str
    is_crash: bool


def take_report(library: str) -> CrashReport | None:
    """Return the newest report that no one has taken yet, and keep it with the last few; None where there is none."""
    taken = [report for name in _names(library, _NAME) if (report := _take(log_folder(library), name))]
    for name in _names(library, _REPORT)[:-_KEPT]:
        with contextlib.suppress(OSError):
            os.remove(os.path.join(log_folder(library), name))
    return max(taken, key=lambda report: report.path, default=None)


def kept_reports(library: str) -> list[str]:
    """Return the paths of the reports that are kept, the oldest first."""
    return [os.path.join(log_folder(library), name) for name in _names(library, _REPORT)]


def _names(library: str, pattern: re.Pattern[str]) -> list[str]:
    try:
        return sorted(filter(pattern.fullmatch, os.listdir(log_folder(library))))
    except OSError:
        return []


def _take(folder: str, name: str) -> CrashReport | None:
    path = os.path.join(folder, name)
    try:
        if _is_running(name):
            return None
        with open(path, "rb", opener=open_private) as file:
            lines = file.read(_MOST_BYTES).decode("utf-8", "backslashreplace").splitlines()
            moment = os.fstat(file.fileno()).st_mtime
        if all(line.startswith(HEAD) for line in lines):  # it was killed
            os.remove(path)
            return None
        return _keep(path, folder, moment, lines)
    except OSError:  # another process was faster
        return None


def _keep(path: str, folder: str, moment: float, lines: list[str]) -> CrashReport:
    """Put a report where reports are kept, without paths that tell more than places in the program."""
    kept = os.path.join(folder, time.strftime("crash-%Y-%m-%d-%H%M%S.txt", time.localtime(moment)))
    os.replace(path, kept)
    text = "".join(f"{_FILE.sub(_without_folders, line)}\n" for line in lines)
    with open(kept, "w", encoding="utf-8", opener=open_private) as file:
        file.write(text)
    return CrashReport(kept, text, is_crash=ENDED_WELL not in lines)


def _without_folders(match: re.Match[str]) -> str:
    return f'{match[1]}{shown_place(match[2])}"'


def _is_running(name: str) -> bool:
    """Return whether the process that a report is of is still there, and not another one with its number."""
    import psutil

    match = _NAME.fullmatch(name)
    assert match
    number, began = map(int, match.groups())
    try:
        return psutil.Process(number).create_time() * 1e9 <= began + _CLOCK_NS
    except psutil.NoSuchProcess:
        return False
    except (psutil.Error, OSError, OverflowError, ValueError):
        return True
