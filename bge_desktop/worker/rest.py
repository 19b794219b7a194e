"""Standing still for a while after a failure that may pass by itself: no memory, a process that does not start."""

from __future__ import annotations

from collections.abc import Callable

from bge_desktop.errors import UserError
from bge_desktop.messages import ErrorReport, Event
from bge_desktop.worker.queue import JobQueue, Priority

# How long to wait before something that failed is tried again.
RETRY_S = 30.0


class Rest:
    """A pause after a failure, which is reported once.

    Args:
        queue: of the worker's thread, in which everything here runs.
        emit: takes the error report.
        on_over: called when it is time to try again.
    """

    def __init__(self, queue: JobQueue, emit: Callable[[Event], None], on_over: Callable[[], None]) -> None:
        self._queue, self._emit, self._on_over = queue, emit, on_over
        self.is_on = False

    def begin(self, error: UserError) -> None:
        """Report the error and rest; during a rest, nothing more happens."""
        if not self.is_on:
            self.is_on = True
            self._emit(ErrorReport(error.title, error.message, error.path))
            self._queue.put_later(RETRY_S, Priority.INDEX, self._end)

    def _end(self) -> None:
        self.is_on = False
        self._on_over()
