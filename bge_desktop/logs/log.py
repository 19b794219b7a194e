"""The log of the process that writes to a library.

It tells what the app did, in numbers and in words of its own. What a library says in a log or a warning may hold
anything, a file's name above all: of that, only who said it and where in the program is written down.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler

from bge_desktop.logs.files import log_folder, make_log_folder, open_private
from bge_desktop.logs.traces import error_kind, error_lines, shown_place
from bge_desktop.logs.versions import library_versions, versions

_BYTES, _KEPT = 1_000_000, 3
_LONGEST = 500  # characters of a line
_OWN = "bge_desktop"
_log = logging.getLogger(__name__)


def log_path(library: str) -> str:
    """Return the path of a library's log; earlier ones have `.1`, `.2` and `.3` behind it."""
    return os.path.join(log_folder(library), "bge-desktop.log")


@contextlib.contextmanager
def logged(library: str) -> Iterator[None]:
    """Keep the log of a library that this process has taken for writing. One that cannot be written is done without."""
    handler = _Handler(library)
    logging.getLogger().addHandler(handler)
    logging.getLogger(_OWN).setLevel(logging.INFO)
    _log.info("Start. %s", ", ".join([*versions(), *library_versions()]))
    try:
        yield
    finally:
        _log.info("End")
        logging.getLogger().removeHandler(handler)
        with contextlib.suppress(OSError):  # the disk is full
            handler.close()


class Formatter(logging.Formatter):
    """Writes a record down without what may be private in it: see the module's docstring."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        head = f"{self.formatTime(record)} {record.levelname} {record.threadName} {record.name}: {_told(record)}"
        error = record.exc_info[1] if record.exc_info else None
        lines = [head[:_LONGEST].replace("\n", " "), *(error_lines(error) if error else ())]
        return "\n    ".join(lines)


def _told(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] != _OWN:
        return f"something at {shown_place(record.pathname)}:{record.lineno}"
    if record.args and isinstance(record.args, tuple):
        return record.msg % tuple(error_kind(own) if isinstance(own, BaseException) else own for own in record.args)
    return record.getMessage()


class _Handler(RotatingFileHandler):
    def __init__(self, library: str) -> None:
        self._library = library
        own = {"encoding": "utf-8", "errors": "backslashreplace", "delay": True}
        super().__init__(log_path(library), maxBytes=_BYTES, backupCount=_KEPT, **own)  # type: ignore[arg-type]
        self.setFormatter(Formatter())

    def _open(self) -> io.TextIOWrapper:
        make_log_folder(self._library)
        raw = open(self.baseFilename, "ab", opener=open_private)  # noqa: SIM115 - open until the handler is closed
        return io.TextIOWrapper(raw, self.encoding, self.errors)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, into a new file where somebody has removed the old one."""
        if self.stream is not None and not os.path.exists(self.baseFilename):
            stream, self.stream = self.stream, None
            with contextlib.suppress(OSError):
                stream.close()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Go on without the record: the disk is full, or the folder is gone or no longer ours to write to."""
