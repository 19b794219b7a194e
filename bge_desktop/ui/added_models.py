"""The models that were added to those that come with the app, each with a way to remove it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bge_desktop.messages import AvailableModel
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.model_texts import available_text
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.tips import plain_tip


class AddedModels(QWidget):
    """A line for each model. One that the library has vectors of is not removed."""

    removal_wanted = Signal(str)
    """The model's name."""
    reranker_chosen = Signal(str)
    """The folder of the one that is to put results in a better order."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._shown: tuple[Sequence[AvailableModel], Collection[str]] = ((), ())
        self.buttons: dict[str, QPushButton] = {}
        self.use_buttons: dict[str, QPushButton] = {}

    def show_models(self, models: Sequence[AvailableModel], used: Collection[str]) -> None:
        """Show models, and by their names those that are used."""
        if (models, used) == self._shown:
            return
        self._shown = models, used
        self.buttons.clear()
        self.use_buttons.clear()
        while (item := self._column.takeAt(0)) is not None:
            if line := item.widget():
                line.deleteLater()
        for model in models:
            self._column.addWidget(self._line(model, is_used=model.name in used))

    def _line(self, model: AvailableModel, *, is_used: bool) -> QWidget:
        line = QWidget()
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 4)
        details = ElidedLabel(available_text(model), Type.SMALL, Qt.TextElideMode.ElideRight, dim=True)
        details.setToolTip(plain_tip(available_text(model)))
        texts.addWidget(ElidedLabel(model.name, Type.BODY, Qt.TextElideMode.ElideMiddle))
        texts.addWidget(details)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addLayout(texts, 1)
        if model.reranker:
            row.addWidget(self._use_button(model, is_used=is_used))
        row.addWidget(self._button(model.name, is_used=is_used))
        return line

    def _use_button(self, model: AvailableModel, *, is_used: bool) -> QPushButton:
        button = self.use_buttons[model.name] = QPushButton(self.tr("Use for re-ranking"))
        button.setAccessibleName(self.tr("Use {name} for re-ranking").format(name=model.name))
        button.setEnabled(not is_used)
        button.clicked.connect(lambda: self.reranker_chosen.emit(model.reranker))
        return button

    def _button(self, name: str, *, is_used: bool) -> QPushButton:
        button = self.buttons[name] = QPushButton(self.tr("Remove"))
        button.setAccessibleName(self.tr("Remove {name}").format(name=name))
        button.setEnabled(not is_used)
        button.setToolTip(plain_tip(self.tr("It is in use, or kept for a return.")) if is_used else "")
        button.clicked.connect(lambda: self.removal_wanted.emit(name))
        return button
