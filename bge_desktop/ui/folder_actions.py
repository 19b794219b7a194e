"""Adding and removing folders, with what a person is asked before."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from bge_desktop.messages import FolderStatus, SearchResult
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.removal_box import RemovalBox
from bge_desktop.ui.starting_folder import StartingFolder


class FolderActions(QObject):
    """Asks in front of a window.

    Args:
        bridge: the way to the worker.
        window: the owner.
    """

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._folders: Sequence[FolderStatus] = ()
        self._start = StartingFolder()

    def show_folders(self, folders: Sequence[FolderStatus]) -> None:
        """Take note of the folders of the library."""
        self._folders = folders

    def choose(self) -> None:
        """Ask which folder to add, and add it."""
        path = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"), self._start.path())
        if path:
            self._start.note_choice(os.path.normpath(path))
            self._bridge.add_folder(os.path.normpath(path))

    def remove(self, path: str) -> None:
        """Remove a folder, once a person has said that it is to be removed."""
        status = next((own for own in self._folders if own.path == path), None)
        if status is None:
            return  # it has gone meanwhile
        box = RemovalBox(status, self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.remove_button.clicked.connect(partial(self._bridge.remove_folder, path))
        box.open()

    def remove_of(self, result: SearchResult) -> None:
        """Remove the folder of a result; a file that was added by itself is its own."""
        known = {folder.path for folder in self._folders}
        self.remove(result.path if result.path in known else result.folder)
