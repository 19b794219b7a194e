"""How the window looks: one spacing grid, one type scale, and colours taken from the system's palette."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QStyle, QWidget

from bge_desktop import resources
from bge_desktop.ui.kind_icons import KIND_ICONS

GRID = 8
"""Device-independent pixels; every margin and gap is a multiple or a half of it."""

_PANGRAM = "the quick brown fox jumps over the lazy dog"


class Type(Enum):
    """The type scale: size relative to the system's font, and weight."""

    TITLE = (1.7, QFont.Weight.DemiBold)
    HEADING = (1.1, QFont.Weight.Bold)
    INPUT = (1.25, QFont.Weight.Normal)
    BODY = (1.0, QFont.Weight.Normal)
    SMALL = (0.9, QFont.Weight.Normal)


def font(base: QFont, style: Type) -> QFont:
    """Return `base` in one step of the type scale."""
    size, weight = style.value
    scaled = QFont(base)
    if base.pointSizeF() > 0:
        scaled.setPointSizeF(base.pointSizeF() * size)
    else:
        scaled.setPixelSize(round(base.pixelSize() * size))
    scaled.setWeight(weight)
    return scaled


def follow_system(act: Callable[[], None]) -> None:
    """Have a widget's method called when the system has another font or palette.

    A widget with a font or palette of its own is told by no event: it does not change by itself.
    """
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.fontChanged.connect(act)
    app.paletteChanged.connect(act)


def letter_width(metrics: QFontMetrics | QFontMetricsF) -> int:
    """Return how wide a letter of a Latin text is on average, in device-independent pixels.

    What Qt says of the whole font counts the many wide characters of a Chinese one, and is twice as much there.
    """
    return round(metrics.horizontalAdvance(_PANGRAM) / len(_PANGRAM))


def mirrored(widget: QWidget, area: QRect) -> QRect:
    """Return where an area of a widget, given from left to right, lies in its direction of reading."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), area)


def blend(top: QColor, bottom: QColor, share: float) -> QColor:
    """Return `share` of `top` over `bottom`, opaque."""
    parts = zip(top.getRgb()[:3], bottom.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(share * upper + (1 - share) * lower) for upper, lower in parts))


def dimmed(palette: QPalette) -> QColor:
    """Return the colour of text that stands back, still well above a contrast of 4.5 to 1."""
    return blend(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.66)


def tint(palette: QPalette, share: float) -> QColor:
    """Return the system's highlight colour laid thinly over the background of lists."""
    return blend(palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.Base), share)


def alarm(palette: QPalette, share: float) -> QColor:
    """Return red, the one colour that no palette has, laid thinly over the background of lists."""
    return blend(QColor(Qt.GlobalColor.red), palette.color(QPalette.ColorRole.Base), share)


def hairline(palette: QPalette) -> QColor:
    """Return the colour of thin lines between things."""
    return blend(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.14)


def kind_icon(path: str) -> str:
    """Return the name of the icon for a file, by its ending; "file" where that tells nothing."""
    return KIND_ICONS.get(os.path.splitext(path)[1].lower().removeprefix("."), "file")


_pixmaps: dict[tuple[str, int, float, int], QPixmap] = {}


def pixmap(name: str, size: int, color: QColor, ratio: float) -> QPixmap:
    """Return the icon `name` in one colour, `size` device-independent pixels wide, for a screen of that `ratio`."""
    key = (name, size, ratio, color.rgba())
    if key not in _pixmaps:
        _pixmaps[key] = _render(name, size, color, ratio)
    return _pixmaps[key]


def _render(name: str, size: int, color: QColor, ratio: float) -> QPixmap:
    image = QPixmap(QSize(size, size) * ratio)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    area = QRectF(0, 0, size, size)
    QSvgRenderer(resources.path("icons", f"{name}.svg")).render(painter, area)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(area, color)
    painter.end()
    return image


def icon_size() -> int:
    """Return the size of a button's icon: as high as a line of text, and on the grid at the usual size of text."""
    return max(2 * GRID, QFontMetrics(QGuiApplication.font()).height())


def icon(name: str, palette: QPalette) -> QIcon:
    """Return the icon `name` for a control with this palette, sharp on every screen that is attached."""
    made, size = QIcon(), icon_size()
    for ratio in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}):
        made.addPixmap(pixmap(name, size, dimmed(palette), ratio))
        made.addPixmap(pixmap(name, size, hairline(palette), ratio), QIcon.Mode.Disabled)
        made.addPixmap(pixmap(name, size, palette.highlightedText().color(), ratio), QIcon.Mode.Selected)
    return made
