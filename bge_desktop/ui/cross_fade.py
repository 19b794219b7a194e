"""Something on show that turns into something else: softly, unless the system wants no animations."""

from __future__ import annotations

from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget


def fade_from_now(widget: QWidget) -> None:
    """Let what a widget shows now fade, over what it shows from now on."""
    duration = widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget)
    if duration > 0 and widget.isVisible():
        Veil(widget, duration)


class Veil(QWidget):
    """What a widget showed, over it, thinner and thinner until it goes; keys and the mouse do not notice it.

    Args:
        widget: which it covers.
        duration: milliseconds that it takes.
    """

    def __init__(self, widget: QWidget, duration: int) -> None:
        picture = widget.grab()
        super().__init__(widget)
        self._picture = picture
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(widget.rect())
        self._fading = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=duration)
        self._fading.valueChanged.connect(self.update)
        self._fading.finished.connect(self.deleteLater)
        self.show()
        self._fading.start()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint it as thin as it is by now."""
        painter = QPainter(self)
        painter.setOpacity(self._fading.currentValue())
        painter.drawPixmap(0, 0, self._picture)
