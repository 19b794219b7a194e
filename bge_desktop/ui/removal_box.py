"""The question that is asked before a folder is removed from the library."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from bge_desktop.messages import FolderStatus
from bge_desktop.ui import theme, wording
from bge_desktop.ui.paths import shown_name

_CHARACTERS_IN_A_LINE = 60


class RemovalBox(QMessageBox):
    """Says what removing a folder does, and asks; cancelling is the default.

    Args:
        status: of the folder.
        parent: the window that it belongs to.

    Attributes:
        remove_button: agrees.
    """

    def __init__(self, status: FolderStatus, parent: QWidget | None = None) -> None:
        question = self.tr("Remove “{name}” from the library?").format(name=shown_name(status.path))
        super().__init__(QMessageBox.Icon.NoIcon, self.tr("Remove folder"), question, parent=parent)
        self.setInformativeText(wording.removal_text(status))
        self.setTextFormat(Qt.TextFormat.PlainText)  # of both: names are to be read, not to be obeyed
        self.remove_button = self.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())  # some styles give it a red cross, which looks like a warning
        self.setDefaultButton(cancel)
        self._widen()

    def _widen(self) -> None:
        """Give the text lines of a usual length: by itself, the box is as narrow as its buttons."""
        for label in self.findChildren(QLabel, "qt_msgbox_informativelabel"):
            label.setMinimumWidth(theme.letter_width(self.fontMetrics()) * _CHARACTERS_IN_A_LINE)
