"""The line that one types into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.history_walk import HistoryWalk
from bge_desktop.ui.query_edit import Term, added, removed, terms, toggled
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, IconLabel

_SETTLE_MS = 5
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBar(QLineEdit):
    """Says at once that someone types, and within 5 ms what the query is: keystrokes in between count as one."""

    typed = Signal()
    """A key changed the text."""
    query_changed = Signal(str)
    """The text, once it has changed."""
    moved_down = Signal()
    """The Down key, where there is no newer query to go to: on to the results."""
    left_alone = Signal()
    """The Esc key, with nothing typed that it could clear."""
    confirmed = Signal()
    """The Enter key: open the first, or the selected, result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search your documents in your own words"))
        self.setAccessibleName(self.tr("Search"))
        self.setAcceptDrops(False)  # a folder dropped here is for the window, not its name for the query
        self._glass, self.clear_button = IconLabel("search"), IconButton("close", self.tr("Clear (Esc)"))
        self._add_icons()
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(lambda: self.query_changed.emit(self.text()))
        self.textChanged.connect(self._on_text_changed)
        self._history: Sequence[str] = ()
        self._way: HistoryWalk | None = None
        self._fit_font()
        theme.follow_system(self._fit_font)

    def show_history(self, queries: Sequence[str]) -> None:
        """Take the queries of the past, the newest first; the Up key goes through those that begin as what is typed."""
        self._history = queries

    def focus_all(self) -> None:
        """Take the keyboard's focus and select the text, so that one can type another query."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def start_over(self) -> None:
        """Take the keyboard's focus with nothing typed."""
        self.clear()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_again(self) -> None:
        """Say now what the query is, changed or not: it is to be asked of other documents."""
        self._timer.stop()
        self.query_changed.emit(self.text())

    def replace(self, query: str) -> None:
        """Put `query` in place of what is typed, as an edit that can be undone, and go on typing behind it."""
        self._put(query)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self, key: str, value: str) -> None:
        """Ask for a value of a filter, or no more, as an edit that can be undone; the focus stays where it is."""
        self._put(toggled(self.text(), key, value))

    def remove(self, term: Term) -> None:
        """Take a filter out of what is typed, if it still stands there, as `toggle` does."""
        if term in terms(self.text()):
            self._put(removed(self.text(), term))

    def add_term(self, term: str) -> None:
        """Add `term` to what is typed, unless it is there; as an edit that can be undone."""
        self.replace(added(self.text(), term))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc clears, Up goes to older queries, Down to newer ones and on to the results, Enter opens; others edit."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear() if self.text() else self.left_alone.emit()
        elif event.key() == Qt.Key.Key_Up:
            self._walk(1)
        elif event.key() == Qt.Key.Key_Down:
            if not self._walk(-1):
                self.moved_down.emit()
        elif event.key() in _ENTER:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, steps: int) -> bool:
        """Go so many steps back in the queries of the past, or forth; return whether there was one to go to."""
        walk = self._way or HistoryWalk(self._history, self.text())
        if not walk.go(steps):
            return False
        self._put(walk.shown)
        self._way = walk
        return True

    def _put(self, query: str) -> None:
        self.selectAll()
        self.insert(query)

    def _add_icons(self) -> None:
        """Have icons that grow with the text; those of Qt's own actions stay small."""
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Esc key does the same
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID // 2, 0)
        row.addWidget(self._glass)
        row.addStretch(1)
        row.addWidget(self.clear_button)

    def _on_text_changed(self, text: str) -> None:
        self._way = None
        self.clear_button.setVisible(bool(text))
        self.typed.emit()
        if not self._timer.isActive():
            self._timer.start()

    def _fit_font(self) -> None:
        self.setFont(theme.font(QApplication.font(), Type.INPUT))
        self.setMinimumHeight(self.fontMetrics().height() + 2 * GRID)
        room = theme.icon_size() + GRID * 3 // 2
        self.setTextMargins(room, 0, room, 0)
