"""Following folders: what is heard of them, or asked about them, becomes a scan, unless they are paused."""

from __future__ import annotations

from collections.abc import Collection

from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library
from bge_desktop.messages import FolderState
from bge_desktop.watch.watched_root import WatchState
from bge_desktop.watch.watcher import FolderWatcher
from bge_desktop.worker.pausing import Pausing
from bge_desktop.worker.scanning import is_below
from bge_desktop.worker.scans import Scans

_STATES = {
    WatchState.WATCHED: FolderState.WATCHED,
    WatchState.POLLED: FolderState.POLLED,
    WatchState.AWAY: FolderState.AWAY,
}


class Following:
    """Keeps the folders of a library under observation.

    Args:
        library: whose folders.
        watcher: tells of changes; None where the folders are scanned only once.
        scans: looks for them.
        pausing: says which folders are left as they are.
    """

    def __init__(self, library: Library, watcher: FolderWatcher | None, scans: Scans, pausing: Pausing) -> None:
        self._library, self._watcher, self._scans, self._pausing = library, watcher, scans, pausing

    def begin(self, folder: Folder) -> None:
        """Scan a folder and listen for changes from now on."""
        if self._watcher:
            self._watcher.add(folder.path, folder.rules)
        self.scan(folder, folder.path)

    def end(self, path: str) -> None:
        """Look at the folder with this path no more."""
        if self._watcher:
            self._watcher.remove(path)
        self._scans.give_up(path)

    def scan(self, folder: Folder, *under: str) -> None:
        """Look for changes at or below some paths, unless the folder is paused: going on, it is scanned as a whole."""
        if folder.id not in self._pausing.folder_ids():
            self._scans.begin(folder, *under)

    def scan_as_asked(self, folder: Folder, under: str) -> None:
        """Look for changes at or below a path and have them indexed, though the folder may be paused."""
        self._pausing.wish(folder)
        self.scan(folder, under)

    def give_up_scan(self, folder: Folder) -> None:
        """Leave a folder as it is, should it be scanned right now."""
        self._scans.give_up(folder.path)

    def scan_all(self) -> None:
        """Look for changes everywhere."""
        for folder in self._library.folders.all():
            self.scan(folder, folder.path)

    def take_changes(self, root: str, paths: Collection[str]) -> None:
        """Look at what the watcher says has changed below a root; what is written to the library is no news."""
        news = sorted(path for path in paths if not is_below(path, [self._library.folder]))
        for folder in self._library.folders.all():
            if folder.path == root and news:
                self.scan(folder, *news)

    def state(self, path: str) -> FolderState:
        """Return the state of a folder that has no pending files, without looking at the disk, which may be slow."""
        if self._scans.is_scanning(path):
            return FolderState.SCANNING
        if self._watcher is None:
            return FolderState.WAITING
        return _STATES[self._watcher.state(path)]
