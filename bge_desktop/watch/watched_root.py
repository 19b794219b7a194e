"""One root under observation: it may vanish and come back, and the system may run out of watches."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum

from bge_desktop.messages import FolderRules
from bge_desktop.watch.default_names import names_for
from bge_desktop.watch.mounts import Mount, is_remote
from bge_desktop.watch.observers import Observation, Place, Trouble, locate

_NATIVE_SECONDS = 600.0
"""After so long, the system is asked again to tell of a root for which it had no watches left."""


class WatchState(StrEnum):
    """How a root is observed at the moment."""

    WATCHED = "watched"
    POLLED = "polled"
    AWAY = "away"


class WatchedRoot:
    """A root that is observed from `start` on, as soon as it is there, until `stop`.

    Args:
        root: a folder, or a single file.
        chosen: its own rules; what names alone leave out by them is not observed.
        on_path: called in a thread of an observer with what is observed, and a path below it, that was touched, and
            whether it is a folder; see `Observation`.

    Attributes:
        names: what names alone leave out.
    """

    def __init__(self, root: str, chosen: FolderRules, on_path: Callable[[Place, str, bool], None]) -> None:
        self._root, self._on_path = root, on_path
        self.chosen, self.names = chosen, names_for(chosen)
        self._native_at = 0.0
        self._observation: Observation | None = None

    def start(self, table: tuple[Mount, ...]) -> None:
        """Begin to observe; of what lies on another machine by the mount table, the system would tell nothing."""
        self._observation = self._observe(locate(self._root), table)

    @property
    def state(self) -> WatchState:
        """How the root is observed."""
        observation = self._observation
        if observation is None:
            return WatchState.AWAY
        return WatchState.POLLED if observation.is_polled else WatchState.WATCHED

    def check(self, table: tuple[Mount, ...]) -> bool:
        """Observe anew what is no longer the root, or no longer observed well; return whether to scan the root."""
        place, old = locate(self._root), self._observation
        trouble = old.trouble() if old else Trouble.NONE
        is_deaf = old is not None and not old.is_polled and is_remote(old.place.folder, table)
        if place == (old.place if old else None) and trouble is Trouble.NONE and not is_deaf:
            return self._return_to_native(table)
        if trouble is Trouble.FULL:
            self._put_off_native()
        # The new one starts before the old one stops, so that nothing falls between them.
        self._observation = self._observe(place, table)
        self._stop(old)
        return trouble is not Trouble.STALE

    def stop(self) -> None:
        """Stop observing, and wait until all threads have ended."""
        self._stop(self._observation)

    def _observe(self, place: Place | None, table: tuple[Mount, ...]) -> Observation | None:
        if place is None:
            return None
        if not is_remote(place.folder, table) and time.monotonic() >= self._native_at:
            if observation := self._make(place, polled=False):
                return observation
            self._put_off_native()
        return self._make(place, polled=True)

    def _return_to_native(self, table: tuple[Mount, ...]) -> bool:
        """Leave polling, where only a limit led to it and is not reached any more; return whether that was done."""
        old = self._observation
        if old is None or not old.is_polled or time.monotonic() < self._native_at or is_remote(old.place.folder, table):
            return False
        new = self._make(old.place, polled=False)
        if new is None:
            self._put_off_native()
            return False
        self._observation = new
        self._stop(old)
        return True

    def _make(self, place: Place, *, polled: bool) -> Observation | None:
        """Return an observation; None where the system does not allow it, or not for all that is to be observed."""

        def on_path(relative: str, is_folder: bool) -> None:
            self._on_path(place, relative, is_folder)

        try:
            observation = Observation(place, on_path, polled=polled, names=self.names)
        except OSError:
            return None
        if observation.trouble() is Trouble.FULL:
            observation.stop()
            return None
        return observation

    def _put_off_native(self) -> None:
        self._native_at = time.monotonic() + _NATIVE_SECONDS

    @staticmethod
    def _stop(observation: Observation | None) -> None:
        if observation is not None:
            observation.stop()
