"""The views of the preview, one of which is seen."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from bge_desktop.messages import displayable
from bge_desktop.ui.pages import NotePage

_FRAME = 2  # around what has the keyboard's focus


class PreviewStack(QStackedWidget):
    """Shows one view, with a frame around it while the keyboard is in it; or why there is nothing to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failure: NotePage | None = None
        self.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def turn_up(self, page: QWidget) -> None:
        """Show one of the pages; a failure that was on show is gone."""
        self.setCurrentWidget(page)
        if self._failure is not None and page is not self._failure:
            self.removeWidget(self._failure)
            self._failure.deleteLater()
            self._failure = None

    def show_failure(self, title: str, message: str) -> None:
        """Show why there is nothing to see."""
        failure = NotePage("warning", displayable(title), displayable(message))
        self.addWidget(failure)
        self.turn_up(failure)
        self._failure = failure

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the frame."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _FRAME))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _follow_focus(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self.update()
