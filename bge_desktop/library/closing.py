"""Whether a library was closed properly, and is still what it was then."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from enum import Enum
from typing import Any

from bge_desktop.own_files import clear_the_way, read_json, replacing, sync_folder

_NAME = "library.state"
_FORMS = ({"checked"}, {"checked", "damaged"}, {"checked", "stamp", "sha256"})  # open, damaged, closed
_CHECKED_EVERY_S = 7 * 86_400.0


def forget_closing(folder: str) -> None:
    """Have it not be known how a library was left."""
    clear_the_way(os.path.join(folder, _NAME))
    with contextlib.suppress(FileNotFoundError):
        os.remove(os.path.join(folder, _NAME))


class Closing(Enum):
    """How a library was left."""

    PROPER = "closed, and nobody has touched it since"
    UNKNOWN = "not known: by an older app, or the record is gone"
    IMPROPER = "not closed: its process was killed, or the power failed"
    CHANGED = "closed, and something else has changed it since"
    DAMAGED = "found to be damaged"


class ClosingRecord:
    """The file `library.state`: made when a library is opened for writing, completed when it is closed.

    Args:
        folder: the library's folder.
        database: the path of its database.
    """

    def __init__(self, folder: str, database: str) -> None:
        self._path, self._database = os.path.join(folder, _NAME), database
        self._found = self._read()
        self.last_check = float(self._found.get("checked", 0.0))

    def closing(self) -> Closing:
        """Return how the library was left, before it is opened: now and then all of it is read for that."""
        if not self._found:
            return Closing.UNKNOWN
        if "sha256" not in self._found:
            return Closing.DAMAGED if self._found.get("damaged") else Closing.IMPROPER
        if not self._is_due and self._stamp() == self._found["stamp"]:
            return Closing.PROPER
        if self._digest() != self._found["sha256"]:
            return Closing.CHANGED
        self.note_checked()
        return Closing.PROPER

    @property
    def exists(self) -> bool:
        """Whether there has been a library here."""
        return bool(self._found)

    def note_opened(self) -> None:
        """Record that the library is open.

        Raises:
            OSError: it cannot be recorded.
        """
        self._write({"checked": self.last_check})

    def note_damaged(self) -> None:
        """Record that the library is damaged: whoever opens it next saves what is readable.

        Raises:
            OSError: it cannot be recorded.
        """
        self._write({"checked": 0.0, "damaged": True})

    def note_checked(self) -> None:
        """Record that the library was found whole just now."""
        self.last_check = time.time()

    def note_closing(self) -> None:
        """Record nothing more: what is in the log comes into the database now, and the log goes away.

        Raises:
            OSError: the record cannot be removed.
        """
        forget_closing(os.path.dirname(self._path))
        sync_folder(os.path.dirname(self._path))

    def note_closed(self) -> None:
        """Record that the library was closed, and what it is: reading it takes 0.2 s for 100,000 passages.

        Raises:
            OSError: it cannot be read or recorded.
        """
        if os.path.exists(f"{self._database}-wal"):
            return  # somebody is still reading: not all has come into the database
        stamp = self._stamp()
        is_same = self._found.get("stamp") == stamp
        digest = self._found["sha256"] if is_same else self._digest()
        self._write({"checked": self.last_check, "stamp": stamp, "sha256": digest})

    @property
    def _is_due(self) -> bool:
        return not 0 <= time.time() - self.last_check < _CHECKED_EVERY_S

    def _stamp(self) -> list[int]:
        status = os.stat(self._database)
        return [status.st_size, status.st_mtime_ns]

    def _digest(self) -> str:
        with open(self._database, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _read(self) -> dict[str, Any]:
        try:
            found = dict(read_json(self._path))
            float(found["checked"])
            if found.keys() not in _FORMS:  # a spoilt name must not make it that of a library that is open
                return {}
        except (ValueError, KeyError, TypeError, OverflowError):
            return {}
        return found

    def _write(self, record: dict[str, Any]) -> None:
        with replacing(self._path) as temporary, open(temporary, "w", encoding="ascii") as file:
            json.dump(record, file)
