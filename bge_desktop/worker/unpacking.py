"""Unpacking what a person opens within an archive, a mailbox or a message, in threads beside the worker's."""

from __future__ import annotations

import functools
import logging
import os
import shutil
import threading
from collections.abc import Callable

from bge_desktop.errors import UserError
from bge_desktop.extract.members import may_hold_members
from bge_desktop.extract.unpacking import Unpacker
from bge_desktop.messages import ErrorReport, Event, MemberUnpacked, UnpackMember
from bge_desktop.worker.queue import JobQueue, Priority

_log = logging.getLogger(__name__)

FOLDER = "unpacked"
"""In the library's folder, which is the person's alone and which one worker at a time holds: whatever lies here when it
starts was left by one that crashed."""


class Unpacking:
    """Answers each `UnpackMember`; the files that it makes are there until it is closed.

    Args:
        library: the library's folder.
        queue: of the worker's thread, in which events are emitted.
        emit: takes the answers.
    """

    def __init__(self, library: str, queue: JobQueue, emit: Callable[[Event], None]) -> None:
        self._folder = os.path.join(library, FOLDER)
        self._queue, self._emit = queue, emit
        self._unpacker = Unpacker(self._folder)
        self._threads: set[threading.Thread] = set()
        _remove(self._folder)

    def unpack(self, request: UnpackMember) -> None:
        """Begin to unpack; returns at once."""
        thread = threading.Thread(target=self._run, args=(request,), name="unpack", daemon=True)
        self._threads.add(thread)
        thread.start()

    def close(self) -> None:
        """Give up what is being unpacked, and remove all that was."""
        self._unpacker.close()
        for thread in self._threads:
            thread.join()
        _remove(self._folder)

    def _run(self, request: UnpackMember) -> None:
        try:
            event = self._answer(request)
        except Exception:  # noqa: BLE001 - a fault of ours must be told too, not end the thread unseen
            _log.exception("A member could not be unpacked")
            event = ErrorReport("Cannot be opened", "Open the archive or mailbox itself.", request.path)
        self._queue.put(Priority.QUERY, functools.partial(self._tell, event, threading.current_thread()))

    def _answer(self, request: UnpackMember) -> Event:
        path, place = request.path, request.place
        try:
            file = self._unpacker.unpack(path, place) if may_hold_members(path) else path
        except UserError as error:
            return ErrorReport(error.title, error.message, path)
        except OSError as error:
            message = f"It could not be read ({error.strerror}). Rescan its folder to find out more."
            return ErrorReport("Cannot be opened", message, path)
        return MemberUnpacked(path, place, request.page, file)

    def _tell(self, event: Event, thread: threading.Thread) -> None:
        self._threads.discard(thread)
        self._emit(event)


def _remove(folder: str) -> None:
    """Remove a folder as far as the system lets it: a file that Windows holds open goes at the next start."""
    if os.name == "nt":  # which removes nothing that is not to be written to
        for inner, _, names in os.walk(folder):
            for name in names:
                os.chmod(os.path.join(inner, name), 0o600)
    shutil.rmtree(folder, ignore_errors=True)
