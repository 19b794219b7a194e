"""A worker for one command: it does what is asked, shows how far it is, and leaves."""

from __future__ import annotations

from collections.abc import Iterable

from tqdm import tqdm

from bge_desktop.errors import UserError
from bge_desktop.messages import ErrorReport, Event, LibraryStatus, Progress, ReportStatus, Request
from bge_desktop.worker import Worker


def until_done(library: str, device: str, requests: Iterable[Request]) -> LibraryStatus:
    """Have requests done and the library brought up to date, and return its state.

    Raises:
        UserError: the first error that the worker reports.
    """
    listener = _Listener()
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
        listener.close()
    if listener.error or listener.status is None:
        raise listener.error or UserError("Indexing ended early", "The worker left without saying why.")
    return listener.status


class _Listener:
    """Shows progress and keeps what the worker says."""

    def __init__(self) -> None:
        self.status: LibraryStatus | None = None
        self.error: UserError | None = None
        self._bar = tqdm(unit=" files", desc="Indexing", disable=None, leave=False)

    def take(self, event: Event) -> None:
        match event:
            case Progress():
                self._bar.total = event.files
                self._bar.n = event.files - event.pending
                self._bar.set_postfix(passages=event.passages, failed=event.failed)
            case ErrorReport():
                self.error = self.error or UserError(event.title, event.message, event.path)
            case LibraryStatus():
                self.status = event

    def close(self) -> None:
        self._bar.close()
