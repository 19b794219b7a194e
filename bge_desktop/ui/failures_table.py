"""The table of the files that failed: how it answers the keyboard, the mouse and the context menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from bge_desktop.messages import Failure
from bge_desktop.ui import theme
from bge_desktop.ui.failure_list import Column, FailureFilter, listed_text
from bge_desktop.ui.failures_model import FailuresModel
from bge_desktop.ui.theme import GRID

_WIDTHS = {Column.NAME: 32, Column.REASON: 26, Column.KIND: 14, Column.WHEN: 22}
"""In average characters, to begin with; the folder has what is left."""
_Flag = QItemSelectionModel.SelectionFlag


class FailuresTable(QTableView):
    """Shows a `FailuresModel`. What is chosen is known by its path, and outlives an update and another order."""

    chosen_changed = Signal()
    open_wanted = Signal(object)
    """The path of the file to open."""
    reveal_wanted = Signal(object)
    """The path of the file to show in its folder."""
    retry_wanted = Signal()
    """What is chosen is to be tried again."""

    def __init__(self, model: FailuresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Files that could not be read"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self._set_up_headers()
        self._make_actions()
        self.doubleClicked.connect(self.open_current)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.selectionModel().currentRowChanged.connect(self.chosen_changed)

    def show_failures(self, failures: Sequence[Failure], wanted: FailureFilter) -> None:
        """Show those of these failures that are wanted."""
        with self._keeping_choice():
            self._model.set_failures(failures, wanted)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font."""
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
        super().changeEvent(event)

    def chosen(self) -> list[Failure]:
        """Return what is told of the files that are selected."""
        return [self._model.failure(index.row()) for index in self.selectionModel().selectedRows()]

    def has_choice(self) -> bool:
        """Return whether any file is selected."""
        return self.selectionModel().hasSelection()

    def current(self) -> Failure | None:
        """Return what is told of the file that the keyboard is at; None where that is at none."""
        row = self.currentIndex().row()
        return self._model.failure(row) if row >= 0 else None

    def open_current(self) -> None:
        """Ask to open the file that the keyboard is at."""
        if failure := self.current():
            self.open_wanted.emit(failure.path)

    def reveal_current(self) -> None:
        """Ask to show the file that the keyboard is at in its folder."""
        if failure := self.current():
            self.reveal_wanted.emit(failure.path)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        with self._keeping_choice():
            self._model.sort(column, order)

    @contextmanager
    def _keeping_choice(self) -> Iterator[None]:
        current, chosen = self.current(), {own.path for own in self.chosen()}
        top = self.verticalScrollBar().value()
        yield
        rows = {own.path: row for row, own in enumerate(self._model.failures())}
        self.selectionModel().select(self._selection(rows[path] for path in chosen & rows.keys()), _Flag.ClearAndSelect)
        if current and current.path in rows:
            self.selectionModel().setCurrentIndex(self._model.index(rows[current.path], 0), _Flag.NoUpdate)
        self.verticalScrollBar().setValue(top)

    def _selection(self, rows: Iterable[int]) -> QItemSelection:
        """Return a selection of rows, in few ranges: thousands of them would be slow."""
        selection, ordered = QItemSelection(), sorted(rows)
        for _, run in groupby(enumerate(ordered), lambda place_and_row: place_and_row[1] - place_and_row[0]):
            members = [row for _, row in run]
            selection.select(self._model.index(members[0], 0), self._model.index(members[-1], len(Column) - 1))
        return selection

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(listed_text(self.chosen()))

    def _make_actions(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._add_action(self.tr("Open"), ("Return", "Enter"), self.open_current)
        self._add_action(self.tr("Show in folder"), ("Ctrl+Return", "Ctrl+Enter"), self.reveal_current)
        self._add_action(self.tr("Copy"), ("Ctrl+C",), self._copy)
        self._add_action(self.tr("Retry"), ("F5",), self.retry_wanted.emit)

    def _add_action(self, text: str, keys: Sequence[str], act: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(own) for own in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)  # some desktops leave them out
        action.triggered.connect(lambda: act())
        self.addAction(action)

    def _set_up_headers(self) -> None:
        header, width = self.horizontalHeader(), theme.letter_width(self.fontMetrics())
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSortIndicator(Column.WHEN, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(8 * width)
        for column, characters in _WIDTHS.items():
            header.resizeSection(column, characters * width)
        header.sortIndicatorChanged.connect(self._sort)
        self.verticalHeader().hide()
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.setIconSize(QSize(theme.icon_size(), theme.icon_size()))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
