"""The page of the settings about what puts the best results in a better order."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSpinBox

from bge_desktop.errors import UserError
from bge_desktop.settings import Settings
from bge_desktop.ui.background import Background
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.core_texts import report_of
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.paths import shown_path
from bge_desktop.ui.settings_form import SettingsForm
from bge_desktop.ui.starting_folder import StartingFolder
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.tips import plain_tip

_STEP_MS = 100


class RerankingSettings(SettingsForm):
    """Chooses the folder of a reranker, and how long it may take; off, as it is at first, nothing of it runs."""

    failed = Signal(object)
    """An `ErrorReport`: a folder that was chosen holds no reranker that can be used."""

    def __init__(self, choices: Choices) -> None:
        super().__init__(choices, self.tr("Re-ranking"))
        self._background, self._start = Background(self), StartingFolder()
        self.add_text(
            self.tr(
                "A re-ranking model reads your question together with the passages of the best 20 results, and puts "
                "these in a better order. The first list shows at once; the better order follows."
            )
        )
        self._name = self.add_text("", Type.HEADING)
        self._folder = ElidedLabel("", Type.BODY, Qt.TextElideMode.ElideMiddle, dim=True)
        self._rows.addWidget(self._folder)
        self._note = self.add_text(
            self.tr(
                "On a processor, a large model takes seconds for a query. Those that you added are listed on the page "
                "of the models."
            ),
            dim=True,
        )
        self.choose_button, self.off_button = QPushButton(self.tr("Choose a folder…")), QPushButton(self.tr("Turn off"))
        self._add_buttons()
        time = QSpinBox(singleStep=_STEP_MS, suffix=self.tr(" ms"))
        note = self.tr("The results that it has not reached by then keep their places.")
        self.add_number("reranking_ms", self.tr("Time for a query"), time, note)
        self.add_check(
            "multi_vectors",
            self.tr("Let BGE-M3 look closer, where it reads the documents"),
            self.tr("It compares each word of the question with those of a passage, without a further model."),
        )
        self._follow(self._show_reranker)

    def choose(self) -> None:
        """Ask for a folder, and take it in use."""
        title = self.tr("The folder of a re-ranking model")
        if path := QFileDialog.getExistingDirectory(self, title, self._start.path()):
            self._start.note_choice(os.path.normpath(path))
            self.take(os.path.normpath(path))

    def take(self, folder: str) -> None:
        """Take the reranker in a folder in use, if it is one that can be; `failed` tells why not."""
        self.choose_button.setEnabled(False)
        self._background.do(partial(_checked, folder), self._take_checked, self._refuse)

    def close_background(self) -> None:
        """Wait until the folder that was chosen last has been looked at."""
        self._background.close()

    def _add_buttons(self) -> None:
        self.choose_button.clicked.connect(self.choose)
        self.off_button.clicked.connect(lambda: self._choices.change(reranker=""))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.choose_button)
        row.addWidget(self.off_button)
        row.addStretch()
        self._rows.addLayout(row)

    def _take_checked(self, folder: str) -> None:
        self.choose_button.setEnabled(True)
        self._choices.change(reranker=folder)

    def _refuse(self, error: UserError) -> None:
        self.choose_button.setEnabled(True)
        self.failed.emit(report_of(error))

    def _show_reranker(self, settings: Settings) -> None:
        folder = settings.reranker
        self._name.setText(os.path.basename(folder) or self.tr("Off"))
        self._folder.set_whole_text(shown_path(folder) if folder else "")
        self._folder.setToolTip(plain_tip(folder))
        for widget in (self._folder, self.off_button):
            widget.setVisible(bool(folder))
        self._note.setVisible(not folder)


def _checked(folder: str) -> str:
    """Return a folder with a reranker that can be used.

    Raises:
        ModelError: it has none.
    """
    from bge_desktop.bge.reranker_folder import read_reranker  # only now: the window is waited for

    return read_reranker(folder).folder
