"""Whether somebody is at work with the list of results, so that nothing in it may move."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView

_REST_MS = 1000


class Attention(QObject):
    """Watches what is done with a list.

    Args:
        model: the results.
        view: the list of them.
        parent: the owner.
        rest_ms: how long a pointer must not have moved over the list to be one that was only left there.
    """

    def __init__(
        self, model: ResultsModel, view: ResultsView, parent: QObject | None = None, *, rest_ms: int = _REST_MS
    ) -> None:
        super().__init__(parent)
        self._model, self._view, self._rest_ms = model, view, rest_ms
        self._beside: list[QWidget] = []
        self._pointer, self._last_use = QPointF(), QElapsedTimer()
        view.viewport().installEventFilter(self)

    def watch_beside(self, widget: QWidget) -> None:
        """Have a widget count, too, that shows what the list is about: one may be reading there."""
        self._beside.append(widget)

    @property
    def is_held(self) -> bool:
        """Whether one has begun to use the list: scrolled, selected, unfolded, opened a menu, or moved the pointer."""
        view, model = self._view, self._model
        is_used = view.verticalScrollBar().value() > 0 or view.currentIndex().isValid() or model.has_unfolded
        is_in_hand = self._last_use.isValid() and self._last_use.elapsed() < self._rest_ms
        return is_used or is_in_hand or QApplication.activePopupWidget() is not None or any(map(_is_read, self._beside))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take note of a pointer that moves, presses, or turns its wheel.

        Qt also tells of the moves of one that rests, where what is below it has changed.
        """
        if isinstance(event, QMouseEvent | QWheelEvent):
            is_resting = event.type() == QEvent.Type.MouseMove and event.globalPosition() == self._pointer
            if not is_resting:
                self._last_use.start()
            self._pointer = event.globalPosition()
        return False


def _is_read(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    has_focus = focus is not None and (focus is widget or widget.isAncestorOf(focus))
    return widget.isVisible() and (has_focus or widget.underMouse())
