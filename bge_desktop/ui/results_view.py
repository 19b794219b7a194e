"""The list of results: how it answers the keyboard, the mouse and the context menu."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu, QWidget

from bge_desktop.messages import SearchResult
from bge_desktop.ui.result_delegate import ResultDelegate
from bge_desktop.ui.results_model import ResultsModel, Role

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


_ROWS_AT_ONCE = 8


class ResultsView(QListView):
    """Shows a `ResultsModel`; says what a person wants to do with a result."""

    open_wanted = Signal(object)
    """The `SearchResult` to open."""
    reveal_wanted = Signal(object)
    """The `SearchResult` to show in its folder."""
    copy_wanted = Signal(object)
    """The `SearchResult` whose path to copy."""
    remove_wanted = Signal(object)
    """The `SearchResult` whose folder to remove from the library."""
    left_upwards = Signal()
    """The Up key was pressed in the first row."""
    given_up = Signal()
    """The Esc key was pressed."""

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(ResultDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setBatchSize(_ROWS_AT_ONCE)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)  # the row under the mouse is tinted
        self.setAccessibleName(self.tr("Results"))
        self.doubleClicked.connect(lambda index: self.open_wanted.emit(index.data(Role.RESULT)))

    def result_to_open(self) -> SearchResult | None:
        """Return the selected result, else the first one."""
        index = self.currentIndex() if self.currentIndex().isValid() else self.model().index(0, 0)
        result: SearchResult | None = index.data(Role.RESULT) if index.isValid() else None
        return result

    def enter(self) -> None:
        """Take the keyboard's focus, with a row selected."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def expect(self, *, another_query: bool) -> None:
        """Make ready for an answer to another query, or for a newer one to the same, which keeps its place.

        An answer to another query is read from the top: its first rows are laid out at once, the rest a moment later.
        (Laying out all of them takes longer than painting those that one sees.)
        """
        batched, at_once = QListView.LayoutMode.Batched, QListView.LayoutMode.SinglePass
        self.setLayoutMode(batched if another_query else at_once)

    def forget_place(self) -> None:
        """Select nothing and go back to the top: another question's results are on show."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens the selected row; Up in the first row leaves the list; Esc gives up the query."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in _ENTER and index.isValid():
            self.open_wanted.emit(index.data(Role.RESULT))
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what one can do with the row under the mouse, or with the selected one."""
        from_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if from_keyboard else self.indexAt(event.pos())
        if index.isValid():
            at = self.visualRect(index).center() if from_keyboard else event.pos()
            self._popup(index.data(Role.RESULT), self.viewport().mapToGlobal(at))

    def menu_for(self, result: SearchResult) -> QMenu:
        """Return the context menu of a result; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open")).triggered.connect(lambda: self.open_wanted.emit(result))
        menu.addAction(self.tr("Show in folder")).triggered.connect(lambda: self.reveal_wanted.emit(result))
        menu.addAction(self.tr("Copy path")).triggered.connect(lambda: self.copy_wanted.emit(result))
        menu.addSeparator()
        menu.addAction(self.tr("Remove folder…")).triggered.connect(lambda: self.remove_wanted.emit(result))
        return menu

    def _popup(self, result: SearchResult, at: QPoint) -> None:
        self.menu_for(result).popup(at)
