"""How much there is to read in a folder, before a person says yes to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

_MOST_FILES, _LONGEST_S = 200_000, 10.0


@dataclass(frozen=True)
class FolderSize:
    """How many files would be read, and how large they are together; of more than one likes to count, a part."""

    files: int = 0
    bytes: int = 0
    is_all: bool = True


def folder_size(
    path: str,
    is_given_up: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
    most_files: int = _MOST_FILES,
) -> FolderSize:
    """Return the size of a folder without what is left out by default; of a part after ten seconds or so many files.

    Args:
        path: the folder.
        is_given_up: asked after each file whether to stop.
        clock: seconds that never go back.
        most_files: how many to count.
    """
    from bge_desktop.watch.scan import scan  # only now: the window is waited for

    until, files, size = clock() + _LONGEST_S, 0, 0
    for stamp in scan(path, on_error=lambda _: None):  # what cannot be read is told when it is indexed
        if files == most_files or clock() > until or is_given_up():
            return FolderSize(files, size, is_all=False)
        files, size = files + 1, size + stamp.size
    return FolderSize(files, size)


class FolderSizes(QObject):
    """Counts folders one after the other in a thread."""

    found = Signal(object)
    """The path of a folder that is there. Paths travel as objects: as a Qt string, a name that is not UTF-8 is lost."""
    counted = Signal(object, object)
    """The path of a folder, and its `FolderSize`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._given_up = threading.Event()

    def start(self, paths: Sequence[str]) -> None:
        """Look at these folders, instead of those before."""
        self.stop()
        self._given_up = threading.Event()
        arguments = (tuple(paths), self._given_up)
        threading.Thread(target=self._look, args=arguments, name="folder-sizes", daemon=True).start()

    def stop(self) -> None:
        """Look no further; nothing is told any more. The thread leaves by itself: a disk may keep it waiting."""
        with self._lock:
            self._given_up.set()

    def _look(self, paths: Sequence[str], given_up: threading.Event) -> None:
        from bge_desktop.watch.scan import root_is_here

        there = [path for path in paths if root_is_here(path)]
        for path in there:
            self._tell(given_up, partial(self.found.emit, path))
        for path in there:
            size = folder_size(path, given_up.is_set)
            self._tell(given_up, partial(self.counted.emit, path, size))

    def _tell(self, given_up: threading.Event, emit: Callable[[], None]) -> None:
        with self._lock:  # once `stop` has returned, this object may be gone
            if not given_up.is_set():
                emit()
