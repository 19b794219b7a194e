"""The line above the results that says what was not understood of the query."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label


class HintLine(Label):
    """Quiet sentences, which are there only while there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(style=Type.SMALL, dim=True, parent=parent)
        self.setWordWrap(True)
        self.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        self.hide()

    def show_hints(self, hints: Sequence[str]) -> None:
        """Say these sentences, once; without any, be away."""
        text = " ".join(hints)
        if text == self.text():
            return
        self.setText(text)
        self.setVisible(bool(text))
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
