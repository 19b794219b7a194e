"""How long indexing will take, as far as its pace until now tells."""

from __future__ import annotations

from collections import deque

_SHORTEST_S, _LONGEST_S = 10.0, 120.0
"""The pace is that of the last two minutes; of less than ten seconds it would be chance."""
_LONGEST_SILENCE_S = 30.0
"""After a longer one, as when the computer slept, what was seen before says nothing."""


class TimeLeft:
    """Estimates from how fast the number of files falls that wait.

    Files that are found meanwhile do not count as work undone: only what falls is taken for the pace.
    """

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()
        """Moments, in seconds, and how many files had been done until then."""
        self._pending = 0

    def note(self, pending: int, now: float) -> None:
        """Take note of how many files wait at a moment, in seconds of a clock that never goes back."""
        if self._seen and now - self._seen[-1][0] > _LONGEST_SILENCE_S:
            self.forget()
        done = self._seen[-1][1] + max(self._pending - pending, 0) if self._seen else 0
        self._seen.append((now, done))
        self._pending = pending
        while len(self._seen) > 2 and now - self._seen[1][0] >= _LONGEST_S:
            self._seen.popleft()

    def forget(self) -> None:
        """Begin anew: indexing stands still, or is over."""
        self._seen.clear()

    def seconds(self) -> float | None:
        """Return how many seconds what waits will take; None where that cannot be told yet, or nothing waits."""
        if not (self._seen and self._pending):
            return None
        (began, before), (now, done) = self._seen[0], self._seen[-1]
        if now - began < _SHORTEST_S or done == before:
            return None
        return self._pending * (now - began) / (done - before)
