"""The page of the labels: which there are, and for the one that is chosen what it is proposed for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from bge_desktop import query_terms
from bge_desktop.messages import Decision, Labels, Proposals
from bge_desktop.ui.label_boxes import LabelRemovalBox, ask_for_name
from bge_desktop.ui.label_panel import LabelPanel
from bge_desktop.ui.labels_model import LabelsModel
from bge_desktop.ui.labels_table import LabelsTable
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.widgets import Pages

_LIST, _PANEL = 40, 82
"""Of the width, at first."""


class LabelsPage(QWidget):
    """Labels on the left, the proposals of one on the right; without labels, a note that says how to begin.

    `LabelsLink` connects the page to the worker.
    """

    shown_changed = Signal(bool)
    """Whether the page is on show."""
    chosen = Signal(int)
    """The id of the label whose proposals are wanted."""
    query_wanted = Signal(str)
    """A query that finds the documents of a label."""
    open_wanted = Signal(object)
    """The path of the file to open."""
    add_wanted = Signal(str)
    """The name of a label that is to be made."""
    rename_wanted = Signal(int, str)
    """The id of a label, and the name that it is to have."""
    remove_wanted = Signal(int)
    """The id of the label that is to be removed."""
    threshold_wanted = Signal(int, object)
    """The id of a label, and the confidence from which it is to apply itself; None for never."""
    decided = Signal(object, str, object)
    """A tuple of paths of documents, the name of a label, and the `Decision`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Labels"))
        self.model = LabelsModel(self)
        self.table, self.panel = LabelsTable(self.model), LabelPanel()
        self.add_button = QPushButton(self.tr("New label…"))
        self.rename_button = QPushButton(self.tr("Rename…"))
        self.remove_button = QPushButton(self.tr("Remove…"))
        self.nothing = NotePage(
            "labels",
            self.tr("No labels yet"),
            self.tr(
                "Give a few documents a label, as “Tax” or “Recipes”: others that are like them are then proposed."
            ),
        )
        self._wanted, self._is_learning = "", False
        self._blank, self._splitter, self._pages = QWidget(), QSplitter(), Pages()
        self._build()
        self._connect()

    def show_labels(self, told: Labels) -> None:
        """Show the labels."""
        self._is_learning = told.is_learning
        made = next((own.id for own in told.labels if own.name == self._wanted), None)
        self.table.show_labels(told.labels)
        if made is not None:
            self._wanted = ""
            self.table.choose(made)
        self._pages.setCurrentWidget(self._splitter if told.labels else self.nothing)
        if self.hasFocus():
            self._lead_keyboard()

    def show_proposals(self, told: Proposals) -> None:
        """Show what the label that is chosen is proposed for."""
        self.panel.show_proposals(told)

    def ask_for_new(self) -> None:
        """Ask what a new label is called."""
        ask_for_name(self, self.tr("New label"), "", self._add)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Lead the keyboard to the list, as soon as it is known what is in it."""
        super().focusInEvent(event)
        if self._pages.currentWidget() is not self._blank:
            self._lead_keyboard()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask for what is to be shown."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Ask for it no more."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def _lead_keyboard(self) -> None:
        target = self.table if self.model.rowCount() else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, name: str) -> None:
        self._wanted = name
        self.add_wanted.emit(name)

    def _show_chosen(self) -> None:
        label = self.table.chosen()
        for button in (self.rename_button, self.remove_button):
            button.setEnabled(label is not None)
        if label is not None:
            self.panel.show_label(label, is_learning=self._is_learning)
            self.chosen.emit(label.id)

    def _rename(self) -> None:
        if label := self.table.chosen():
            ask_for_name(self, self.tr("Rename label"), label.name, partial(self.rename_wanted.emit, label.id))

    def _remove(self) -> None:
        if label := self.table.chosen():
            box = LabelRemovalBox(label, self)
            box.remove_button.clicked.connect(partial(self.remove_wanted.emit, label.id))
            box.open()

    def _show_documents(self) -> None:
        if label := self.table.chosen():
            self.query_wanted.emit(query_terms.label(label.name))

    def _decide(self, paths: tuple[str, ...], decision: Decision) -> None:
        if label := self.table.chosen():
            self.decided.emit(paths, label.name, decision)

    def _want_threshold(self, threshold: float | None) -> None:
        if label := self.table.chosen():
            self.threshold_wanted.emit(label.id, threshold)

    def _connect(self) -> None:
        self.table.chosen_changed.connect(self._show_chosen)
        self.table.documents_wanted.connect(self._show_documents)
        self.table.rename_wanted.connect(self._rename)
        self.table.remove_wanted.connect(self._remove)
        self.panel.documents_wanted.connect(self._show_documents)
        self.panel.decided.connect(self._decide)
        self.panel.threshold_wanted.connect(self._want_threshold)
        self.panel.open_wanted.connect(self.open_wanted)
        self.add_button.clicked.connect(self.ask_for_new)
        self.rename_button.clicked.connect(self._rename)
        self.remove_button.clicked.connect(self._remove)

    def _build(self) -> None:
        for button in (self.rename_button, self.remove_button):
            button.setEnabled(False)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.panel)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(2 * GRID)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LIST * GRID, _PANEL * GRID])
        for page in (self._blank, self._splitter, self.nothing):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        for button in (self.add_button, self.rename_button, self.remove_button):
            foot.addWidget(button)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
