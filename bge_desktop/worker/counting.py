"""Counting what each value of each filter would leave, after the answer, while nothing else is asked."""

from __future__ import annotations

import datetime as dt
import functools
import time
from collections.abc import Callable, Iterator

from bge_desktop.library.library import Library
from bge_desktop.messages import Event, Facets
from bge_desktop.search.facets import FacetCounter, FacetCounts, Restriction, restriction
from bge_desktop.search.query_language import Query
from bge_desktop.worker.queue import JobQueue, Priority

# While the library goes on changing, the files are not read all the time: of 100,000 that takes 0.1 s.
_REST_S = 2.0

_Steps = Iterator[FacetCounts | None]


class FacetCounting:
    """Counts for the newest query, in small jobs.

    A query that restricts nothing else goes on with the counting for the one before: while the library changes, it is
    asked again and again.

    Args:
        library: whose documents.
        queue: of the worker's thread, in which everything here runs.
        emit: takes the `Facets`.
    """

    def __init__(self, library: Library, queue: JobQueue, emit: Callable[[Event], None]) -> None:
        self._counter = FacetCounter(library)
        self._queue, self._emit = queue, emit
        self._generation: int | None = None
        self._counted: Restriction | None = None

    def forget(self) -> None:
        """Tell no counts for the query before."""
        self._generation = None

    def begin(self, generation: int, query: Query, delay_s: float) -> None:
        """Tell the counts for a query: at once where they are known, else they are counted after `delay_s` or later."""
        self._generation = generation
        today = dt.date.today()
        known, wanted = self._counter.known(query, today), restriction(query, today)
        if known:
            self._counted = None  # of the query before: it would be told as if it were of this one
            self._tell(known)
        elif wanted != self._counted:
            self._counted = wanted
            step = functools.partial(self._step, wanted, self._counter.count(query, today))
            self._queue.put_later(max(delay_s, self._rest_s()), Priority.INDEX, step)

    def _rest_s(self) -> float:
        return self._counter.read_at + _REST_S - time.monotonic() if self._counter.is_outdated else 0.0

    def _step(self, counted: Restriction, steps: _Steps) -> None:
        if counted != self._counted:
            return
        try:
            counts = next(steps)
        except BaseException:
            self._counted = None
            raise
        if counts is None:
            self._queue.put(Priority.INDEX, functools.partial(self._step, counted, steps))
        else:
            self._counted = None
            self._tell(counts)

    def _tell(self, counts: FacetCounts) -> None:
        if self._generation is not None:
            values = (counts.folders, counts.kinds, counts.languages, counts.dates, counts.labels)
            self._emit(Facets(self._generation, *values))
