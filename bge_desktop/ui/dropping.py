"""Dropping files and folders anywhere on the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.paths import local_paths
from bge_desktop.ui.result_drag import is_own_drag
from bge_desktop.ui.theme import GRID, Type


class DropHighlight(QWidget):
    """Covers a window while something is dragged over it, and takes what is dropped there.

    Args:
        parent: the window.
    """

    dropped = Signal(object)
    """The path of a file or a folder."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = self.tr("Drop to make it searchable")
        self.hide()
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the window's size; accept local files and folders, but for results of one's own, and show that."""
        if isinstance(event, QDragEnterEvent):
            self._take_drag(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._take_drop(event)
        elif event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return False

    def appear(self) -> None:
        """Cover the window."""
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Veil the window, and draw a frame and a sentence over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.tint(self.palette(), 0.12)
        veil.setAlphaF(0.88)
        painter.fillRect(self.rect(), veil)
        highlight = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(highlight, 3))
        frame = QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -GRID)
        painter.drawRoundedRect(frame, GRID * 3 / 2, GRID * 3 / 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.setFont(theme.font(self.font(), Type.TITLE))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._text)

    def _take_drag(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()) and not is_own_drag(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.appear()

    def _take_drop(self, event: QDropEvent) -> None:
        self.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        for path in local_paths(event.mimeData()):
            self.dropped.emit(path)
