"""Looking whether the library is whole, in a thread of its own, while searches and indexing go on."""

from __future__ import annotations

import functools
import logging
import threading

from bge_desktop.errors import LibraryError, UserError
from bge_desktop.library.library import Library
from bge_desktop.worker.queue import JobQueue, Priority

_log = logging.getLogger(__name__)


class Checking:
    """Checks a library after a run that did not end properly. One that was changed since is checked as it is opened.

    Args:
        library: which.
        queue: of the worker's thread, in which what was found is raised.
    """

    def __init__(self, library: Library, queue: JobQueue) -> None:
        self._library, self._queue = library, queue
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    @property
    def is_busy(self) -> bool:
        """Whether the library is being checked."""
        return self._thread is not None

    def start(self) -> None:
        """Begin, where it is time."""
        if self._library.wants_check:
            self._thread = threading.Thread(target=self._run, name="check", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Give up; the next start begins anew."""
        self._closing.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        error: UserError | None = None
        try:
            self._library.check(self._closing.is_set)
        except UserError as found:
            error = found
        except Exception:  # noqa: BLE001 - a fault of ours must be told too, not end the thread unseen
            _log.exception("The library could not be checked")
            error = LibraryError("The library could not be checked", "The next start tries again.")
        if not self._closing.is_set():
            self._queue.put(Priority.INDEX, functools.partial(self._take, error))

    def _take(self, error: UserError | None) -> None:
        self._thread = None
        if error:
            raise error
        self._library.note_checked()
