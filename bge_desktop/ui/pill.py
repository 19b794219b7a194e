"""A rounded button with a text and a drawing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID

_DRAWING = 0.85  # of the height of a line
_SLACK = 2  # what is as wide as a text need not hold it


class Pill(QPushButton):
    """A button as small as its text allows.

    Args:
        text: what it says; shortened in the middle where it is very long.
        drawing: what stands behind it.
        parent: the owner.
        is_filled: whether it stands out, as what is there, or stands back, as what can be done.

    Attributes:
        longest: average characters of a text that is not shortened.
    """

    longest = 28

    def __init__(self, text: str, drawing: str, parent: QWidget, *, is_filled: bool) -> None:
        super().__init__(text, parent)
        self._drawing, self._is_filled = drawing, is_filled
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the text, shortened where it is very long, and of the drawing."""
        metrics = self.fontMetrics()
        text = min(metrics.horizontalAdvance(self.text()), self.longest * theme.letter_width(metrics))
        return QSize(text + self._size() + 3 * GRID + _SLACK, metrics.height() + GRID)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return room for the drawing."""
        return QSize(self._size() + 3 * GRID, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rounded area, the text, and the drawing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        painter.setPen(self._text_color())
        size = self._size()
        room = QRect(GRID + GRID // 4, 0, self.width() - size - 3 * GRID, self.height())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(theme.mirrored(self, room), Qt.AlignmentFlag.AlignCenter, text)
        place = QPoint(self.width() - size - GRID, (self.height() - size) // 2)
        drawing = theme.pixmap(self._drawing, size, theme.dimmed(self.palette()), self.devicePixelRatioF())
        painter.drawPixmap(theme.mirrored(self, QRect(place, QSize(size, size))), drawing)

    def _paint_ground(self, painter: QPainter) -> None:
        palette = self.palette()
        line = theme.tint(palette, 0.4) if self._is_filled else theme.hairline(palette)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2) if self.hasFocus() else QPen(line, 1))
        share = 0.12 * self._is_filled + (0.12 if self.underMouse() and self.isEnabled() else 0)
        painter.setBrush(theme.tint(palette, share) if share else Qt.BrushStyle.NoBrush)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)

    def _text_color(self) -> QColor:
        role = QPalette.ColorRole.Text
        return self.palette().color(role) if self.isEnabled() else theme.dimmed(self.palette())

    def _size(self) -> int:
        return round(self.fontMetrics().height() * _DRAWING)


class MenuPill(Pill):
    """A rounded button that opens a menu.

    Args:
        text: what it says.
        meaning: what a screen reader says.
        parent: the owner.
    """

    def __init__(self, text: str, meaning: str, parent: QWidget) -> None:
        super().__init__(text, "unfold", parent, is_filled=False)
        self.setAccessibleName(meaning)
        self.choices = QMenu(self)
        self.choices.setToolTipsVisible(True)
        self.setMenu(self.choices)
