"""Paints labels as small pills: those that a document has, and dashed those that it is proposed for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap

from bge_desktop.messages import LabelOfDocument, Standing
from bge_desktop.ui import theme
from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.topics_colours import topic_colour
from bge_desktop.ui.wording import number

_MOST = 3
_LONGEST = 16  # average characters
_SPOT = 0.4  # of the height of a line
_SURE_ENOUGH = 0.5
"""A list of results shows no proposal that is more likely wrong than right."""


def shown_labels(labels: Sequence[LabelOfDocument]) -> list[LabelOfDocument]:
    """Return which of a document's labels a list of results shows."""
    return [own for own in labels if own.standing is not Standing.PROPOSED or own.confidence >= _SURE_ENOUGH]


def percent(confidence: float) -> str:
    """Return a confidence in words: "87 %"; never "100 %", which nothing that was learnt is."""
    text = QCoreApplication.translate("Labels", "{number} %")
    return text.format(number=min(round(100 * confidence), 99))


def label_text(label: LabelOfDocument) -> str:
    """Return what a pill says: the name, and where it is only proposed, how sure that is."""
    is_proposed = label.standing is Standing.PROPOSED
    return f"{label.name} {percent(label.confidence)}" if is_proposed else label.name


def paint_labels(canvas: Canvas, labels: Sequence[LabelOfDocument], line: QRect) -> int:
    """Paint labels at the end of a line, in half of it at most; return how much room they take."""
    shown, left = shown_labels(labels), line.right() + 1
    fitting = _fitting(canvas, shown, line.width() // 2)
    if fitting < len(shown):
        left -= _paint_rest(canvas, f"+{number(len(shown) - fitting)}", left, line) + GRID // 2
    for label in reversed(shown[:fitting]):
        left -= _paint_pill(canvas, label, left, line) + GRID // 2
    return line.right() + 1 - left


def dot(colour: int, palette: QPalette, size: int) -> QIcon:
    """Return a label's colour as an icon, so many device-independent pixels wide."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_dot(painter, QPointF(size / 2, size / 2), size * 0.3, topic_colour(colour, palette))
        painter.end()
        made.addPixmap(pixmap)
        made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made


def paint_dot(painter: QPainter, centre: QPointF, radius: float, colour: QColor) -> None:
    """Paint a label's colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, radius, radius)


def _fitting(canvas: Canvas, labels: Sequence[LabelOfDocument], room: int) -> int:
    """Return how many labels there is room for."""
    widths = accumulate(_pill_width(canvas, label) + GRID // 2 for label in labels[:_MOST])
    return sum(width <= room for width in widths)


def _pill_width(canvas: Canvas, label: LabelOfDocument) -> int:
    metrics = canvas.metrics(Type.SMALL)
    return metrics.horizontalAdvance(_pill_text(canvas, label)) + 2 * GRID + round(metrics.height() * _SPOT)


def _pill_text(canvas: Canvas, label: LabelOfDocument) -> str:
    metrics = canvas.metrics(Type.SMALL)
    return metrics.elidedText(label_text(label), Qt.TextElideMode.ElideMiddle, _LONGEST * theme.letter_width(metrics))


def _paint_rest(canvas: Canvas, text: str, right: int, line: QRect) -> int:
    """Paint how many more labels there are, before `right`; return how wide that is."""
    width = canvas.metrics(Type.SMALL).horizontalAdvance(text)
    room = QRect(right - width, line.top(), width + 1, line.height())
    canvas.text(room, text, Type.SMALL, canvas.dimmed)
    return width


def _paint_pill(canvas: Canvas, label: LabelOfDocument, right: int, line: QRect) -> int:
    """Paint a pill whose end is at `right`; return how wide it is."""
    is_proposed, height = label.standing is Standing.PROPOSED, canvas.metrics(Type.SMALL).height()
    spot, width = round(height * _SPOT), _pill_width(canvas, label)
    area = QRect(right - width, line.center().y() - height // 2, width, height)
    colour = topic_colour(label.colour, canvas.option.palette)
    _paint_ground(canvas, QRectF(canvas.mirrored(area)), colour, is_proposed=is_proposed)
    place = canvas.mirrored(QRect(area.left() + GRID // 2, area.top(), spot, height))
    paint_dot(canvas.painter, QRectF(place).center(), spot / 2, colour)
    room = QRect(area.left() + GRID + spot, area.top(), width, height)
    canvas.text(room, _pill_text(canvas, label), Type.SMALL, canvas.dimmed if is_proposed else canvas.text_color)
    return width


def _paint_ground(canvas: Canvas, area: QRectF, colour: QColor, *, is_proposed: bool) -> None:
    base = canvas.option.palette.color(QPalette.ColorRole.Base)
    line = Qt.PenStyle.DashLine if is_proposed else Qt.PenStyle.SolidLine
    canvas.painter.setPen(QPen(theme.blend(colour, base, 0.6), 1, line))
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush if is_proposed else theme.blend(colour, base, 0.12))
    canvas.painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), area.height() / 2, area.height() / 2)
