"""What is painted over the points of the map: names, the line around what is being marked, the point pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.map_names import PlacedName, WrittenName, written_name
from bge_desktop.ui.theme import GRID, Type

_RIM = 3.5
_RING = 1.5
_STANDS_BACK = 0.66
_MADE_AT_ONCE = 12
"""Pictures of names."""


class MapOverlay(QWidget):
    """Lies over the map and lets the mouse through.

    Args:
        parent: the widget that it covers.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._names: Sequence[PlacedName] = ()
        self._lit: frozenset[int] | None = None
        self._outline = QPolygonF()
        self._ring: QRectF | None = None
        self._is_framed = False
        self._written: dict[tuple[str, bool], WrittenName] = {}
        self._pictures: dict[tuple[str, bool, float], QPixmap] = {}

    def written(self, text: str, is_strong: bool) -> WrittenName:
        """Return how a name is written."""
        key = (text, is_strong)
        if key not in self._written:
            self._written[key] = written_name(text, QFontMetricsF(self._font(is_strong)))
        return self._written[key]

    def show_names(self, names: Sequence[PlacedName], lit: frozenset[int] | None) -> None:
        """Show names; those of topics that are not lit stand back, if any are."""
        self._names, self._lit = names, lit
        self.update()

    def names(self) -> list[str]:
        """Return the names on show."""
        return [own.text for own in self._names]

    def name_at(self, place: QPointF) -> int:
        """Return the topic whose name is at a place, by its id; 0 where there is none."""
        return next((own.topic for own in self._names if own.area.contains(place)), 0)

    def show_outline(self, outline: QPolygonF) -> None:
        """Show the line around what is being marked; an empty one for none."""
        self._outline = outline
        self.update()

    def show_ring(self, place: QPointF | None, across: float) -> None:
        """Put a ring around a point that is so wide, or around none."""
        ring = None if place is None else _around(place, across + GRID)
        if ring != self._ring:
            self._ring = ring
            self.update()

    def show_frame(self, is_framed: bool) -> None:
        """Show whether the map has the keyboard's focus."""
        self._is_framed = is_framed
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint it all."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        painter.setOpacity(1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        highlight = self.palette().color(QPalette.ColorRole.Highlight)
        if self._ring is not None:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), _RING))
            painter.drawEllipse(self._ring)
        if self._is_framed:
            painter.setPen(QPen(highlight, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if not self._outline.isEmpty():
            painter.setPen(QPen(highlight, _RING, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(highlight.red(), highlight.green(), highlight.blue(), 40))
            painter.drawPolygon(self._outline, Qt.FillRule.WindingFill)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font and palette."""
        super().changeEvent(event)
        self._written.clear()
        self._pictures.clear()

    def _paint_names(self, painter: QPainter) -> None:
        """Paint the names of which there are pictures, and make some more: each takes about a millisecond."""
        left = _MADE_AT_ONCE
        for name in self._names:
            key = (name.text, name.is_strong, self.devicePixelRatioF())
            if key not in self._pictures and left:
                self._pictures[key] = self._painted(name)
                left -= 1
            if key in self._pictures:
                painter.setOpacity(1 if self._lit is None or name.topic in self._lit else _STANDS_BACK)
                painter.drawPixmap(name.area.topLeft(), self._pictures[key])
        if not left:
            self.update()

    def _painted(self, name: PlacedName) -> QPixmap:
        """Return a name with a rim of the ground around its letters: points lie behind them."""
        ratio, font = self.devicePixelRatioF(), self._font(name.is_strong)
        image = QPixmap((name.area.size() * ratio).toSize())
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        baseline, letters = QPointF(GRID / 2, QFontMetricsF(font).ascent()), QPainterPath()
        letters.addText(baseline, font, name.text)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(letters, _rim(self.palette().color(QPalette.ColorRole.Base)))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.setFont(font)
        painter.drawText(baseline, name.text)
        painter.end()
        return image

    def _font(self, is_strong: bool) -> QFont:
        return theme.font(self.font(), Type.HEADING if is_strong else Type.BODY)


def _rim(color: QColor) -> QPen:
    return QPen(color, _RIM, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _around(place: QPointF, size: float) -> QRectF:
    return QRectF(place.x() - size / 2, place.y() - size / 2, size, size)
