"""Watching folders: what changed is collected until the disk is quiet, then reported in few paths.

Once a second the watcher looks whether each root is still the one that it observes, and mends what is not. What no
event tells of is found by a scan: after a sleep, when a disk comes or goes, and every hour (see `alarms`).
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

from bge_desktop.messages import FolderRules
from bge_desktop.watch.alarms import Alarms, clocks, has_slept
from bge_desktop.watch.changes import Changes
from bge_desktop.watch.default_names import NameRules
from bge_desktop.watch.observers import Place
from bge_desktop.watch.rules import IGNORE_FILES
from bge_desktop.watch.watched_root import WatchedRoot, WatchState

OnChange = Callable[[str, frozenset[str]], None]

_CHECK_SECONDS = 1.0
# What went wrong with a root is tried again after so long.
_AGAIN_SECONDS = 10.0

_log = logging.getLogger(__name__)


class FolderWatcher:
    """Watches any number of roots; all methods may be called from any thread.

    Args:
        on_change: called in a background thread with a root and the paths below it to look at again: a file created,
            changed or deleted, both sides of a move, or a folder of which anything may have changed. The root itself
            is among them when it vanished, came back, or when events were lost. It must not call `close`.
        quiet: seconds without a change after which changes are reported.
        longest: seconds after the first change at which they are reported although more are coming.
        every: seconds after which each root is reported although nothing was seen to change.
    """

    def __init__(self, on_change: OnChange, quiet: float = 0.3, longest: float = 2.0, every: float = 3600.0) -> None:
        self._on_change = on_change
        self._quiet, self._longest = quiet, longest
        self._alarms = Alarms(every)
        self._roots: dict[str, WatchedRoot] = {}
        self._check_at: dict[str, float] = {}
        # Held while observations start and stop, never by the threads that they run: stopping waits for those.
        self._arming = threading.Lock()
        self._changes: dict[str, Changes] = {}
        self._condition = threading.Condition()
        self._slept = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="folder-watcher", daemon=True)
        self._thread.start()

    def add(self, root: str, chosen: FolderRules | None = None) -> None:
        """Watch a folder with all that is below it, or a single file; a root that is not there, as soon as it is.

        What its rules, `chosen` for it, leave out is not watched; to have other ones hold, remove it and add it again.
        Returns once it is watched: what changes from now on is reported. Scan it afterwards, and nothing is missed.
        """

        def on_path(place: Place, relative: str, is_folder: bool) -> None:
            self._note(root, place, relative, is_folder)

        with self._arming:
            if root not in self._roots and not self._closing:
                self._roots[root] = WatchedRoot(root, chosen or FolderRules(), on_path)
                self._roots[root].start(self._alarms.table)

    def remove(self, root: str) -> None:
        """Stop watching a root. A report on its way may still arrive."""
        with self._arming:
            watched = self._roots.pop(root, None)
            if watched is not None:
                watched.stop()
        with self._condition:
            self._changes.pop(root, None)
            self._check_at.pop(root, None)

    def state(self, root: str) -> WatchState:
        """Return how the root is observed.

        Raises:
            KeyError: it was never added, or was removed.
        """
        return self._roots[root].state

    def close(self) -> None:
        """Stop watching and wait until all threads have ended. What was not reported yet is dropped."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        self._thread.join()
        for root in list(self._roots):
            self.remove(root)

    # --- collecting -----------------------------------------------------------------------------------------------

    def _note(self, root: str, place: Place, relative: str, is_folder: bool) -> None:
        if place.file is not None:
            if relative in ("", place.file):
                self._note_certain(root, root)
        elif relative == "":
            self._note_certain(root, root)
        elif watched := self._roots.get(root):
            self._note_below(root, watched.names, relative, is_folder)

    def _note_below(self, root: str, names: NameRules, relative: str, is_folder: bool) -> None:
        folder, name = os.path.split(relative)
        if name in IGNORE_FILES or name in names.markers:
            if not folder or not names.leaves_out(folder, True):
                self._note_certain(root, os.path.join(root, folder) if folder else root)
        elif not names.leaves_out(relative, is_folder):
            with self._condition:
                self._changes_of(root).add(os.path.join(root, relative), is_folder, time.monotonic())

    def _note_certain(self, root: str, path: str, after: float = 0.0) -> None:
        with self._condition:
            self._changes_of(root, after).add_certain(path, time.monotonic() + after)

    def _changes_of(self, root: str, after: float = 0.0) -> Changes:
        if root not in self._changes:
            watched = self._roots.get(root)
            self._changes[root] = Changes(root, time.monotonic() + after, watched.chosen if watched else None)
            self._condition.notify()  # a later change only postpones a report: nobody need wake for it
        return self._changes[root]

    # --- reporting ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        check_at = time.monotonic() + _CHECK_SECONDS
        while self._wait_until(check_at):
            for root, changes in self._take_due():
                self._report(root, changes)
            if time.monotonic() >= check_at:
                self._check_all()
                check_at = time.monotonic() + _CHECK_SECONDS

    def _report(self, root: str, changes: Changes) -> None:
        try:
            paths = changes.paths()
            if paths:
                self._on_change(root, paths)
        except Exception:  # noqa: BLE001 - a fault in one report must not end all watching
            _log.exception("A change could not be reported")
            self._note_certain(root, root, after=_AGAIN_SECONDS)

    def _check_all(self) -> None:
        slept, self._slept = self._slept, False
        try:
            for root in self._alarms.ring(list(self._roots), slept=slept):
                self._note_certain(root, root)
        except Exception:  # noqa: BLE001 - as in a report
            _log.exception("The mount table could not be looked at")
        for root in list(self._roots):
            if time.monotonic() >= self._check_at.get(root, 0.0):
                self._check(root)

    def _check(self, root: str) -> None:
        try:
            with self._arming:
                watched = self._roots.get(root)
                is_to_be_scanned = watched is not None and watched.check(self._alarms.table)
            if is_to_be_scanned:
                self._note_certain(root, root)
        except Exception:  # noqa: BLE001 - as in a report
            _log.exception("A folder could not be looked at")
            self._check_at[root] = time.monotonic() + _AGAIN_SECONDS
            self._note_certain(root, root, after=_AGAIN_SECONDS)

    def _wait_until(self, moment: float) -> bool:
        """Wait until then, until changes are due, or until something happens; return False when closing."""
        with self._condition:
            if not self._closing:
                due = min(
                    (changes.due(self._quiet, self._longest) for changes in self._changes.values()), default=moment
                )
                timeout, before = max(0.0, min(moment, due) - time.monotonic()), clocks()
                self._condition.wait(timeout)
                self._slept |= has_slept(before, clocks(), timeout)
            return not self._closing

    def _take_due(self) -> list[tuple[str, Changes]]:
        now = time.monotonic()
        with self._condition:
            due = [root for root, changes in self._changes.items() if changes.due(self._quiet, self._longest) <= now]
            return [(root, self._changes.pop(root)) for root in due]
