"""Whether the window is to invite to add a folder."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bge_desktop.messages import ErrorReport, Progress
from bge_desktop.ui.bridge import Bridge


class FirstStart(QObject):
    """It is the first start while the library has no folder, and none is being added.

    Args:
        bridge: tells what is added, and what failed.
        is_on: whether it is the first start, as far as one knows before the library is open.
        parent: the owner.
    """

    changed = Signal(bool)
    """Whether it is the first start from now on."""

    def __init__(self, bridge: Bridge, is_on: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._has_folders, self._added = not is_on, set[str]()
        self.is_on = is_on
        bridge.folder_added.connect(self._take_added)
        bridge.failed.connect(self._take_failure)

    def take_progress(self, progress: Progress) -> None:
        """Take note of the folders that there are."""
        self._has_folders = bool(progress.folders)
        if self._has_folders:
            self._added.clear()
        self._decide()

    def _take_added(self, path: str) -> None:
        if not self._has_folders:
            self._added.add(path)
            self._decide()

    def _take_failure(self, report: ErrorReport) -> None:
        self._added.discard(report.path or "")
        self._decide()

    def _decide(self) -> None:
        is_on = not (self._has_folders or self._added)
        if is_on != self.is_on:
            self.is_on = is_on
            self.changed.emit(is_on)
