"""Merging the segments of the full-text indexes, a portion at a time, when there is nothing else to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bge_desktop.library.library import Library
from bge_desktop.worker.queue import JobQueue, Priority


class Merging:
    """Has a search look into few segments.

    Args:
        library: whose indexes.
        queue: of the worker's thread, in which everything here runs.
        may_go_on: asked before each portion; once it says no, the rest waits for the next `begin`.
    """

    def __init__(self, library: Library, queue: JobQueue, may_go_on: Callable[[], bool]) -> None:
        self._library, self._queue, self._may_go_on = library, queue, may_go_on
        self._portions: Iterator[None] | None = None

    def begin(self) -> None:
        """Merge what is to be merged, unless this is being done already."""
        if self._portions is None:
            self._portions = self._library.tidying.merge_words()
            self._queue.put(Priority.INDEX, self._step)

    def _step(self) -> None:
        portions, self._portions = self._portions, None
        if portions is not None and self._may_go_on() and next(portions, self) is not self:
            self._portions = portions
            self._queue.put(Priority.INDEX, self._step)
