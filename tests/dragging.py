"""Drags with the left mouse button, in which no move is lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

LEFT, NO_BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


def drag(widget: QWidget, *places: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press at the first place, move to each further one, and let go at the last.

    `QTest.mouseMove` moves the pointer of the system, which tells of several moves as of one where it is busy.
    """
    moves = [(QEvent.Type.MouseMove, NO_BUTTON, LEFT, place) for place in places[1:]]
    events = [
        (QEvent.Type.MouseButtonPress, LEFT, LEFT, places[0]),
        *moves,
        (QEvent.Type.MouseButtonRelease, LEFT, NO_BUTTON, places[-1]),
    ]
    for kind, button, buttons, place in events:
        where = QPointF(place), QPointF(widget.mapToGlobal(place))
        QApplication.sendEvent(widget, QMouseEvent(kind, *where, button, buttons, modifier))
