"""Removing what belongs to no folder any more, once no move can be half seen."""

from __future__ import annotations

from collections.abc import Callable

from bge_desktop.library.library import Library
from bge_desktop.worker.queue import JobQueue, Priority

_AT_ONCE, _PORTION_S = 20, 0.02  # a query waits for no more than these


class Orphans:
    """Forgets files of folders that were removed, and then documents that no file has any more, a portion at a time.

    A document goes only if it had no file a `grace` ago either: the other side of a move may not have been told yet.

    Args:
        library: which.
        queue: of the worker's thread, in which everything here runs.
        is_at_rest: says whether the library is in step with the disk, as far as has been told.
        on_change: called after each portion, and where nothing is removed because it is not at rest.
        on_done: called when there is no more to remove.
        grace: in seconds; 0 where nothing is told.
    """

    def __init__(
        self,
        library: Library,
        queue: JobQueue,
        is_at_rest: Callable[[], bool],
        on_change: Callable[[], None],
        on_done: Callable[[], None],
        grace: float,
    ) -> None:
        self._library, self._queue, self._grace = library, queue, grace
        self._is_at_rest, self._on_change, self._on_done = is_at_rest, on_change, on_done
        self._orphaned: frozenset[int] = frozenset()
        self._is_planned = False

    def look(self, after: float = 0.0) -> None:
        """Look for what is to be removed in so many seconds, unless that is planned already."""
        if not self._is_planned:
            self._is_planned = True
            self._queue.put_later(after, Priority.INDEX, self._step)

    def _step(self) -> None:
        self._is_planned = False
        if not self._is_at_rest():
            self._on_change()  # which has it looked for again
        elif self._library.remove_orphans(_AT_ONCE, _PORTION_S, self._orphaned if self._grace else None):
            self._on_change()
            self.look()
        elif orphaned := frozenset(self._library.documents.orphans()):
            self._orphaned = orphaned
            self.look(after=self._grace)
        else:
            self._on_done()
