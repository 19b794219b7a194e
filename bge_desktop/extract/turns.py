"""What waits for its turn, taken by several threads, and held back now and then."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """A queue that can be held.

    Attributes:
        closed: whether nothing is given out any more.
    """

    def __init__(self) -> None:
        self._waiting: deque[T] = deque()
        self._changed = threading.Condition()
        self._held_until = 0.0
        self.closed = False

    def add(self, item: T) -> None:
        """Put an item behind the others; after `close`, none is taken any more."""
        with self._changed:
            if not self.closed:
                self._waiting.append(item)
                self._changed.notify()

    def take(self, timeout: float) -> T | None:
        """Return the next item, once none is held; None after `timeout` seconds without one, or when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self.closed, timeout)
            while self._waiting and (held := self._held_until - time.monotonic()) > 0:
                self._changed.wait(held)
            return self._waiting.popleft() if self._waiting else None

    def hold(self, seconds: float) -> None:
        """Give out nothing for so long."""
        with self._changed:
            self._held_until = time.monotonic() + seconds

    def close(self) -> None:
        """Forget what waits."""
        with self._changed:
            self.closed = True
            self._waiting.clear()
            self._changed.notify_all()
