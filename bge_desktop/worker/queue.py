"""The worker's one queue: jobs by priority, and jobs for later."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from enum import IntEnum

Job = Callable[[], None]


class Priority(IntEnum):
    """What comes first: answers, then what the person asked for, then news from the disk, then indexing."""

    QUERY = 0
    COMMAND = 1
    NEWS = 2
    INDEX = 3


class JobQueue:
    """Jobs put in by any thread and run by one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._order = itertools.count()
        self._ready: list[tuple[Priority, int, Job]] = []
        self._later: list[tuple[float, int, Priority, Job]] = []
        self._closed = False

    def put(self, priority: Priority, job: Job) -> None:
        """Add a job; among those of one priority the oldest runs first. After `close` none is taken any more."""
        with self._changed:
            heapq.heappush(self._ready, (priority, next(self._order), job))
            self._changed.notify()

    def put_later(self, seconds: float, priority: Priority, job: Job) -> None:
        """Add a job that is due in so many seconds; at `close` it is dropped."""
        with self._changed:
            heapq.heappush(self._later, (time.monotonic() + seconds, next(self._order), priority, job))
            self._changed.notify()

    def drop(self, is_stale: Callable[[Job], bool]) -> None:
        """Take out jobs that are not to be done any more, and all that are due later."""
        with self._changed:
            self._ready = [item for item in self._ready if not is_stale(item[2])]
            heapq.heapify(self._ready)
            self._later.clear()

    def close(self) -> None:
        """Make `take` return None from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def take(self) -> Job | None:
        """Wait for the most urgent job and take it out; None when the queue has been closed."""
        with self._changed:
            while not self._closed:
                wait = self._move_due()
                if self._ready:
                    return heapq.heappop(self._ready)[2]
                self._changed.wait(wait)
            return None

    def _move_due(self) -> float | None:
        """Move the jobs that have become due to the ready ones; return the seconds to the next, None without one."""
        now = time.monotonic()
        while self._later and self._later[0][0] <= now:
            _, order, priority, job = heapq.heappop(self._later)
            heapq.heappush(self._ready, (priority, order, job))
        return self._later[0][0] - now if self._later else None
