"""A button that looks like a line of text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QStyle, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID, Type

MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
"""The keys that go to the widget above and below, and how many steps that is."""


class FlatButton(QPushButton):
    """Text that stands back, as wide as there is room, and at its end an icon.

    Args:
        text: what it says.
        icon: the drawing, or "".
        style: the step of the type scale.
        parent: the owner.
    """

    move_wanted = Signal(int)
    """The Up or the Down key: so many steps further."""

    def __init__(self, text: str, icon: str, style: Type, parent: QWidget | None = None) -> None:
        self._drawing, self._style = icon, style
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._fit_font()
        theme.follow_system(self._fit_font)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._drawing = name
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of a line with room around it; the width is whatever is left."""
        return QSize(0, self.fontMetrics().height() + GRID)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down go to the neighbours."""
        if event.key() in MOVES:
            self.move_wanted.emit(MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the text, the icon, and what shows the mouse and the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(self, painter, 0.06 if self.underMouse() else 0.0)
        size = self.fontMetrics().height() if self._drawing else 0
        color = theme.dimmed(self.palette())
        painter.setPen(color)
        room = QRect(GRID, 0, self.width() - size - 3 * GRID, self.height())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        alignment = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(theme.mirrored(self, room), alignment | Qt.AlignmentFlag.AlignVCenter, text)
        if self._drawing:
            place = QPoint(self.width() - size - GRID, (self.height() - size) // 2)
            drawing = theme.pixmap(self._drawing, size, color, self.devicePixelRatioF())
            painter.drawPixmap(theme.mirrored(self, QRect(place, QSize(size, size))), drawing)

    def _fit_font(self) -> None:
        self.setFont(theme.font(QApplication.font(), self._style))
        self.updateGeometry()


def paint_ground(widget: QWidget, painter: QPainter, share: float) -> None:
    """Paint what lies below a line that can be chosen: so much of the highlight, and a frame with the focus."""
    palette = widget.palette()
    if share or widget.hasFocus():
        pen = QPen(palette.color(QPalette.ColorRole.Highlight), 2) if widget.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(pen)
        painter.setBrush(theme.tint(palette, share) if share else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), GRID / 2, GRID / 2)
