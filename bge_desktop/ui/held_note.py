"""Pausing all folders, and why indexing stands back where nobody has paused it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bge_desktop.messages import FolderState, FolderStatus, Held
from bge_desktop.ui import wording
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, Label


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
        self._are_paused = bool(folders) and all(folder.state is FolderState.PAUSED for folder in folders)
        if self._are_paused:
            self.set_icon("resume", self.tr("Resume all folders"))
            self.setText(self.tr("Resume all"))
        else:
            self.set_icon("pause", self.tr("Pause all folders"))
            self.setText(self.tr("Pause all"))

    def _ask(self) -> None:
        (self.resume_wanted if self._are_paused else self.pause_wanted).emit()


class HeldNote(QWidget):
    """Says why indexing stands back, and offers to go on all the same."""

    index_now_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Label(style=Type.SMALL, dim=True)
        self._text.setWordWrap(True)
        self.index_now_button = QPushButton(self.tr("Index now"))
        self.index_now_button.clicked.connect(self.index_now_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 0, GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self._text, 1)
        row.addWidget(self.index_now_button)
        self.hide()

    def show_held(self, held: Held) -> None:
        """Show this reason; a pause is no reason to show, for the folders themselves say that."""
        self._text.setText(wording.held_text(held))
        self.setVisible(bool(self._text.text()))

    def text(self) -> str:
        """Return the reason on show, or ""."""
        return self._text.text()
