"""The scans under way: folders compared with the library in turns, a portion at a time."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.scanning import compare

_Key = tuple[str, tuple[str, ...]]  # the path of the folder, and of the parts of it that are looked at


class Scans:
    """Compares folders, or parts of them, with what the library knows.

    Args:
        library: what is known.
        queue: of the worker's thread, in which everything here runs.
        on_step: called after each portion, with whether it was the last one of a scan.
    """

    def __init__(self, library: Library, queue: JobQueue, on_step: Callable[[bool], None]) -> None:
        self._library, self._queue, self._on_step = library, queue, on_step
        self._scans: dict[_Key, Iterator[None]] = {}

    @property
    def is_busy(self) -> bool:
        """Whether anything is being scanned."""
        return bool(self._scans)

    def is_scanning(self, path: str) -> bool:
        """Whether the folder with this path is being scanned, or a part of it."""
        return any(folder == path for folder, _ in self._scans)

    def begin(self, folder: Folder, *under: str) -> None:
        """Scan a folder at or below the paths `under`; a scan of those which is under way begins anew."""
        key = (folder.path, under)
        self._scans[key] = compare(self._library, folder, *under)
        self._queue.put(Priority.INDEX, functools.partial(self._step, key, self._scans[key]))

    def give_up(self, path: str) -> None:
        """Scan the folder with this path no further."""
        self._scans = {key: scan for key, scan in self._scans.items() if key[0] != path}

    def _step(self, key: _Key, scan: Iterator[None]) -> None:
        if self._scans.get(key) is not scan:
            return
        try:
            is_over = next(scan, key) is key
        except BaseException:
            del self._scans[key]
            raise
        if is_over:
            del self._scans[key]
        else:
            self._queue.put(Priority.INDEX, functools.partial(self._step, key, scan))
        self._on_step(is_over)
