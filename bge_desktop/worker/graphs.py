"""Reading and building the vector graphs in a thread of their own, while searches go on by scanning."""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable

from bge_desktop.bge.script import Language
from bge_desktop.errors import LibraryDamagedError, LibraryError, UserError
from bge_desktop.library.graph import Cancelled
from bge_desktop.library.library import Library
from bge_desktop.library.vectors import MadeGraph, WantedGraph
from bge_desktop.messages import ErrorReport, Event
from bge_desktop.worker.queue import JobQueue, Priority

_log = logging.getLogger(__name__)
_LONGEST_REST_S = 1.0


class Pace:
    """Is asked between portions of work whether to give up; where wanted, it rests before that, as long as one took.

    (Not by a lower priority: it would stop everybody that it is kept waiting with the interpreter in its hands.)

    Args:
        giving_up: set when the work is to end.
        rests: whether to rest.
    """

    def __init__(self, giving_up: threading.Event, *, rests: bool) -> None:
        self._giving_up, self._rests = giving_up, rests
        self._since = time.monotonic()

    def __call__(self) -> bool:
        """Return whether to give up."""
        worked = time.monotonic() - self._since
        gives_up = self._giving_up.wait(min(worked, _LONGEST_REST_S) if self._rests else 0)
        self._since = time.monotonic()
        return gives_up


class Graphs:
    """Makes the graphs of each model whose vectors have become too many to scan, one after the other.

    Args:
        library: whose vectors.
        queue: of the worker's thread.
        emit: takes error reports.
        gently: whether somebody may be searching meanwhile.
    """

    def __init__(
        self, library: Library, queue: JobQueue, emit: Callable[[Event], None], *, gently: bool = True
    ) -> None:
        self._library, self._queue, self._emit, self._gently = library, queue, emit, gently
        self._threads: dict[Language, threading.Thread] = {}
        self._failed: set[Language] = set()
        self._closing = threading.Event()

    @property
    def is_busy(self) -> bool:
        """Whether a graph is being built."""
        return bool(self._threads)

    def build_where_wanted(self) -> None:
        """Start making the graphs that are wanted, not yet being made, and did not fail since the start."""
        for language in self._library.vectors:
            if language not in self._threads and language not in self._failed:
                wanted = self._library.vectors.wanted_graph(language)
                if wanted:
                    self._start(wanted)

    def _start(self, wanted: WantedGraph) -> None:
        thread = threading.Thread(target=self._make, args=(wanted,), name=f"graph-{wanted.language}", daemon=True)
        self._threads[wanted.language] = thread
        thread.start()

    def close(self) -> None:
        """Give up the graphs that are being built; the next start builds them."""
        self._closing.set()
        for thread in list(self._threads.values()):
            thread.join()

    def _make(self, wanted: WantedGraph) -> None:
        try:
            made = self._library.vectors.make_graph(wanted, Pace(self._closing, rests=self._gently))
        except Cancelled:
            return
        except UserError as error:
            self._queue.put(Priority.INDEX, functools.partial(self._fail, wanted.language, error))
        except Exception:  # noqa: BLE001 - a fault of ours must be told too, not end the thread unseen
            _log.exception("A graph could not be built")
            fault = LibraryError("The index of meanings could not be built", "Searches go on, more slowly.")
            self._queue.put(Priority.INDEX, functools.partial(self._fail, wanted.language, fault))
        else:
            self._queue.put(Priority.INDEX, functools.partial(self._adopt, wanted, made))

    def _adopt(self, wanted: WantedGraph, made: MadeGraph) -> None:
        del self._threads[wanted.language]
        try:
            self._library.vectors.adopt_graph(wanted, made)
        except UserError as error:  # searches go on, through the graph or by scanning
            self._emit(ErrorReport(error.title, error.message, error.path))
        self.build_where_wanted()

    def _fail(self, language: Language, error: UserError) -> None:
        del self._threads[language]
        self._failed.add(language)
        if isinstance(error, LibraryDamagedError):
            raise error
        self._emit(ErrorReport(error.title, error.message, error.path))
