"""Pausing all folders, and why indexing stands back where nobody has paused it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bge_desktop.messages import FolderStatus, Held
from bge_desktop.ui import wording
from bge_desktop.ui.note import Note
from bge_desktop.ui.widgets import IconButton


class PauseButton(IconButton):
    """Pauses all folders or, once they are, goes on with all."""

    pause_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pause", self.tr("Pause all folders"), parent)
        self.setAutoRaise(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setText(self.tr("Pause all"))
        self._are_paused = False
        self.clicked.connect(self._ask)

    def show_folders(self, folders: Sequence[FolderStatus]) -> None:
        """Offer what makes sense for these folders."""
        self.setEnabled(bool(folders))
        self._are_paused = wording.are_paused(folders)
        if self._are_paused:
            self.set_icon("resume", self.tr("Resume all folders"))
            self.setText(self.tr("Resume all"))
        else:
            self.set_icon("pause", self.tr("Pause all folders"))
            self.setText(self.tr("Pause all"))

    def _ask(self) -> None:
        (self.resume_wanted if self._are_paused else self.pause_wanted).emit()


class HeldNote(Note):
    """Says why indexing stands back, and offers to go on all the same."""

    index_now_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pause", parent)
        self.index_now_button = QPushButton(self.tr("Index now"))
        self.index_now_button.clicked.connect(self.index_now_wanted)
        self.add_button(self.index_now_button)

    def show_held(self, held: Held) -> None:
        """Show this reason; a pause is no reason to show, for the folders themselves say that."""
        self.show_text(wording.held_text(held))
