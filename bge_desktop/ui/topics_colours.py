"""The twelve colours of topics, on a light and on a dark ground.

Chosen by a search for the twelve that lie farthest apart in OKLab, as most people see them and as those do who take red
for green (deuteranopia and protanopia), among those with a contrast of at least 3 to 1 to the ground. What is dark on
the light ground is the same hue, made lighter, on the dark one.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from bge_desktop.ui import theme

ON_LIGHT = (
    *("#22aa44", "#2222aa", "#663300", "#2277bb", "#777700", "#552277"),
    *("#993377", "#aa6677", "#6622dd", "#9988cc", "#770044", "#336633"),
)
ON_DARK = (
    *("#7bf68d", "#5671f9", "#ad744a", "#81bff9", "#bdbe5e", "#9866c0"),
    *("#e77abe", "#f6acbd", "#a190f9", "#dfd7fc", "#c45485", "#76ac75"),
)
_MIDDLE = 128
_OF_NONE = 0.5


def topic_colour(number: int, palette: QPalette) -> QColor:
    """Return the colour of a topic by its number, 0 to 11, for the ground of this palette's lists."""
    is_dark = palette.color(QPalette.ColorRole.Base).lightness() < _MIDDLE
    colours = ON_DARK if is_dark else ON_LIGHT
    return QColor(colours[number % len(colours)])


def colour_of_none(palette: QPalette) -> QColor:
    """Return the colour of a document that is in no topic."""
    return theme.blend(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), _OF_NONE)
