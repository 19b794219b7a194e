"""Crash reports: what a process that ends in the middle of its work leaves behind.

A process opens its report when it starts, heads it with the versions in lines that begin with "# ", and removes it
when it ends well. What stands below the head was written by `faulthandler` in the moment of the crash, or is an
exception that nothing caught. A process that was killed leaves the head alone, which is no report.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from bge_desktop.errors import UserError
from bge_desktop.logs.files import make_log_folder, open_private
from bge_desktop.logs.traces import error_lines
from bge_desktop.logs.versions import versions
from bge_desktop.logs.warned import warnings_logged

HEAD = "# "
ENDED_WELL = f"{HEAD}It went on and ended in good order."
RUNNING = "running-"
"""A report's name begins with this, then the process's number and when it began, in nanoseconds since the epoch."""
_CHILDREN = "helpers.txt"
_CHILDREN_BYTES = 200_000
_VARIABLE = "BGE_DESKTOP_CRASH_FILE"
_MOST_TOLD = 20  # what fails whenever something is painted fails often
_NO_FAULTS = (UserError, KeyboardInterrupt, SystemExit, BrokenPipeError)


@contextlib.contextmanager
def recorded(library: str, role: str) -> Iterator[Report]:
    """Have this process leave a report in the library's folder when it crashes; where it can.

    Args:
        library: the library's folder, which is made.
        role: what this process is, in a word.

    Yields:
        The report, into which more can be written.
    """
    report = Report(library)
    report.add_to_head([*versions(), role])
    with report.filled(), warnings_logged():
        yield report


def record_here() -> None:
    """Have this process, a child of a recorded one, write where it was when it crashed; no more than that."""
    if path := os.environ.get(_VARIABLE):
        with contextlib.suppress(OSError):
            faulthandler.enable(open(path, "ab", buffering=0, opener=open_private))  # noqa: SIM115 - open to the end


class Report:
    """The report of this process, and what writes into it.

    Args:
        library: the library's folder; nothing is written where it cannot be made.
    """

    def __init__(self, library: str) -> None:
        self._told: set[str] = set()
        self._file: BinaryIO | None = None
        with contextlib.suppress(OSError):  # the library, which cannot be made either, will tell
            os.makedirs(library, mode=0o700, exist_ok=True)
            folder = make_log_folder(library)
            self._path = os.path.join(folder, f"{RUNNING}{os.getpid()}-{time.time_ns()}.txt")
            self._children = os.path.join(folder, _CHILDREN)
            self._file = open(self._path, "xb", buffering=0, opener=open_private)  # noqa: SIM115 - to the end

    def add_to_head(self, lines: Iterable[str]) -> None:
        """Add what is no sign of a crash, such as versions."""
        self._write("".join(f"{HEAD}{line}\n" for line in lines))

    def tell(self, text: str) -> None:
        """Add something that went wrong, unless it is there already; the process need not end for it."""
        if text not in self._told and len(self._told) < _MOST_TOLD:
            self._told.add(text)
            self._write(f"{text}\n")

    @contextlib.contextmanager
    def filled(self) -> Iterator[None]:
        """Have crashes and exceptions that nothing catches written into it, and remove it when all went well."""
        try:
            with self._faults_caught(), self._exceptions_caught():
                yield
        except BaseException as error:
            self._tell_error("The main thread", error)
            self._leave(has_crashed=not isinstance(error, _NO_FAULTS))
            raise
        self._leave(has_crashed=False)

    @contextlib.contextmanager
    def _faults_caught(self) -> Iterator[None]:
        if self._file is None:
            yield
            return
        _limit(self._children)
        os.environ[_VARIABLE] = self._children
        was_enabled = faulthandler.is_enabled()
        faulthandler.enable(self._file)
        try:
            yield
        finally:
            faulthandler.disable()
            if was_enabled:
                with contextlib.suppress(OSError, ValueError, RuntimeError):  # there is no standard error
                    faulthandler.enable()
            os.environ.pop(_VARIABLE, None)

    @contextlib.contextmanager
    def _exceptions_caught(self) -> Iterator[None]:
        hooks = self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks

    def _leave(self, *, has_crashed: bool) -> None:
        if self._told and not has_crashed:
            self._write(f"{ENDED_WELL}\n")
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
                if not self._told:  # what Windows calls a fatal exception, and is handled, ends nothing
                    os.remove(self._path)

    def _tell_error(self, where: str, error: BaseException | None) -> None:
        if error is not None and not isinstance(error, _NO_FAULTS):
            self.tell("\n".join([f"{where} met an exception that nothing caught:", *error_lines(error)]))

    def _on_exception(self, kind: Any, error: BaseException, trace: Any) -> None:
        self._tell_error("The main thread", error)
        self._hooks[0](kind, error, trace)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        self._tell_error("A thread", arguments.exc_value)
        self._hooks[1](arguments)

    def _on_unraisable(self, arguments: Any) -> None:
        self._tell_error("What could not raise it", arguments.exc_value)
        self._hooks[2](arguments)

    def _write(self, text: str) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.write(text.encode("utf-8", "backslashreplace"))


def _limit(path: str) -> None:
    """Begin the file anew that the children write to, once it has grown large; the old one is kept."""
    with contextlib.suppress(OSError):
        if os.path.getsize(path) > _CHILDREN_BYTES:
            os.replace(path, f"{path}.1")
