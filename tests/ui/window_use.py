"""Somebody who types, goes through the results with a preview of each, and scrolls."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop.ui.window import MainWindow
from tests.driven_app import Steps, press, type_into

_QUERIES = (
    "how much notice must I give",
    "家里的洗衣机坏了怎么办",
    "invoice type:pdf",
    "机器学习模型",
    "cake",
)
_ROWS = 12
_WHEEL = (*(-120,) * 4, *(120,) * 4)


def use(window: MainWindow, typed: int) -> Steps:
    """Do so, a key at each step, until at least so many characters have been typed."""
    while typed > 0:
        for query in _QUERIES:
            for character in query:
                type_into(window, character)
                yield
            typed -= len(query)
            yield from _look_through(window)


def _look_through(window: MainWindow) -> Steps:
    """Go down the list by keyboard, the preview following, then down and up with the wheel; clear the query."""
    press(window.search_bar, Qt.Key.Key_Down)
    for _ in range(_ROWS):
        press(window.results.view, Qt.Key.Key_Down)
        yield
    for angle in _WHEEL:
        _turn_wheel(window.results.view.viewport(), angle)
        yield
    window.search_bar.start_over()
    yield


def _turn_wheel(widget: QWidget, angle: int) -> None:
    at, none = QPointF(widget.rect().center()), QPoint()
    buttons, keys, phase = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, widget.mapToGlobal(at), none, QPoint(0, angle), buttons, keys, phase, False)
    QApplication.sendEvent(widget, event)
