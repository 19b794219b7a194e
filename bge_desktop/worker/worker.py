"""The worker: the background thread behind the window and the command line."""

from __future__ import annotations

import functools
import logging
import sqlite3
import threading
from collections.abc import Callable

from bge_desktop.bge.encoder import Encoder
from bge_desktop.errors import LibraryError, UserError
from bge_desktop.library import storage
from bge_desktop.library.library import Library
from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    Event,
    RemoveFolder,
    ReportStatus,
    Request,
    Rescan,
    Retry,
    Search,
    SetRules,
    Typing,
    UnpackMember,
)
from bge_desktop.worker.indexing import Indexing
from bge_desktop.worker.queue import Job, JobQueue, Priority
from bge_desktop.worker.rest import Rest
from bge_desktop.worker.searching import Searching
from bge_desktop.worker.unpacking import Unpacking

_log = logging.getLogger(__name__)


class Worker:
    """Owns a library in a thread of its own: keeps it in step with the folders and answers queries.

    Args:
        library: the library's folder.
        emit: called in the worker's thread with each event.
        device: where to embed: "auto", "cpu", "cuda" or "mps".
        watch: whether to go on watching the folders; without it they are scanned once.
    """

    def __init__(
        self, library: str, emit: Callable[[Event], None], *, device: str = "auto", watch: bool = True
    ) -> None:
        self._folder, self._emit, self._device, self._watch = library, emit, device, watch
        self._queue = JobQueue()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._changed = threading.Condition()
        self._commands = 0
        self._is_idle = False
        self._has_ended = False
        self._rest = Rest(self._queue, emit, self._resume)

    def start(self) -> None:
        """Start the thread; the library is opened in it."""
        self._thread.start()

    def submit(self, request: Request) -> None:
        """Ask for something; from any thread, without waiting."""
        with self._changed:
            self._commands += 1
            self._is_idle = False
        priority = Priority.QUERY if isinstance(request, Search | Typing | UnpackMember) else Priority.COMMAND
        self._queue.put(priority, functools.partial(self._handle, request))

    def stop(self, timeout: float = 5.0) -> None:
        """Have the thread leave after the job in hand, and wait for it so many seconds."""
        self._queue.close()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def wait_until_idle(self, timeout: float | None = None) -> bool:
        """Wait until all requests are taken up and the library is up to date; return False when time ran out first."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_idle or self._has_ended, timeout)

    def _run(self) -> None:
        try:
            library = Library(self._folder)
        except UserError as error:
            self._report(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours must be told too, not end the thread unseen
            self._report_fault(error)
        else:
            self._serve(library)
        finally:
            with self._changed:
                self._has_ended = True
                self._changed.notify_all()

    def _serve(self, library: Library) -> None:
        self._encoder = Encoder(self._device, self._hand_over_device)
        self._searching = Searching(library, self._encoder, self._queue, self._emit)
        self._unpacking = Unpacking(library.folder, self._queue, self._emit)
        self._indexing = Indexing(library, self._encoder, self._queue, self._emit, watch=self._watch)
        self._queue.put(Priority.QUERY, self._indexing.start)  # before what was asked for in the meantime
        if self._watch:
            self._queue.put(Priority.COMMAND, self._searching.warm_up)
        try:
            while (job := self._queue.take()) is not None:
                self._do(job)
                self._note_idleness()
        finally:
            self._encoder.close()
            for close in (self._unpacking.close, self._indexing.close, library.close):
                self._do(close)

    def _do(self, job: Job) -> None:
        """Run a job. One that fails is reported, and the next one runs."""
        try:
            job()
        except LibraryError as error:
            self._rest.begin(error)
        except UserError as error:
            self._report(error)
        except (sqlite3.Error, OSError) as error:
            self._rest.begin(storage.explained(error, self._folder))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the thread that answers
            self._report_fault(error)

    def _report_fault(self, error: Exception) -> None:
        _log.exception("The worker met a fault")
        message = f"An unexpected error ({type(error).__name__}) was logged. Restart the app if it does not go on."
        self._report(UserError("Something went wrong", message))

    def _resume(self) -> None:
        """Go on after the library could not be written: there may be room again."""
        self._indexing.resume()

    def _handle(self, request: Request) -> None:
        try:
            self._dispatch(request)
        finally:
            with self._changed:
                self._commands -= 1

    def _dispatch(self, request: Request) -> None:
        match request:
            case Search():  # not a reason to stand back: the window also asks again when the library has changed
                self._searching.search(request)
            case Typing():
                self._indexing.stand_back()
            case UnpackMember():
                self._unpacking.unpack(request)
            case ReportStatus():
                self._indexing.report_status()
            case _:
                self._change(request)

    def _change(self, request: AddFolder | RemoveFolder | Rescan | Retry | SetRules) -> None:
        match request:
            case AddFolder(path):
                self._indexing.add_folder(path)
            case RemoveFolder(path):
                self._indexing.remove_folder(path)
            case Rescan(path):
                self._indexing.rescan(path)
            case Retry(paths):
                self._indexing.retry(paths)
            case SetRules(path, rules):
                self._indexing.set_rules(path, rules)

    def _note_idleness(self) -> None:
        with self._changed:
            self._is_idle = not self._commands and not self._indexing.is_busy
            if self._is_idle:
                self._changed.notify_all()

    def _hand_over_device(self, device: str) -> None:
        self._queue.put(Priority.NEWS, functools.partial(self._indexing.show_device, device))

    def _report(self, error: UserError) -> None:
        self._emit(ErrorReport(error.title, error.message, error.path))
