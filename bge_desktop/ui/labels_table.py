"""The list of the labels: how it answers the keyboard, the mouse and the context menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from bge_desktop.messages import Label
from bge_desktop.ui import theme
from bge_desktop.ui.labels_model import LabelColumn, LabelsModel
from bge_desktop.ui.theme import GRID


class LabelsTable(QTableView):
    """Shows a `LabelsModel`. What is chosen is known by its id, and outlives an update."""

    chosen_changed = Signal()
    rename_wanted = Signal()
    remove_wanted = Signal()
    documents_wanted = Signal()
    """The documents of the chosen label are to be shown."""

    def __init__(self, model: LabelsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._chosen = model, 0
        self.setModel(model)
        self.setAccessibleName(self.tr("Labels"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self._set_up_headers()
        self._make_actions()
        self.doubleClicked.connect(self.documents_wanted)
        self.selectionModel().currentRowChanged.connect(self._note_choice)

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Show labels; the one that is chosen stays so, else the first one is."""
        chosen = self._chosen
        self._model.become(labels)
        row = self._model.row_of(chosen)
        if labels and not (row is not None and self.currentIndex().row() == row):
            self.setCurrentIndex(self._model.index(row or 0, 0))
        elif not labels:
            self._chosen = 0
        self.chosen_changed.emit()

    def choose(self, label: int) -> None:
        """Choose a label by its id, now or as soon as it is there."""
        self._chosen = label
        if (row := self._model.row_of(label)) is not None:
            self.setCurrentIndex(self._model.index(row, 0))

    def chosen(self) -> Label | None:
        """Return the label that is chosen; None where there is none."""
        row = self._model.row_of(self._chosen)
        return None if row is None else self._model.label(row)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font and palette."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._fit_rows()
        super().changeEvent(event)

    def _note_choice(self) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self._chosen = self._model.label(row).id
            self.chosen_changed.emit()

    def _make_actions(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._add_action(self.tr("Show documents"), ("Return", "Enter"), self.documents_wanted.emit)
        self._add_action(self.tr("Rename…"), ("F2",), self.rename_wanted.emit)
        self._add_action(self.tr("Remove…"), ("Delete",), self.remove_wanted.emit)

    def _add_action(self, text: str, keys: Sequence[str], act: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(own) for own in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)  # some desktops leave them out
        action.triggered.connect(lambda: act())
        self.addAction(action)

    def _set_up_headers(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LabelColumn.NAME, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.setIconSize(QSize(theme.icon_size(), theme.icon_size()))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
