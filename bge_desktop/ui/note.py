"""A line of text that stands out from what is around it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconLabel, Label


class Note(QWidget):
    """A text on a tinted ground, with a drawing before it; not there while there is nothing to tell.

    Args:
        icon: the name of the drawing; "warning" has the ground tinted red.
        parent: the owner.
    """

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_warning = icon == "warning"
        self._label = Label(style=Type.SMALL)
        self._label.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._row.setSpacing(GRID)
        self._row.addWidget(IconLabel(icon))
        self._row.addWidget(self._label, 1)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a text; without one, nothing."""
        self._label.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return the text on show, or ""."""
        return self._label.text()

    def add_button(self, button: QPushButton) -> None:
        """Offer what can be done about it."""
        self._row.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush((theme.alarm if self._is_warning else theme.tint)(self.palette(), 0.14))
        painter.drawRoundedRect(self.rect(), GRID, GRID)
