"""The list of results: how it answers the keyboard, the mouse and the context menu."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QKeyCombination, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QStyleOptionViewItem, QWidget

from bge_desktop.messages import Label, SearchResult
from bge_desktop.ui.labels_menu import LabelsMenu
from bge_desktop.ui.result_actions import ResultActions
from bge_desktop.ui.result_delegate import ResultDelegate
from bge_desktop.ui.result_drag import drag_pixmap, mime_of
from bge_desktop.ui.result_menu import ResultMenu
from bge_desktop.ui.result_rows import shows_the_same
from bge_desktop.ui.results_model import ResultsModel, Role
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.rows_view import RowsView

_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
"""Not every system makes of them what it makes of the menu key: a request for the context menu."""
_SCREENS_AHEAD = 2
"""More results are wanted when fewer screens than these are left below."""
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class ResultsView(RowsView):
    """Shows a `ResultsModel`; says what a person wants to do with results.

    Attributes:
        labels: the library's, which the context menu offers.
    """

    open_wanted = Signal(object)
    """The `SearchResult` to open at its place."""
    open_file_wanted = Signal(object)
    """The path of the file to open. Paths travel as objects: as a Qt string, a name that is not UTF-8 would be lost."""
    preview_wanted = Signal(object)
    """The `SearchResult` to look at."""
    reveal_wanted = Signal(object)
    """The path of the file to show in its folder."""
    copy_wanted = Signal(str)
    """The text for the clipboard."""
    similar_wanted = Signal(object)
    """The path of the file to which similar ones are wanted."""
    unlike_wanted = Signal(object)
    """The path of the file that is not what was looked for, nor are those like it."""
    remove_wanted = Signal(object)
    """The `SearchResult` whose folder to remove from the library."""
    label_decided = Signal(object, str, object)
    """A tuple of paths of documents, the name of a label, and the `Decision` about them."""
    label_added = Signal(str, object)
    """The name of a new label, and a tuple of the paths of the documents that are to have it."""
    passages_wanted = Signal(object)
    """The path of the document whose further passages are wanted."""
    more_wanted = Signal(int)
    """The end of the list is near: more documents are wanted than this number."""
    current_changed = Signal(object)
    """The `SearchResult` that the keyboard is on, or None; at most once in a turn of the event loop."""
    told = Signal(object)
    """An `ErrorReport`: what a person should know of something that was asked for."""
    left_upwards = Signal()
    """The Up key was pressed in the first row."""
    given_up = Signal()
    """The Esc key was pressed."""

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results, self._delegate, self._acts = model, ResultDelegate(self), ResultActions(self)
        self.labels: tuple[Label, ...] = ()
        self._is_toggling = False
        self._told_current: SearchResult | None = None
        self._look_soon = QTimer(self, singleShot=True, interval=0)
        self._look_soon.timeout.connect(self._look)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(RowsView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(RowsView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(RowsView.DragDropMode.DragOnly)
        self.setMouseTracking(True)  # the row under the mouse is tinted
        self.setAccessibleName(self.tr("Results"))
        self.doubleClicked.connect(self._open)
        self._watch()

    def row_heights(self) -> Iterable[int]:
        """Return the height of each row."""
        heights = self._delegate.heights(self.font())
        return map(heights.__getitem__, self._results.kinds())

    def result_to_open(self) -> SearchResult | None:
        """Return the current result where it is in view, else the first one."""
        in_view = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        index = self.currentIndex() if in_view else self.model().index(0, 0)
        result: SearchResult | None = index.data(Role.RESULT) if index.isValid() else None
        return result

    def current_result(self) -> SearchResult | None:
        """Return the result that the keyboard is on."""
        result: SearchResult | None = self.currentIndex().data(Role.RESULT) if self.currentIndex().isValid() else None
        return result

    def selected_results(self) -> list[SearchResult]:
        """Return the selected results from top to bottom; where none is selected, the current one."""
        ranges = self.selectionModel().selection().toList()
        rows = sorted(row for part in ranges for row in range(part.top(), part.bottom() + 1))
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return self._results.opened_by(rows)

    def enter(self) -> None:
        """Take the keyboard's focus, with a row selected."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget_place(self) -> None:
        """Select nothing and go back to the top: another question's results are on show."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.scrollToTop()

    def unfold(self, path: str) -> None:
        """Have the further passages of a document shown below it."""
        if not self._results.is_unfolded(path):
            self._results.unfold(path)
            self.passages_wanted.emit(path)

    def mark_previewed(self, path: str) -> None:
        """Mark the document that the preview shows; "" for none."""
        self._delegate.previewed = path
        self.viewport().update()

    def look_again(self) -> None:
        """Say soon which result is current, if it is another, and that more are wanted where the end is near."""
        self._look_soon.start()  # as a slot it would take what a scroll bar tells for a number of milliseconds

    def fold(self, path: str) -> None:
        """Hide the further passages of a document, and go back to it from them."""
        current = self.currentIndex()
        if current.isValid() and current.data(Role.RESULT).path == path:
            self.setCurrentIndex(self.model().index(self._results.document_row(path) or 0, 0))
        self._results.fold(path)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:  # noqa: N802
        """Select nothing when the current row goes; Qt would select the one beside it, which nobody chose."""
        if start <= self.currentIndex().row() <= end:
            self.setCurrentIndex(QModelIndex())
        super().rowsAboutToBeRemoved(parent, start, end)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Select a row where the Tab key leads here, so that one sees where one is."""
        super().focusInEvent(event)
        if event.reason() in _BY_TAB and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.currentIndex() if self.currentIndex().isValid() else self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Act on the selected rows, unfold and fold, leave the list upwards, or give up; other keys move."""
        index, action = self.currentIndex(), self._acts.pressed(event)
        if event.keyCombination() == _MENU_KEYS:
            self._open_menu_of_selected()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif action and (results := self.selected_results()):
            action.act(results if action.text_for_many else [index.data(Role.RESULT) or results[0]])
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left_upwards.emit()
        elif not (index.isValid() and self._act_on(index.data(Role.RESULT), event)):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what one can do with the row under the mouse and those selected with it, or with the selected ones."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._open_menu_of_selected()
        elif index.isValid() and index.data(Role.RESULT):
            if not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu_for(*self.selected_results()).popup(self.viewport().mapToGlobal(event.pos()))

    def menu_for(self, *results: SearchResult) -> ResultMenu:
        """Return the context menu of results; it deletes itself when it closes."""
        menu = ResultMenu(results, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(*self._acts.for_files(results))
        menu.add_submenu(self.tr("Copy as"), *self._acts.copy_as)
        menu.add_copies(self.open_file_wanted.emit)
        menu.addMenu(LabelsMenu(self.labels, results, self.label_decided.emit, self._acts.make_label, menu))
        menu.add(*self._acts.search)
        menu.add(self._acts.removal)
        return menu

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Unfold or fold a document where that is pressed; else select."""
        index = self.indexAt(event.position().toPoint())
        self._is_toggling = event.button() == Qt.MouseButton.LeftButton and self._is_on_toggle(index, event)
        if self._is_toggling:
            self._toggle(index.data(Role.RESULT).path)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open a document, but for where it is unfolded: there, a second click folds it."""
        if self._is_on_toggle(self.indexAt(event.position().toPoint()), event):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select, unless the press unfolded or folded."""
        if not self._is_toggling:
            super().mouseReleaseEvent(event)
        self._is_toggling = False

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        """Let the selected documents be dropped on another program."""
        if results := self.selected_results():
            drag = QDrag(self)
            drag.setMimeData(mime_of(results))
            drag.setPixmap(drag_pixmap(results, self))
            drag.setHotSpot(QPoint(0, 0))
            drag.exec(actions)

    def _act_on(self, result: SearchResult, event: QKeyEvent) -> bool:
        """Do what a key alone asks for the current row; tell whether it asked for something."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        left, right = Qt.Key.Key_Left, Qt.Key.Key_Right
        inward, outward = (left, right) if self.isRightToLeft() else (right, left)
        if event.key() == Qt.Key.Key_Space:
            self.preview_wanted.emit(result)
        elif event.key() == inward:
            if result.passages > 1:
                self.unfold(result.path)
        elif event.key() == outward:
            self.fold(result.path)
        else:
            return False
        return True

    def _toggle(self, path: str) -> None:
        (self.fold if self._results.is_unfolded(path) else self.unfold)(path)

    def _is_on_toggle(self, index: QModelIndex, event: QMouseEvent) -> bool:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        return index.isValid() and self._delegate.is_on_toggle(option, index, event.position().toPoint())

    def _open(self, index: QModelIndex) -> None:
        if (result := index.data(Role.RESULT)) is not None:
            self.open_wanted.emit(result)

    def _open_menu_of_selected(self) -> None:
        results = self.selected_results()
        if results and QApplication.activePopupWidget() is None:  # some systems tell of the keys twice
            self.scrollTo(self.currentIndex())
            at = self.visualRect(self.currentIndex()).center()
            self.menu_for(*results).popup(self.viewport().mapToGlobal(at))

    def _watch(self) -> None:
        model, look = self._results, self.look_again
        for changed in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            changed.connect(look)
        self.selectionModel().currentChanged.connect(look)
        self.verticalScrollBar().valueChanged.connect(look)
        self.verticalScrollBar().rangeChanged.connect(look)

    def _look(self) -> None:
        """Say which result is current now, and whether the end of the list is near."""
        current = self.current_result()
        if not shows_the_same(current, self._told_current):
            self._told_current = current
            self.current_changed.emit(current)
        bar, count = self.verticalScrollBar(), self._results.count()
        if count and bar.value() >= bar.maximum() - _SCREENS_AHEAD * bar.pageStep():
            self.more_wanted.emit(count)
