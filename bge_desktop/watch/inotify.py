"""Linux: a watchdog observer that knows when it misses something.

As it comes, watchdog drops three things without a word to its user: folders that it could not watch because the
system's limit was reached, events that overflowed the kernel's queue, and the news that a folder has left the tree.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from typing import Any

from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import CallbackId, InotifyConstants, InotifyEvent, InotifyFD, Mask, WatchCallback
from watchdog.observers.inotify_c import WatchDescriptor as Descriptor
from watchdog.observers.inotify_move_event_grouper import GroupedInotifyEvent, PathedInotifyEvent

# What watchdog logs as a warning is told by the flags below; without a handler it would land on standard error.
logging.getLogger("watchdog").addHandler(logging.NullHandler())

_EVENTS_LOST = InotifyConstants.IN_Q_OVERFLOW | InotifyConstants.IN_UNMOUNT


class _Inotify(InotifyFD):
    """An inotify instance of its own for one observer.

    Attributes:
        is_full: a folder could not be watched because the system allows no more watches.
        has_lost: events were lost.
    """

    def __init__(self, wants: Callable[[str], bool]) -> None:
        super().__init__()
        self.is_full = False
        self.has_lost = False
        self._wants = wants

    def add_callback(self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId) -> Descriptor:
        """Watch one folder.

        Raises:
            OSError: it cannot be watched, or need not be; watchdog then passes it over, unless it is the root.
        """
        # Without a right to read it, watchdog would enter it as watch number -1.
        if not self._wants(os.fsdecode(path)) or not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        try:
            return super().add_callback(path, mask, callback, id_)
        except OSError as error:
            self.is_full |= error.errno in (errno.ENOSPC, errno.ENOMEM)
            raise

    def handle_event(self, event: InotifyEvent) -> None:
        """Pass one event on. Whatever goes wrong there costs this event, not the thread."""
        try:
            super().handle_event(event)
        except Exception:  # noqa: BLE001 - a slip in watchdog's book-keeping would end all watching unseen
            self.has_lost = True
        self.has_lost |= bool(event.mask & _EVENTS_LOST)


class _Emitter(InotifyEmitter):
    """Reads the events of one tree.

    Attributes:
        is_stale: a folder has left the tree, and watchdog still watches it under its old path.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_stale = False

    def build_and_queue_event(self, event: GroupedInotifyEvent, *, full_events: bool = False) -> None:
        """Pass one event on."""
        if isinstance(event, PathedInotifyEvent) and event.ev.is_moved_from and event.ev.is_directory:
            self.is_stale = True
        super().build_and_queue_event(event, full_events=full_events)

    def on_thread_stop(self) -> None:
        """Stop watching. Each KeyError is a stale folder that watchdog had lost track of; the next try is past it."""
        group, self._inotify = self._inotify, None
        while group is not None:
            try:
                group.deactivate()
            except KeyError:
                continue
            group = None


class InotifyObserver(BaseObserver):
    """Watches through an inotify instance of its own.

    Args:
        wants: whether a folder, by its path, is worth a watch; what is in it is then not seen either.

    Raises:
        OSError: the system allows no more inotify instances (EMFILE).
    """

    def __init__(self, wants: Callable[[str], bool]) -> None:
        self._inotify = _Inotify(wants)
        self._inotify.start()
        super().__init__(_Emitter, inotify_fd=self._inotify)

    @property
    def is_full(self) -> bool:
        """Whether a folder could not be watched because the system allows no more watches."""
        return self._inotify.is_full

    @property
    def has_lost(self) -> bool:
        """Whether events were lost."""
        return self._inotify.has_lost

    @property
    def is_stale(self) -> bool:
        """Whether folders are watched that have left the tree."""
        return any(isinstance(emitter, _Emitter) and emitter.is_stale for emitter in self.emitters)

    def on_thread_stop(self) -> None:
        """End all threads but the observer's own."""
        super().on_thread_stop()
        self._inotify.stop()
        self._inotify.join()
