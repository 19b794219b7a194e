"""Which model is to read which passages: chosen, then taken in use with a button, since all is read anew then."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from bge_desktop.messages import ModelsListed, UseModels
from bge_desktop.ui.model_texts import language_text, used_text
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label

_SHORTEST = 12  # characters of a list that has no room for the longest name
_LANGUAGES = ("en", "zh")


class ModelChoice(QWidget):
    """A list of the models for each language. What is chosen and not taken in use yet is left alone."""

    chosen = Signal(object)
    """A `UseModels`."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {language: QComboBox() for language in _LANGUAGES}
        self._notes = {language: Label(style=Type.SMALL, dim=True) for language in _LANGUAGES}
        self._wanted: Mapping[str, str] = {}
        self.use_button = QPushButton(self.tr("Use these models"))
        self.use_button.setEnabled(False)
        self._build()
        for box in self.boxes.values():
            box.activated.connect(self._offer)
        self.use_button.clicked.connect(lambda: self.chosen.emit(UseModels(**self._selected())))

    def show_models(self, listed: ModelsListed, devices: Mapping[str, str]) -> None:
        """Show the models of a library.

        Args:
            listed: those that there are, and are in use.
            devices: where they run, by name.
        """
        names = [model.name for model in listed.available if not model.reranker]
        coming = {own.language: own.name for own in listed.coming.models} if listed.coming else {}
        wanted = {own.language: coming.get(own.language, own.name) for own in listed.in_use}
        for own in listed.in_use:
            is_open = self._selected().get(own.language) not in (None, self._wanted.get(own.language))
            self._fill(own.language, names, "" if is_open else wanted[own.language])
            self._notes[own.language].setText(used_text(own, devices.get(own.name, "")))
        self._wanted = wanted
        self._offer()

    def text(self) -> str:
        """Return what is said of the models in use."""
        return "\n".join(f"{language_text(own)}\n{note.text()}" for own, note in self._notes.items())

    def _selected(self) -> dict[str, str]:
        return {language: box.currentText() for language, box in self.boxes.items() if box.count()}

    def _fill(self, language: str, names: list[str], wanted: str) -> None:
        """Offer models; keep the one that is selected, where none is wanted and it is still there."""
        box = self.boxes[language]
        selected = wanted or box.currentText()
        if selected not in names:  # its files are gone, and it is in use all the same
            names = [*names, selected]
        if [box.itemText(row) for row in range(box.count())] != names:
            box.clear()
            box.addItems(names)
        box.setCurrentText(selected)

    def _offer(self) -> None:
        self.use_button.setEnabled(bool(self._wanted) and self._selected() != self._wanted)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for language, box in self.boxes.items():
            heading = Label(language_text(language), Type.HEADING)
            heading.setBuddy(box)
            box.setAccessibleName(language_text(language))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_SHORTEST)
            heading.setWordWrap(True)
            self._notes[language].setWordWrap(True)
            for part in (heading, box, self._notes[language]):
                column.addWidget(part)
            column.addSpacing(GRID)
        column.addWidget(self.use_button, 0, Qt.AlignmentFlag.AlignLeading)
