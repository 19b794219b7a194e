"""Tidying the library up behind what was removed, a portion at a time, when there is nothing else to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bge_desktop.library.library import Library
from bge_desktop.worker.queue import JobQueue, Priority

# A reader has kept the log from being emptied; most leave within a second.
_AGAIN_S = 2.0


class Tidying:
    """Tidies a library where it is time for that.

    Args:
        library: which.
        queue: of the worker's thread, in which everything here runs.
        on_done: called when it is tidy.
    """

    def __init__(self, library: Library, queue: JobQueue, on_done: Callable[[], None]) -> None:
        self._library, self._queue, self._on_done = library, queue, on_done
        self._portions: Iterator[None] | None = None
        self.is_wanted = library.tidying.is_asked

    @property
    def is_busy(self) -> bool:
        """Whether the library is being tidied, or somebody waits for that."""
        return self.is_wanted or self._portions is not None

    def begin(self) -> None:
        """Tidy the library, if it is time and this is not being done already."""
        if self._portions is None and self._library.tidying.is_due:
            self._portions = self._library.tidy()
            self._queue.put(Priority.INDEX, self._step)

    def _step(self) -> None:
        try:
            is_over = self._portions is None or next(self._portions, self) is self
        except BaseException:
            self._give_up()  # until something is removed again, or the next start
            raise
        if is_over:
            self._end()
        else:
            self._queue.put(Priority.INDEX, self._step)

    def _give_up(self) -> None:
        self._portions, self.is_wanted = None, False

    def _end(self) -> None:
        self._portions, is_asked = None, self._library.tidying.is_asked
        self.is_wanted = self.is_wanted and is_asked
        if is_asked:
            self._queue.put_later(_AGAIN_S, Priority.INDEX, self.begin)
        self._on_done()
