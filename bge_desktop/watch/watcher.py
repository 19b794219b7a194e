"""Watching folders: what changed is collected until the disk is quiet, then reported in few paths.

A root may vanish and come back (a disk unplugged, a folder renamed away), and the system may run out of watches. Once
a second the watcher looks whether each root is still the one that it observes, and mends what is not.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from enum import StrEnum

from bge_desktop.messages import FolderRules
from bge_desktop.watch.changes import Changes
from bge_desktop.watch.default_names import NameRules, names_for
from bge_desktop.watch.observers import Observation, Place, Trouble, locate
from bge_desktop.watch.rules import IGNORE_FILES

OnChange = Callable[[str, frozenset[str]], None]

_CHECK_SECONDS = 1.0


class WatchState(StrEnum):
    """How a root is observed at the moment."""

    WATCHED = "watched"
    POLLED = "polled"
    AWAY = "away"


class FolderWatcher:
    """Watches any number of roots; all methods may be called from any thread.

    Args:
        on_change: called in a background thread with a root and the paths below it to look at again: a file created,
            changed or deleted, both sides of a move, or a folder of which anything may have changed. The root itself
            is among them when it vanished, came back, or when events were lost. It must not call `close`.
        quiet: seconds without a change after which changes are reported.
        longest: seconds after the first change at which they are reported although more are coming.
    """

    def __init__(self, on_change: OnChange, quiet: float = 0.3, longest: float = 2.0) -> None:
        self._on_change = on_change
        self._quiet, self._longest = quiet, longest
        self._observations: dict[str, Observation | None] = {}
        self._chosen: dict[str, FolderRules] = {}
        # Held while observations start and stop, never by the threads that they run: stopping waits for those.
        self._arming = threading.Lock()
        self._changes: dict[str, Changes] = {}
        self._condition = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="folder-watcher", daemon=True)
        self._thread.start()

    def add(self, root: str, chosen: FolderRules | None = None) -> None:
        """Watch a folder with all that is below it, or a single file; a root that is not there, as soon as it is.

        What its rules, `chosen` for it, leave out is not watched; to have other ones hold, remove it and add it again.
        Returns once it is watched: what changes from now on is reported. Scan it afterwards, and nothing is missed.
        """
        with self._arming:
            if root not in self._observations and not self._closing:
                self._chosen[root] = chosen or FolderRules()
                self._observations[root] = self._observe(root, locate(root))

    def remove(self, root: str) -> None:
        """Stop watching a root. A report on its way may still arrive."""
        with self._arming:
            self._stop(self._observations.pop(root, None))
        with self._condition:
            self._changes.pop(root, None)

    def state(self, root: str) -> WatchState:
        """Return how the root is observed.

        Raises:
            KeyError: it was never added, or was removed.
        """
        observation = self._observations[root]
        if observation is None:
            return WatchState.AWAY
        return WatchState.POLLED if observation.is_polled else WatchState.WATCHED

    def close(self) -> None:
        """Stop watching and wait until all threads have ended. What was not reported yet is dropped."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        self._thread.join()
        for root in list(self._observations):
            self.remove(root)

    # --- observing ------------------------------------------------------------------------------------------------

    def _observe(self, root: str, place: Place | None, *, polled: bool = False) -> Observation | None:
        if place is None:
            return None

        def on_path(relative: str, is_folder: bool) -> None:
            self._note(root, place, relative, is_folder)

        try:
            return Observation(place, on_path, polled=polled, names=self._names(root))
        except OSError:
            # Out of watches, or a kind of disk that tells nothing: looking every few seconds works everywhere.
            return None if polled else self._observe(root, place, polled=True)

    def _names(self, root: str) -> NameRules:
        return names_for(self._chosen[root])

    @staticmethod
    def _stop(observation: Observation | None) -> None:
        if observation is not None:
            observation.stop()

    def _check(self, root: str) -> None:
        """Observe anew what is no longer the root, or is no longer observed well."""
        place = locate(root)
        with self._arming:
            if root not in self._observations:
                return
            old = self._observations[root]
            trouble = old.trouble() if old else Trouble.NONE
            if place == (old.place if old else None) and trouble is Trouble.NONE:
                return
            # The new one starts before the old one stops, so that nothing falls between them.
            self._observations[root] = self._observe(root, place, polled=trouble is Trouble.FULL)
            self._stop(old)
        if trouble is not Trouble.STALE:
            self._note_certain(root, root)

    # --- collecting -----------------------------------------------------------------------------------------------

    def _note(self, root: str, place: Place, relative: str, is_folder: bool) -> None:
        if place.file is not None:
            if relative in ("", place.file):
                self._note_certain(root, root)
        elif relative == "":
            self._note_certain(root, root)
        else:
            self._note_below(root, relative, is_folder)

    def _note_below(self, root: str, relative: str, is_folder: bool) -> None:
        folder, name = os.path.split(relative)
        names = self._names(root)
        if name in IGNORE_FILES or name in names.markers:
            if not folder or not names.leaves_out(folder, True):
                self._note_certain(root, os.path.join(root, folder) if folder else root)
        elif not names.leaves_out(relative, is_folder):
            with self._condition:
                self._changes_of(root).add(os.path.join(root, relative), is_folder, time.monotonic())

    def _note_certain(self, root: str, path: str) -> None:
        with self._condition:
            self._changes_of(root).add_certain(path, time.monotonic())

    def _changes_of(self, root: str) -> Changes:
        if root not in self._changes:
            self._changes[root] = Changes(root, time.monotonic(), self._chosen[root])
            self._condition.notify()  # a later change only postpones a report: nobody need wake for it
        return self._changes[root]

    # --- reporting ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        check_at = time.monotonic() + _CHECK_SECONDS
        while self._wait_until(check_at):
            for root, changes in self._take_due():
                paths = changes.paths()
                if paths:
                    self._on_change(root, paths)
            if time.monotonic() >= check_at:
                for root in list(self._observations):
                    self._check(root)
                check_at = time.monotonic() + _CHECK_SECONDS

    def _wait_until(self, moment: float) -> bool:
        """Wait until then, until changes are due, or until something happens; return False when closing."""
        with self._condition:
            if not self._closing:
                due = min(
                    (changes.due(self._quiet, self._longest) for changes in self._changes.values()), default=moment
                )
                self._condition.wait(max(0.0, min(moment, due) - time.monotonic()))
            return not self._closing

    def _take_due(self) -> list[tuple[str, Changes]]:
        now = time.monotonic()
        with self._condition:
            due = [root for root, changes in self._changes.items() if changes.due(self._quiet, self._longest) <= now]
            return [(root, self._changes.pop(root)) for root in due]
