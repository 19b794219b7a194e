"""When indexing stands back for the battery or for a presentation."""

from __future__ import annotations

import time
from collections.abc import Callable

from bge_desktop.messages import Held
from bge_desktop.settings import Settings
from bge_desktop.worker.power import Power, power
from bge_desktop.worker.queue import JobQueue, Priority

_LOOK_S = 30.0
_LOW_PERCENT = 20.0
_REST = 3  # times as long as the portion before it took


class Manners:
    """Says when further work may begin.

    Args:
        settings: what a person wants of indexing on battery and during presentations.
        queue: of the worker's thread, in which everything here runs.
        on_news: called when it is worth asking again whether work may begin.
        look: tells of the power.
        clock: tells the time, in seconds.

    Attributes:
        is_resting: whether a rest between two portions is on.
    """

    def __init__(
        self,
        settings: Settings,
        queue: JobQueue,
        on_news: Callable[[], None],
        look: Callable[[], Power] = power,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._queue, self._on_news = settings, queue, on_news
        self._look, self._clock = look, clock
        self._power: Power | None = None  # as long as nobody has looked
        self._looked_at = 0.0
        self._look_is_due = False
        self._is_presenting = self._is_overridden = False
        self._began: float | None = None
        self._rests_until = 0.0
        self.is_resting = False

    @property
    def held(self) -> Held:
        """Why work does not begin, or only a portion now and then."""
        if self._is_overridden:
            return Held.NOT
        if self._is_presenting and not self._settings.during_presentations:
            return Held.PRESENTATION
        if not (self._power and self._power.on_battery) or self._settings.on_battery == "normally":
            return Held.NOT
        if self._settings.on_battery == "wait":
            return Held.BATTERY
        return Held.LOW_BATTERY if self._power.percent < _LOW_PERCENT else Held.SLOW

    def may_begin(self, *, is_under_way: bool) -> bool:
        """Whether further work may begin, while other work is under way or not. To be asked only when there is some."""
        self._look_at_power()
        if self.held is Held.NOT:
            self._began, self._rests_until = None, 0.0
            return True
        self._plan_look()
        return self.held is Held.SLOW and not is_under_way and self._is_rested()

    def use(self, settings: Settings) -> None:
        """Have other settings hold; nothing overrides what they newly say of the battery or of presentations."""
        before, self._settings = self._settings, settings
        wanted = [(own.on_battery, own.during_presentations) for own in (before, settings)]
        if wanted[0] != wanted[1]:
            self._is_overridden = False
            self._on_news()

    def present(self, is_on: bool) -> None:
        """Take note that something fills the screen that should not be disturbed, or does not any more."""
        if is_on != self._is_presenting:
            self._is_presenting, self._is_overridden = is_on, False
            self._on_news()

    def override(self) -> None:
        """Let work begin in spite of the battery or a presentation, until one of them changes."""
        self._is_overridden = True
        self._on_news()

    def _is_rested(self) -> bool:
        """Whether the rest after a portion is over; if so, the next one begins."""
        now = self._clock()
        if self._began is not None:  # that portion is over
            rest = _REST * (now - self._began)
            self._began, self._rests_until = None, now + rest
            self.is_resting = True
            self._queue.put_later(rest, Priority.INDEX, self._end_rest)
        if now < self._rests_until:
            return False
        self._began = now
        return True

    def _end_rest(self) -> None:
        self.is_resting = False
        self._on_news()

    def _look_at_power(self) -> None:
        now = self._clock()
        if self._power is None or now - self._looked_at >= _LOOK_S:
            self._looked_at, before, self._power = now, self._power, self._look()
            if before and before.on_battery != self._power.on_battery:
                self._is_overridden = False

    def _plan_look(self) -> None:
        if not self._look_is_due:
            self._look_is_due = True
            self._queue.put_later(_LOOK_S, Priority.INDEX, self._look_again)

    def _look_again(self) -> None:
        self._look_is_due = False
        self._on_news()
