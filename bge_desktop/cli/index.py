"""`bge-desktop index`: bring a library up to date and leave."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from tqdm import tqdm

from bge_desktop.cli import output
from bge_desktop.errors import RequestError, UserError
from bge_desktop.messages import AddFolder, ErrorReport, Event, LibraryStatus, Progress, ReportStatus, displayable
from bge_desktop.watch.scan import root_is_here
from bge_desktop.worker import Worker


def index(folders: Sequence[str], library: str, device: str, *, as_json: bool) -> int:
    """Index folders or files; a file that fails is listed, and is no error.

    Raises:
        UserError: a folder is not there, or the library cannot be written.
    """
    for folder in folders:
        if not root_is_here(folder):
            raise RequestError("Folder not found", "It is not there or may not be read. Check the path.", folder)
    started = time.monotonic()
    status = _run(folders, library, device)
    _print(status, time.monotonic() - started, as_json=as_json)
    return 0


def _run(folders: Sequence[str], library: str, device: str) -> LibraryStatus:
    listener = _Listener()
    worker = Worker(library, listener.take, device=device, watch=False)
    for folder in folders:
        worker.submit(AddFolder(os.path.abspath(folder)))
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


def _print(status: LibraryStatus, seconds: float, *, as_json: bool) -> None:
    if as_json:
        failed = [{"path": f.path, "title": f.title, "message": f.message} for f in status.failures]
        counts = {"files": status.files, "passages": status.passages, "embedded_passages": status.embedded}
        output.say_json({**counts, "failed": failed, "seconds": round(seconds, 3)})
        return
    output.say(f"{status.files:,} files, {status.passages:,} passages; {status.embedded:,} embedded in {seconds:.1f} s")
    print_failures(status)


def print_failures(status: LibraryStatus) -> None:
    """Print the files that failed, with their reasons."""
    for failure in status.failures:
        output.say(f"failed: {displayable(failure.path)}\n   {failure.title}: {failure.message}")
