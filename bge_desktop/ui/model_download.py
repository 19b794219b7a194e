"""The dialog by which a model is fetched from a hub: named, then shown as what it is, then agreed to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from bge_desktop.messages import FetchModel, LookUpModel, ModelFound, ModelNotAdded, displayable
from bge_desktop.ui import theme
from bge_desktop.ui.model_texts import data_text
from bge_desktop.ui.note import Note
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label


class ModelDownload(QDialog):
    """Asks for a name, has it looked up, and shows size, licence and revision before anything is fetched."""

    asked = Signal(object)
    """A `LookUpModel`, and once the person agrees, a `FetchModel`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Download a model"))
        self.name_edit = QLineEdit(placeholderText=self.tr("as {name}").format(name="BAAI/bge-m3"))
        self.revision_edit = QLineEdit(placeholderText=self.tr("the newest"))
        self.error = Note("warning")
        self._described = Label()
        self._found: ModelFound | None = None
        self._is_asking = False
        self.buttons = QDialogButtonBox()
        self.action_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._build()
        self._connect()
        self._show_state()

    @property
    def is_asking(self) -> bool:
        """Whether it waits for what the hub says."""
        return self._is_asking

    def show_found(self, found: ModelFound) -> None:
        """Show what the hub has; nothing is fetched before the person agrees."""
        self._is_asking, self._found = False, found
        self._show_state()

    def show_failure(self, failure: ModelNotAdded) -> None:
        """Show why nothing was found."""
        self._is_asking = False
        self.error.show_text(f"{failure.title}. {failure.message}")
        self._show_state()

    def text(self) -> str:
        """Return what is said of the model that was found."""
        return self._described.text()

    def accept(self) -> None:
        """Look the model up; where that is done, fetch it."""
        if self._found:
            self.asked.emit(FetchModel(self._found.name, self._found.commit))
            super().accept()
        elif self.name_edit.text().strip() and not self._is_asking:
            self._is_asking = True
            self.error.show_text("")
            self._show_state()
            self.asked.emit(LookUpModel(self.name_edit.text().strip(), self.revision_edit.text().strip()))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size with lines of a usual length."""
        width = theme.letter_width(self.fontMetrics()) * 70
        return QSize(width, max(super().sizeHint().height(), self.heightForWidth(width)))

    def _forget(self) -> None:
        self._found = None
        self._show_state()

    def _show_state(self) -> None:
        found = self._found
        self.action_button.setText(self.tr("Download") if found else self.tr("Look up"))
        self.action_button.setEnabled(bool(self.name_edit.text().strip()) and not self._is_asking)
        for edit in (self.name_edit, self.revision_edit):
            edit.setEnabled(not self._is_asking)
        waiting = self.tr("Asking the hub…") if self._is_asking else ""
        self._described.setText(self._description(found) if found else waiting)

    def _description(self, found: ModelFound) -> str:
        licence = displayable(found.licence) or self.tr("not told")
        return "\n".join(
            (
                self.tr("Size: {size}").format(size=data_text(found.bytes)),
                self.tr("Licence: {licence}").format(licence=licence),
                self.tr("Revision: {commit}").format(commit=displayable(found.commit)),
            )
        )

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for edit in (self.name_edit, self.revision_edit):
            edit.textChanged.connect(self._forget)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._wrapped(self.tr("A BERT or XLM-R sentence encoder with safetensors weights.")))
        form = QFormLayout()
        form.addRow(self.tr("&Name, with its owner's"), self.name_edit)
        form.addRow(self.tr("&Revision"), self.revision_edit)
        column.addLayout(form)
        privacy = self.tr("The hub learns the model's name and your address. Nothing of yours is sent.")
        column.addWidget(self._wrapped(privacy, dim=True))
        self._described.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        column.addWidget(self._described)
        column.addWidget(self.error)
        column.addStretch()
        column.addWidget(self.buttons)

    @staticmethod
    def _wrapped(text: str, *, dim: bool = False) -> Label:
        label = Label(text, Type.SMALL if dim else Type.BODY, dim=dim)
        label.setWordWrap(True)
        return label
