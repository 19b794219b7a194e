"""The line that one types into."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID, Type

_SETTLE_MS = 5
_QUOTATION_MARKS = '"＂“„”'
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBar(QLineEdit):
    """Says at once that someone types, and within 5 ms what the query is: keystrokes in between count as one."""

    typed = Signal()
    """A key changed the text."""
    query_changed = Signal(str)
    """The text, once it has changed."""
    moved_down = Signal()
    """The Down key: on to the results."""
    confirmed = Signal()
    """The Enter key: open the first, or the selected, result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search your documents in your own words"))
        self.setAccessibleName(self.tr("Search"))
        self.setAcceptDrops(False)  # a folder dropped here is for the window, not its name for the query
        self._glass = self.addAction(theme.icon("search", self.palette()), QLineEdit.ActionPosition.LeadingPosition)
        self._cross = self._clear_action()
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(lambda: self.query_changed.emit(self.text()))
        self.textChanged.connect(self._on_text_changed)
        self._fit_font()

    def focus_all(self) -> None:
        """Take the keyboard's focus and select the text, so that one can type another query."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def start_over(self) -> None:
        """Take the keyboard's focus with nothing typed."""
        self.clear()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def replace(self, query: str) -> None:
        """Put `query` in place of what is typed, as an edit that can be undone, and go on typing behind it."""
        self.selectAll()
        self.insert(query)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_term(self, term: str) -> None:
        """Add `term` to what is typed, unless it is there; as an edit that can be undone."""
        typed = self.text()
        if f" {term} " in f" {typed} ":
            return
        is_open = sum(map(typed.count, _QUOTATION_MARKS)) % 2  # a quotation, which would take in a term behind it
        self.replace((f"{term} {typed}" if is_open else f"{typed.rstrip()} {term}").strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc clears, Down goes to the results, Enter opens; all other keys edit."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        elif event.key() in _ENTER:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's palette and font."""
        if event.type() == QEvent.Type.PaletteChange:
            self._glass.setIcon(theme.icon("search", self.palette()))
            self._cross.setIcon(theme.icon("close", self.palette()))
        elif event.type() == QEvent.Type.ApplicationFontChange:
            self._fit_font()
        super().changeEvent(event)

    def _clear_action(self) -> QAction:
        cross = self.addAction(theme.icon("close", self.palette()), QLineEdit.ActionPosition.TrailingPosition)
        cross.setText(self.tr("Clear"))
        cross.setToolTip(self.tr("Clear (Esc)"))
        cross.triggered.connect(self.clear)
        cross.setVisible(False)
        return cross

    def _on_text_changed(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        self.typed.emit()
        if not self._timer.isActive():
            self._timer.start()

    def _fit_font(self) -> None:
        self.setFont(theme.font(QApplication.font(), Type.INPUT))
        self.setMinimumHeight(self.fontMetrics().height() + 2 * GRID)
