"""What has a root scanned though nothing was seen to change in it: mounts that come and go, sleep, and time itself."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection

from bge_desktop.watch.mounts import concerns, mounts

_MOUNTS_SECONDS = 5.0
_SLEPT_SECONDS = 10.0

# Which of them go on while the machine sleeps, each system decides for itself.
_CLOCKS = [time.time, time.monotonic]
if sys.platform == "linux":
    _CLOCKS.append(lambda: time.clock_gettime(time.CLOCK_BOOTTIME))


class Alarms:
    """Looks now and then at the mount table and at the time.

    Args:
        every: seconds after which all roots are to be scanned, whatever was told of them: events may have been lost.

    Attributes:
        table: the mount table as it was last seen.
    """

    def __init__(self, every: float) -> None:
        self._every = every
        self.table = mounts()
        self._all_at = time.monotonic() + every
        self._mounts_at = time.monotonic() + _MOUNTS_SECONDS

    def ring(self, roots: Collection[str], *, slept: bool) -> set[str]:
        """Return those of the roots that are to be scanned; `slept` tells that the machine was asleep."""
        now = time.monotonic()
        concerned = self._remounted(roots) if slept or now >= self._mounts_at else set()
        if slept or now >= self._all_at:
            self._all_at = now + self._every
            return set(roots)
        return concerned

    def _remounted(self, roots: Collection[str]) -> set[str]:
        self._mounts_at = time.monotonic() + _MOUNTS_SECONDS
        former, self.table = self.table, mounts()
        changed = {mount[:3] for mount in former} ^ {mount[:3] for mount in self.table}
        if not changed:
            return set()
        return {root for root in roots if any(concerns(point, os.path.realpath(root)) for point, *_ in changed)}


def clocks() -> tuple[float, ...]:
    """Return the time on all clocks, in seconds."""
    return tuple(clock() for clock in _CLOCKS)


def has_slept(before: tuple[float, ...], after: tuple[float, ...], waited: float) -> bool:
    """Return whether far more time has passed on some clock than was waited, in seconds."""
    return any(now - then > waited + _SLEPT_SECONDS for then, now in zip(before, after, strict=True))
