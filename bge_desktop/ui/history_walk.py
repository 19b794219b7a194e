"""Going back through the queries of the past, and forth again."""

from __future__ import annotations

from collections.abc import Sequence


class HistoryWalk:
    """The queries that begin as what was typed when the walk began; at its near end stands that itself.

    Args:
        queries: of the past, the newest first.
        typed: what stands in the search bar.
    """

    def __init__(self, queries: Sequence[str], typed: str) -> None:
        start = typed.strip().casefold()
        older = (own for own in queries if own.casefold().startswith(start) and own != typed.strip())
        self._stops = (typed, *older)
        self._place = 0

    @property
    def shown(self) -> str:
        """What is to stand in the search bar."""
        return self._stops[self._place]

    def go(self, steps: int) -> bool:
        """Go so many steps back in time, or forth with a minus; return whether there was a query to go to."""
        place = self._place + steps
        if not 0 <= place < len(self._stops):
            return False
        self._place = place
        return True
