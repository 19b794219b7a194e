"""Cards: areas that can be chosen as a whole."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID


def paint_card(card: QWidget, *, is_down: bool = False) -> None:
    """Paint a card: tinted under the mouse, framed in the highlight colour with the keyboard's focus."""
    painter = QPainter(card)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    highlight = card.palette().color(QPalette.ColorRole.Highlight)
    painter.setPen(QPen(highlight, 2) if card.hasFocus() else QPen(theme.hairline(card.palette()), 1))
    painter.setBrush(theme.tint(card.palette(), 0.16 if is_down else 0.05 if card.underMouse() else 0))
    painter.drawRoundedRect(QRectF(card.rect()).adjusted(1, 1, -1, -1), GRID, GRID)
