"""How pieces of a text look in the preview: by weight, and by colours that are readable on the system's background."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat

from bge_desktop.messages import Style
from bge_desktop.ui import theme

# Each has a contrast of at least 4.5 to 1 on white and on the passage's tint, or on dark grey.
_ON_LIGHT = {
    Style.KEYWORD: "#7a1fa2",
    Style.NAME: "#1a4f9c",
    Style.STRING: "#1b6e2f",
    Style.NUMBER: "#9a3412",
    Style.COMMENT: "#5c6370",
}
_ON_DARK = {
    Style.KEYWORD: "#d7a6f5",
    Style.NAME: "#8fc1ff",
    Style.STRING: "#9bd6a3",
    Style.NUMBER: "#f2b380",
    Style.COMMENT: "#aab2c0",
}
_HALF = 128
_PASSAGE, _MARK = 0.08, 0.35


def formats(palette: QPalette) -> dict[Style, QTextCharFormat]:
    """Return how each style looks."""
    is_dark = palette.color(QPalette.ColorRole.Base).lightness() < _HALF
    made = {style: _colored(color) for style, color in (_ON_DARK if is_dark else _ON_LIGHT).items()}
    for style in (Style.HEADING, Style.STRONG):
        made[style] = QTextCharFormat()
        made[style].setFontWeight(QFont.Weight.Bold)
    return made


def mark_format(palette: QPalette) -> QTextCharFormat:
    """Return how a word of the query looks."""
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.DemiBold)
    made.setForeground(palette.color(QPalette.ColorRole.Text))
    made.setBackground(mark_color(palette))
    return made


def mark_color(palette: QPalette) -> QColor:
    """Return the background of a word of the query."""
    return theme.tint(palette, _MARK)


def passage_color(palette: QPalette) -> QColor:
    """Return the background of the passage."""
    return theme.tint(palette, _PASSAGE)


def _colored(color: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(color))
    return made
