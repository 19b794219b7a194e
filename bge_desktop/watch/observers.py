"""One root under observation: by the system's own means where they work, by looking every few seconds elsewhere."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter

from bge_desktop.watch.default_names import DEFAULT_NAMES, NameRules

# Not among them: a file opened, or closed unwritten, which our own reading causes; and a folder "modified", which only
# repeats that one of its entries changed.
_EVENTS: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileAttribEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirAttribEvent, DirMovedEvent, DirDeletedEvent),
]

_POLL_SECONDS = 2.0
_REST_PER_WORK = 10


class Trouble(Enum):
    """What is wrong with an observation, the least first."""

    NONE = auto()
    STALE = auto()
    LOST = auto()
    FULL = auto()


@dataclass(frozen=True)
class Place:
    """What is observed for a root: a folder with all below it, or one file in a folder.

    Attributes:
        folder: where the root really lies, behind all symbolic links; for a single file, its parent.
        file: the file's name, or None.
        device, inode: the folder's identity; another folder that takes its place has another one.
    """

    folder: str
    file: str | None
    device: int
    inode: int


def locate(root: str) -> Place | None:
    """Return what to observe for `root`; None while it is not there or may not be read."""
    folder, file = os.path.realpath(root), None
    try:
        if not stat.S_ISDIR(os.stat(folder).st_mode):
            folder, file = os.path.split(folder)
        status = os.stat(folder)
    except OSError:
        return None
    if not os.access(folder, os.R_OK | os.X_OK):
        return None
    return Place(folder, file, status.st_dev, status.st_ino)


OnPath = Callable[[str, bool], None]


class Observation(FileSystemEventHandler):
    """Observes one place from its making until `stop`.

    Args:
        place: what to observe.
        on_path: called, in a thread of the observer, with a path relative to the place's folder ("" is the folder
            itself) that was touched, and whether it is (or was) a folder. What names alone leave out is not seen.
        polled: look every few seconds instead of asking the system to tell.
        names: what names alone leave out.

    Raises:
        OSError: it cannot be observed in this way: ENOSPC or EMFILE where the system's limit is reached.
    """

    def __init__(self, place: Place, on_path: OnPath, *, polled: bool, names: NameRules = DEFAULT_NAMES) -> None:
        self.place, self.is_polled = place, polled
        self._on_path, self._names = on_path, names
        self._observer = _polling_observer(self._keeps) if polled else _native_observer(self._wants)
        self._observer.schedule(self, place.folder, recursive=place.file is None, event_filter=_EVENTS)
        try:
            self._observer.start()
        except OSError:
            self._observer.stop()
            raise

    def trouble(self) -> Trouble:
        """Return what is wrong; anything but NONE calls for a new observation."""
        if getattr(self._observer, "is_full", False):
            return Trouble.FULL
        threads = [self._observer, *self._observer.emitters]
        if getattr(self._observer, "has_lost", False) or not all(thread.is_alive() for thread in threads):
            return Trouble.LOST
        return Trouble.STALE if getattr(self._observer, "is_stale", False) else Trouble.NONE

    def stop(self) -> None:
        """Stop, and wait until all threads have ended. Not to be called from `on_path`."""
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take an event from watchdog."""
        for path in (event.src_path, event.dest_path):
            relative = self._relative(os.fsdecode(path)) if path else None
            if relative is not None:
                self._on_path(relative, event.is_directory)

    def _relative(self, path: str) -> str | None:
        if path == self.place.folder:
            return ""
        prefix = os.path.join(self.place.folder, "")
        return path[len(prefix) :] if path.startswith(prefix) else None

    def _wants(self, folder: str) -> bool:
        relative = self._relative(folder)
        return not relative or not self._names.leaves_out(relative, True)

    def _keeps(self, entry: os.DirEntry[str]) -> bool:
        if self.place.file is not None:
            return entry.name == self.place.file
        return not entry.is_dir(follow_symlinks=False) or not self._names.leaves_out_name(entry.name, True)


def _native_observer(wants: Callable[[str], bool]) -> BaseObserver:
    if sys.platform != "linux":
        from watchdog.observers import Observer

        return Observer()
    from bge_desktop.watch.inotify import InotifyObserver

    return InotifyObserver(wants)


class _RestingEmitter(PollingEmitter):
    """Looks less often where a look takes long, so that polling a large tree does not keep a core busy."""

    _rest = 0.0

    def queue_events(self, timeout: float) -> None:
        wait = max(timeout, self._rest)
        began = time.monotonic()
        super().queue_events(wait)
        self._rest = _REST_PER_WORK * (time.monotonic() - began - wait)


def _polling_observer(keeps: Callable[[os.DirEntry[str]], bool]) -> BaseObserver:
    def listing(folder: str | None) -> Iterator[os.DirEntry[Any]]:
        with os.scandir(folder) as entries:
            yield from filter(keeps, entries)

    # lstat: a link is an entry of its own, and what it leads to is not walked.
    return BaseObserver(_RestingEmitter, timeout=_POLL_SECONDS, stat=os.lstat, listdir=listing)
