"""The list of results: how it answers the keyboard, the mouse and the context menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QModelIndex, QPointF, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QCursor, QHoverEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget

from bge_desktop.messages import SearchResult
from bge_desktop.ui.result_delegate import ResultDelegate
from bge_desktop.ui.result_menu import ResultAction, ResultMenu
from bge_desktop.ui.results_model import Index, ResultsModel, Role
from bge_desktop.ui.wording import container_text

_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
"""Not every system makes of them what it makes of the menu key: a request for the context menu."""


class ResultsView(QListView):
    """Shows a `ResultsModel`; says what a person wants to do with a result."""

    open_wanted = Signal(object)
    """The `SearchResult` to open at its place."""
    open_file_wanted = Signal(object)
    """The path of the file to open. Paths travel as objects: as a Qt string, a name that is not UTF-8 would be lost."""
    reveal_wanted = Signal(object)
    """The path of the file to show in its folder."""
    copy_wanted = Signal(object)
    """The path to copy."""
    similar_wanted = Signal(object)
    """The path of the file to which similar ones are wanted."""
    unlike_wanted = Signal(object)
    """The path of the file that is not what was looked for, nor are those like it."""
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
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)  # the row under the mouse is tinted
        self.setAccessibleName(self.tr("Results"))
        self.doubleClicked.connect(lambda index: self.open_wanted.emit(index.data(Role.RESULT)))
        self._make_actions()

    def result_to_open(self) -> SearchResult | None:
        """Return the selected result where it is in view, else the first one."""
        in_view = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        index = self.currentIndex() if in_view else self.model().index(0, 0)
        result: SearchResult | None = index.data(Role.RESULT) if index.isValid() else None
        return result

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

    def doItemsLayout(self) -> None:  # noqa: N802
        """Lay out the rows, and tint the one that is under the mouse now; Qt would tint the one that was before.

        All rows at once: in Qt's batches the list is blank until the last one, and a list that ends early for a moment
        scrolls back.
        """
        super().doItemsLayout()
        if self.viewport().underMouse():
            at = QCursor.pos()
            inside = QPointF(self.viewport().mapFromGlobal(at))
            event = QHoverEvent(QEvent.Type.HoverMove, inside, QPointF(at), inside)
            QCoreApplication.sendEvent(self.viewport(), event)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:  # noqa: N802
        """Select nothing when the selected row goes; Qt would select the one beside it, which nobody chose."""
        if start <= self.currentIndex().row() <= end:
            self.setCurrentIndex(QModelIndex())
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the context menu act on the selected row; Up in the first row leaves the list; Esc gives up."""
        index = self.currentIndex()
        action = self._pressed(event)
        if event.keyCombination() == _MENU_KEYS:
            self._open_menu_of_selected()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif action and index.isValid():
            action.act(index.data(Role.RESULT))
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what one can do with the row under the mouse, or with the selected one."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._open_menu_of_selected()
        elif (index := self.indexAt(event.pos())).isValid():
            self.setCurrentIndex(index)
            self.menu_for(index.data(Role.RESULT)).popup(self.viewport().mapToGlobal(event.pos()))

    def menu_for(self, result: SearchResult) -> ResultMenu:
        """Return the context menu of a result; it deletes itself when it closes."""
        menu = ResultMenu(result, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(*self._opening_actions(result))
        menu.add_copies(self.open_file_wanted.emit)
        menu.add(*self._search_actions)
        menu.add(self._removal)
        return menu

    def _opening_actions(self, result: SearchResult) -> list[ResultAction]:
        """Return what opens and shows a result; of one within another file, that one can be opened, too."""
        first, *others = self._file_actions
        whole = container_text(result.path) if result.place else ""
        return [first, *([ResultAction(whole, (), _of_path(self.open_file_wanted))] if whole else []), *others]

    def _open_menu_of_selected(self) -> None:
        index = self.currentIndex()
        if index.isValid() and QApplication.activePopupWidget() is None:  # some systems tell of the keys twice
            self.scrollTo(index)
            at = self.visualRect(index).center()
            self.menu_for(index.data(Role.RESULT)).popup(self.viewport().mapToGlobal(at))

    def _pressed(self, event: QKeyEvent) -> ResultAction | None:
        actions = (*self._file_actions, *self._search_actions)
        return next((action for action in actions if action.is_pressed(event)), None)

    def _make_actions(self) -> None:
        self._file_actions = (
            ResultAction(self.tr("Open"), ("Enter", "Return"), self.open_wanted.emit),
            ResultAction(self.tr("Show in folder"), ("Ctrl+Enter", "Ctrl+Return"), _of_path(self.reveal_wanted)),
            ResultAction(self.tr("Copy path"), ("Ctrl+C",), _of_path(self.copy_wanted)),
        )
        self._search_actions = (
            ResultAction(self.tr("Find similar documents"), ("Ctrl+Shift+F",), _of_path(self.similar_wanted)),
            ResultAction(self.tr("Not like this"), ("Ctrl+Shift+N",), _of_path(self.unlike_wanted)),
        )
        self._removal = ResultAction(self.tr("Remove folder…"), (), self.remove_wanted.emit)


def _of_path(signal: SignalInstance) -> Callable[[SearchResult], None]:
    return lambda result: signal.emit(result.path)
