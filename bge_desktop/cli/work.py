"""Work on the library for one command: handed over to the process that owns it, or done here where there is none."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence

from tqdm import tqdm

from bge_desktop.cli import output
from bge_desktop.errors import LibraryBusyError, UserError
from bge_desktop.handover import client
from bge_desktop.library.library import Library
from bge_desktop.library.storage import readable_errors, refuse_newer
from bge_desktop.logs.crashes import recorded
from bge_desktop.logs.versions import library_versions
from bge_desktop.messages import ErrorReport, Event, LibraryBusy, LibraryStatus, Progress, ReportStatus, Request
from bge_desktop.worker import Worker

# How long to wait before a writer that does not listen, as it only just starts or leaves, is looked for again.
AGAIN_S = 0.5


def until_done(library: str, device: str, requests: Sequence[Request]) -> LibraryStatus:
    """Have requests done and the library brought up to date, and return its state.

    Where another process owns the library, it does that. Should it leave before, or not listen, it is done here as
    soon as the library is free.

    Raises:
        UserError: the first error that the worker reports.
    """
    refuse_newer(library)  # before any file is made in it
    with recorded(library, "a command") as report, contextlib.closing(_Listener()) as listener:
        report.add_to_head(library_versions())
        while True:
            status = client.until_done(library, requests, listener.take)
            status = status or _done_here(library, device, requests, listener)
            if status:
                return status
            time.sleep(AGAIN_S)


def _done_here(library: str, device: str, requests: Sequence[Request], listener: _Listener) -> LibraryStatus | None:
    """Return the library's state once all is done; None where another process has the library.

    Raises:
        UserError: the first error that the worker reports.
    """
    listener.is_busy = False
    worker = Worker(library, listener.take, device=device, watch=False)
    for request in requests:
        worker.submit(request)
    worker.start()
    try:
        worker.wait_until_idle()
        worker.submit(ReportStatus())
        worker.wait_until_idle()
    finally:
        worker.stop(timeout=60.0)
    if listener.is_busy:
        return None
    if listener.error or listener.status is None:
        raise listener.error or UserError("Indexing ended early", "The worker left without saying why.")
    return listener.status


def settled(library: str, request: Request, change: Callable[[Library], None]) -> None:
    """Have a request done that takes no time: by the process that owns the library, or here, where there is none.

    Args:
        library: its folder.
        request: what is asked of the owner.
        change: does it where there is none.

    Raises:
        UserError: it could not be done.
    """
    busy_note = BusyNote()
    while not (client.taken(library, [request]) or _is_changed_here(library, change)):
        busy_note.say()
        time.sleep(AGAIN_S)


def _is_changed_here(library: str, change: Callable[[Library], None]) -> bool:
    """Change a library; return False where another process has it."""
    try:
        opened = Library(library)
    except LibraryBusyError:
        return False
    with contextlib.closing(opened), readable_errors(opened.folder):
        change(opened)
    return True


class BusyNote:
    """Says once that the command waits for the library."""

    def __init__(self) -> None:
        self._is_said = False

    def say(self) -> None:
        """Say it, but for the first time only."""
        if not self._is_said:
            self._is_said = True
            output.note("Another BGE Desktop is writing to this library. Going on as soon as it is done.")


class _Listener:
    """Shows progress and keeps what the worker says."""

    def __init__(self) -> None:
        self.status: LibraryStatus | None = None
        self.error: UserError | None = None
        self.is_busy = False
        self._note = BusyNote()
        self._bar = tqdm(unit=" files", desc="Indexing", disable=None, leave=False)

    def take(self, event: Event) -> None:
        match event:
            case Progress():
                self._show(event)
            case ErrorReport(is_over=True):
                output.note(f"{event.title}: {event.message}")
            case ErrorReport():
                self.error = self.error or UserError(event.title, event.message, event.path)
            case LibraryStatus():
                self.status = event
            case LibraryBusy():
                self.is_busy = True
                self._note.say()

    def _show(self, progress: Progress) -> None:
        if progress.to_switch and not progress.pending:
            self._bar.unit, self._bar.desc = " passages", "Changing models: "
            self._bar.total, self._bar.n = progress.to_switch, progress.switched
            self._bar.set_postfix()
        else:
            self._bar.total, self._bar.n = progress.files, progress.files - progress.pending
            self._bar.set_postfix(passages=progress.passages, failed=progress.failed)

    def close(self) -> None:
        self._bar.close()
