"""What other processes ask the worker for: done like the requests of its own interface, but answered to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from bge_desktop.errors import UserError
from bge_desktop.handover.forms import Done
from bge_desktop.handover.server import Visit
from bge_desktop.messages import ErrorReport, Event, LibraryStatus, Progress, Request

Report = Callable[[UserError], None]


@dataclasses.dataclass
class _Waiting:
    """A visit that is being served."""

    visit: Visit
    embedded_before: int
    error: ErrorReport | None = None

    def note(self, error: ErrorReport) -> None:
        """Remember the first error."""
        self.error = self.error or error


class Visits:
    """The visits in hand; everything here runs in the worker's thread.

    Args:
        handle: does a request, and tells what it fails by.
        embedded: returns how many passages the worker has embedded.
        status: returns the state of the library.
    """

    def __init__(
        self,
        handle: Callable[[Request, Report], None],
        embedded: Callable[[], int],
        status: Callable[[], LibraryStatus],
    ) -> None:
        self._handle, self._embedded, self._status = handle, embedded, status
        self._waiting: list[_Waiting] = []

    def begin(self, visit: Visit) -> None:
        """Take up what a visit asks for."""
        waiting = _Waiting(visit, self._embedded())
        self._waiting.append(waiting)
        for request in visit.requests:
            self._handle(request, lambda error: waiting.note(ErrorReport(error.title, error.message, error.path)))
        if not visit.waits:
            self._waiting.remove(waiting)
            visit.tell(waiting.error or Done())

    def tell(self, event: Event) -> None:
        """Let those who wait know how far the library is, and that it cannot be brought up to date."""
        for waiting in self._waiting:
            if isinstance(event, Progress):
                waiting.visit.tell(dataclasses.replace(event, folders=(), failures=()))
            elif isinstance(event, ErrorReport) and not event.is_over:
                waiting.note(event)

    def settle(self) -> None:
        """Answer those who wait: the library is up to date."""
        if self._waiting:
            status = self._status()
            for waiting in self._waiting:
                embedded = status.embedded - waiting.embedded_before
                waiting.visit.tell(waiting.error or dataclasses.replace(status, embedded=embedded))
            self._waiting.clear()
