"""The small window that comes over all programs: type, open, and it has gone again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bge_desktop.messages import SearchAnswer
from bge_desktop.ui import theme
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.quick_list import RESULT, QuickList, QuickModel
from bge_desktop.ui.search_bar import SearchBar
from bge_desktop.ui.second_start import bring_forward
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label

_FLAGS = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
_CHARACTERS = 84
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class QuickSearch(QWidget):
    """A line to type into and a few results. It owns the bridge's quick query while it is on show.

    Args:
        bridge: the way to the worker.
        parent: the owner.
    """

    open_wanted = Signal(object)
    """The `SearchResult` to open."""
    reveal_wanted = Signal(object)
    """The path to show in its folder."""
    window_wanted = Signal(str)
    """The query whose results are to be shown in the window."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent, _FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(self.tr("Quick search"))
        self._bridge, self._was_active = bridge, False
        self.bar, self.model = SearchBar(), QuickModel(self)
        self.list = QuickList(self.model)
        self._nothing = Label(self.tr("No document matches"), Type.SMALL, dim=True)
        self._build()
        self._connect()

    def appear(self, token: str = "") -> None:
        """Come to the front of the screen that is used; `token` allows that where the desktop asks for one."""
        if not self.isVisible():
            self._bridge.put_quick_search_in_front(True)
            self._place()
            self._was_active = False  # news of the time before it came may still be on its way
        bring_forward(self, token)
        self.bar.focus_all()

    def toggle(self, token: str = "") -> None:
        """Come, or go where it is in front already."""
        self.hide() if self.isVisible() and self.isActiveWindow() else self.appear(token)

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show the results, the first of them chosen."""
        if not (answer.results or answer.complete):
            return
        chosen = self.list.currentIndex().row()
        keeps_row = self.model.index(chosen, 0).data(RESULT) if chosen > 0 else None
        self.model.set_results(answer.results)
        self._choose(keeps_row.path if keeps_row else None)
        self._nothing.setVisible(not answer.results)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Leave the worker to the window's query, and keep nothing."""
        super().hideEvent(event)
        self._bridge.put_quick_search_in_front(False)
        self.bar.clear()
        self._show_none()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Go when another window is used; follow the system's font."""
        if event.type() == QEvent.Type.ActivationChange:
            if self._was_active and not self.isActiveWindow():
                self.hide()
            self._was_active = self.isActiveWindow()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that choose and open; all others edit."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the background, with a line around it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.hairline(self.palette()))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), self.palette().color(QPalette.ColorRole.Base))

    def _build(self) -> None:
        self.bar.installEventFilter(self)
        self._nothing.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for widget in (self.bar, self.list, self._nothing):
            column.addWidget(widget)
        self._show_none()

    def _connect(self) -> None:
        self.bar.typed.connect(self._bridge.typing)
        self.bar.query_changed.connect(self._search)
        self.list.clicked.connect(self._act)
        self.list.selectionModel().currentChanged.connect(self._tell_row)
        self._bridge.quick_query.answered.connect(self.show_answer)

    def _search(self, query: str) -> None:
        if self.isVisible():
            self._bridge.quick_query.search(query)
            if not query.strip():
                self._show_none()

    def _take_key(self, event: QKeyEvent) -> bool:
        key, is_with_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in _STEPS:
            self.list.move_by(_STEPS[Qt.Key(key)])
        elif key in _ENTER and is_with_control:
            self._reveal()
        elif key in _ENTER:
            self._act(self.list.currentIndex())
        else:
            return False
        return True

    def _act(self, index: QModelIndex) -> None:
        """Open a result; without one, have the window show all."""
        query, result = self.bar.text(), index.data(RESULT) if index.isValid() else None
        self.hide()
        if result:
            self.open_wanted.emit(result)
        else:
            self.window_wanted.emit(query)

    def _reveal(self) -> None:
        index = self.list.currentIndex()
        if index.isValid() and (result := index.data(RESULT)):
            self.hide()
            self.reveal_wanted.emit(result.path)

    def _choose(self, path: str | None) -> None:
        """Choose the row of a path, where it is still there, else the first."""
        rows = (self.model.index(row, 0) for row in range(max(0, self.model.rowCount() - 1)))
        same = (index for index in rows if index.data(RESULT).path == path)
        self.list.setCurrentIndex(next(same, self.model.index(0, 0)))

    def _tell_row(self, index: QModelIndex) -> None:
        """Have a screen reader say the chosen row, which never has the keyboard's focus."""
        if index.isValid():
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.bar, spoken))

    def _show_none(self) -> None:
        self.model.set_results(())
        self._nothing.hide()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the results need, as far as the screen goes."""
        self.list.setVisible(self.model.rowCount() > 0)
        self.list.updateGeometry()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), min(self.sizeHint().height(), self.screen().availableSize().height() * 7 // 10))

    def _place(self) -> None:
        """Go to the upper third of the screen with the mouse, in its middle."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or self.screen()
        area = screen.availableGeometry()
        width = min(theme.letter_width(self.fontMetrics()) * _CHARACTERS + 6 * GRID, area.width() * 9 // 10)
        self.resize(width, self.sizeHint().height())
        self.move(QPoint(area.center().x() - width // 2, area.top() + area.height() // 5))
