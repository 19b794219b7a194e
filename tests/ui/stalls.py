"""A watchdog: how long the main thread lets its event loop wait, and what it did meanwhile."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 5
_WATCH_S = 0.01
_DEPTH = 12
"""Innermost frames of a stack that are kept."""


@dataclass(frozen=True)
class Turn:
    """A stretch between two beats of the main thread, in which an event would have had to wait.

    Attributes:
        wall_s: seconds by which the second beat came too late.
        main_s: seconds of processor time that the main thread took for itself.
        process_s: seconds of processor time that all threads of the process took. Where `main_s` is small, this tells a
            thread that keeps the interpreter to itself from a machine that has no time for any of them.
        stacks: what the main thread was at, innermost frame last, as often as the watching thread looked.
    """

    wall_s: float
    main_s: float
    process_s: float
    stacks: tuple[str, ...] = ()

    @property
    def own_s(self) -> float:
        """How much of `wall_s`, at most, this process was at work; the rest was taken by the machine's other work."""
        return min(self.wall_s, self.process_s)


class Stalls(QObject):
    """Keeps all turns of the main thread's event loop while it is entered. Made and entered in the main thread.

    Args:
        long_s: how long a turn lasts before its stack is looked at, in seconds.
    """

    def __init__(self, long_s: float = 0.03) -> None:
        super().__init__()
        self.turns: list[Turn] = []
        self._long_s = long_s
        self._main, self._over = threading.get_ident(), threading.Event()
        self._stacks: list[str] = []
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._watcher = threading.Thread(target=self._watch, name="stalls", daemon=True)

    def __enter__(self) -> Stalls:
        self._last = _clocks()
        self._timer.start()
        self._watcher.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._timer.stop()
        self._over.set()
        self._watcher.join()

    def _beat(self) -> None:
        before, self._last = self._last, _clocks()
        wall, main, process = (now - then for now, then in zip(self._last, before, strict=True))
        stacks, self._stacks = self._stacks, []
        self.turns.append(Turn(max(0.0, wall - _BEAT_MS / 1000), main, process, tuple(stacks)))

    def _watch(self) -> None:
        while not self._over.wait(_WATCH_S):
            if time.perf_counter() - self._last[0] > self._long_s:
                frames = traceback.format_stack(sys._current_frames()[self._main])
                self._stacks.append("".join(frames[-_DEPTH:]))


def _clocks() -> tuple[float, float, float]:
    """Return the time by the clock, that of this thread, and that of the process."""
    return time.perf_counter(), time.thread_time(), time.process_time()
