"""Paints the parts that the rows of a list are made of."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID, Type

_WIDTH_OF_FOCUS = 1.5


class Canvas:
    """One row's painter, which mirrors every area where text runs from right to left.

    Args:
        painter: of the view.
        option: of the row.
    """

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self.painter, self.option = painter, option
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text reads in its own direction

    @property
    def text_color(self) -> QColor:
        """The colour of text."""
        return self.option.palette.color(QPalette.ColorRole.Text)

    @property
    def dimmed(self) -> QColor:
        """The colour of text that stands back."""
        return theme.dimmed(self.option.palette)

    def metrics(self, style: Type) -> QFontMetrics:
        """Return the metrics of the view's font in one step of the type scale."""
        return QFontMetrics(theme.font(self.option.font, style))

    def mirrored(self, area: QRect) -> QRect:
        """Return where an area is, given as for text from left to right."""
        return QStyle.visualRect(self.option.direction, self.option.rect, area)

    def background(self) -> None:
        """Tint the row where it is selected or under the mouse, and frame it where it has the keyboard's focus."""
        inner = QRectF(self.option.rect).adjusted(GRID // 2, GRID // 4, -GRID // 2, -GRID // 4)
        if share := _emphasis(self.option.state):
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(theme.tint(self.option.palette, share))
            self.painter.drawRoundedRect(inner, GRID // 2, GRID // 2)
        if self.option.state & QStyle.StateFlag.State_HasFocus:
            self.painter.setPen(QPen(theme.tint(self.option.palette, 0.8), _WIDTH_OF_FOCUS))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = _WIDTH_OF_FOCUS / 2
            self.painter.drawRoundedRect(inner.adjusted(inset, inset, -inset, -inset), GRID // 2, GRID // 2)

    def bar(self) -> None:
        """Mark the row with a bar at its start."""
        row = self.option.rect
        area = QRect(row.left() + GRID // 2, row.top() + GRID, GRID // 2, row.height() - 2 * GRID)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.tint(self.option.palette, 0.8))
        self.painter.drawRoundedRect(self.mirrored(area), GRID // 4, GRID // 4)

    def line_above(self) -> None:
        """Divide the row from the one above it."""
        row = self.option.rect
        self.painter.fillRect(
            QRect(row.left() + 2 * GRID, row.top(), row.width() - 4 * GRID, 1), theme.hairline(self.option.palette)
        )

    def icon(self, name: str, area: QRect) -> None:
        """Draw an icon as wide as the area."""
        image = theme.pixmap(name, area.width(), self.dimmed, self.painter.device().devicePixelRatioF())
        self.painter.drawPixmap(self.mirrored(area).topLeft(), image)

    def text(
        self,
        area: QRect,
        text: str,
        style: Type,
        color: QColor,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> int:
        """Draw a line of text, shortened where there is no room; return how wide it is."""
        metrics = self.metrics(style)
        shown = metrics.elidedText(text, elide, max(0, area.width()))
        used = min(metrics.horizontalAdvance(shown), max(0, area.width()))
        self.painter.setPen(color)
        self.painter.setFont(theme.font(self.option.font, style))
        left = self.mirrored(QRect(area.left(), area.top(), used, area.height())).left()
        # On the line of the view's own font: aligned in a box, a taller fallback font (Chinese) would sink.
        self.painter.drawText(left, area.top() + (area.height() - metrics.height()) // 2 + metrics.ascent(), shown)
        return used

    def chip(self, text: str, line: QRect) -> int:
        """Draw a word on a small plate at the end of a line; return how wide it is."""
        metrics = self.metrics(Type.SMALL)
        size = QSize(metrics.horizontalAdvance(text) + 2 * GRID, metrics.height() + 2)
        area = self.mirrored(
            QRect(line.right() + 1 - size.width(), line.center().y() - size.height() // 2, size.width(), size.height())
        )
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.hairline(self.option.palette))
        self.painter.drawRoundedRect(area, size.height() / 2, size.height() / 2)
        self.painter.setPen(self.text_color)
        self.painter.setFont(theme.font(self.option.font, Type.SMALL))
        self.painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        return size.width()


def _emphasis(state: QStyle.StateFlag) -> float:
    if state & QStyle.StateFlag.State_Selected:
        return 0.22 if state & QStyle.StateFlag.State_HasFocus else 0.16
    return 0.07 if state & QStyle.StateFlag.State_MouseOver else 0.0
