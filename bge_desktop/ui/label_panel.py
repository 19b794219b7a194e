"""What there is to say of one label: whether it applies itself, and what it is proposed for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from bge_desktop.messages import LEAST_EXAMPLES, Decision, Label, Proposals
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.proposals_model import ProposalsModel
from bge_desktop.ui.proposals_view import ProposalsView
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label as TextLabel
from bge_desktop.ui.widgets import Pages
from bge_desktop.ui.wording import documents_text, found_text, number

_FIRST_PERCENT, _LEAST_PERCENT, _MOST_PERCENT = 90, 50, 99


class LabelPanel(QWidget):
    """The proposals of the label that is chosen, and above them its threshold."""

    decided = Signal(object, object)
    """A tuple of paths of documents, and the `Decision` about the label."""
    threshold_wanted = Signal(object)
    """The confidence, 0 to 1, from which the label is to apply itself; None for never."""
    documents_wanted = Signal()
    """The documents that have the label are to be shown."""
    open_wanted = Signal(object)
    """The path of the file to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: Label | None = None
        self.name_label = ElidedLabel("", Type.HEADING, Qt.TextElideMode.ElideMiddle)
        self.count_label = TextLabel("", Type.SMALL, dim=True)
        self.show_button = QPushButton(self.tr("Show documents"))
        self.by_itself = QCheckBox(self.tr("Apply by itself from"))
        self.percent = QSpinBox(minimum=_LEAST_PERCENT, maximum=_MOST_PERCENT, value=_FIRST_PERCENT)
        self.view = ProposalsView(ProposalsModel(self))
        self.accept_button = QPushButton(self.tr("Accept"))
        self.reject_button = QPushButton(self.tr("Reject"))
        self.shown_label = ElidedLabel("", Type.SMALL, Qt.TextElideMode.ElideRight, dim=True)
        self.too_few = NotePage("labels", *self._too_few_text())
        self.nothing = NotePage("check", *self._nothing_text())
        self.learning = NotePage("labels", *self._learning_text())
        self.pages = Pages()
        self._build()
        self._connect()

    def show_label(self, label: Label, *, is_learning: bool) -> None:
        """Show a label; its proposals follow."""
        if self._label is None or self._label.id != label.id:
            self.view.show_proposals(())
            self.shown_label.set_whole_text("")
        self._label, self._is_learning = label, is_learning
        self.name_label.set_whole_text(label.name)
        self.count_label.setText(documents_text(label.documents))
        self.show_button.setEnabled(bool(label.documents))
        self._show_threshold(label.threshold)
        self._choose_page()

    def show_proposals(self, told: Proposals) -> None:
        """Show what the label is proposed for; what is told of another one says nothing here."""
        if self._label is not None and told.label == self._label.id:
            self.view.show_proposals(told.proposals)
            self.shown_label.set_whole_text(found_text(len(told.proposals), told.total) if told.proposals else "")
            self._choose_page()

    def _show_threshold(self, threshold: float | None) -> None:
        for widget in (self.by_itself, self.percent):
            widget.blockSignals(True)
        self.by_itself.setChecked(threshold is not None)
        self.percent.setEnabled(threshold is not None)
        if threshold is not None and not self.percent.hasFocus():
            self.percent.setValue(round(100 * threshold))
        for widget in (self.by_itself, self.percent):
            widget.blockSignals(False)

    def _choose_page(self) -> None:
        assert self._label is not None
        if self.view.model().rowCount():
            self.pages.setCurrentWidget(self.view)
        elif self._label.examples < LEAST_EXAMPLES:
            self.pages.setCurrentWidget(self.too_few)
        else:
            self.pages.setCurrentWidget(self.learning if self._is_learning else self.nothing)
        has_proposals = self.pages.currentWidget() is self.view
        for button in (self.accept_button, self.reject_button):
            button.setVisible(has_proposals)
        self._enable_buttons()

    def _enable_buttons(self) -> None:
        for button in (self.accept_button, self.reject_button):
            button.setEnabled(self.view.selectionModel().hasSelection())

    def _want_threshold(self) -> None:
        self.percent.setEnabled(self.by_itself.isChecked())
        self.threshold_wanted.emit(self.percent.value() / 100 if self.by_itself.isChecked() else None)

    def _too_few_text(self) -> tuple[str, str]:
        text = self.tr("Choose “Labels” in the menu of a result and give this label to {count} documents or more.")
        return self.tr("A few examples are needed"), text.format(count=number(LEAST_EXAMPLES))

    def _nothing_text(self) -> tuple[str, str]:
        text = self.tr("Give the label to further documents, of other sorts as well, and it may find more.")
        return self.tr("It is proposed for no document"), text

    def _learning_text(self) -> tuple[str, str]:
        return self.tr("Learning…"), self.tr("What the label may fit is shown here in a moment.")

    def _connect(self) -> None:
        self.view.decided.connect(self.decided)
        self.view.open_wanted.connect(self.open_wanted)
        self.view.selectionModel().selectionChanged.connect(self._enable_buttons)
        self.accept_button.clicked.connect(lambda: self.view.decide(Decision.YES))
        self.reject_button.clicked.connect(lambda: self.view.decide(Decision.NO))
        self.show_button.clicked.connect(self.documents_wanted)
        self.by_itself.toggled.connect(self._want_threshold)
        self.percent.valueChanged.connect(self._want_threshold)

    def _build(self) -> None:
        self.percent.setSuffix(self.tr(" %"))
        self.percent.setAccessibleName(self.tr("The confidence from which the label applies itself"))
        self.percent.setKeyboardTracking(False)
        for page in (self.view, self.too_few, self.nothing, self.learning):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(_row(self.name_label, 1, self.count_label, self.show_button))
        column.addLayout(_row(self.by_itself, self.percent, None))
        column.addWidget(self.pages, 1)
        column.addLayout(_row(self.accept_button, self.reject_button, self.shown_label, 1))


def _row(*parts: QWidget | int | None) -> QHBoxLayout:
    """Return widgets in a row; a number behind one is its share of the room, None takes what is left."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for part in parts:
        if isinstance(part, QWidget):
            row.addWidget(part)
        elif part is None:
            row.addStretch()
        else:
            row.setStretch(row.count() - 1, part)
    return row
