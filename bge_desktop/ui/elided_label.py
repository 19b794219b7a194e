"""A line of text that is shortened where there is no room for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from bge_desktop.ui.theme import Type
from bge_desktop.ui.widgets import Label


class ElidedLabel(Label):
    """A label that shortens its text, in the way of `elide`, rather than asking for more room."""

    def __init__(self, text: str, style: Type, elide: Qt.TextElideMode, *, dim: bool = False) -> None:
        self._whole, self._mode = text, elide  # first: a new label is told of its font at once
        super().__init__("", style, dim=dim)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    def set_whole_text(self, text: str) -> None:
        """Show `text`, as much of it as fits."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Shorten the text for the new width."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Shorten the text for the new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._elide()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of a line; the width is whatever is left."""
        return QSize(0, self.fontMetrics().height())

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, self._mode, self.contentsRect().width()))
