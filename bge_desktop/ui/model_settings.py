"""The page of the settings about the models that read the documents: which are used, and which can be chosen."""

from __future__ import annotations

import os

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from bge_desktop.messages import (
    AddingProgress,
    AddModel,
    CancelAdding,
    CancelSwitch,
    ErrorReport,
    Event,
    FetchModel,
    ForgetFormer,
    LibraryStatus,
    LookUpModel,
    ModelAdded,
    ModelFound,
    ModelNotAdded,
    ModelsListed,
    RemoveModel,
    ReturnToFormer,
)
from bge_desktop.ui.added_models import AddedModels
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.flow_layout import FlowLayout
from bge_desktop.ui.model_choice import ModelChoice
from bge_desktop.ui.model_download import ModelDownload
from bge_desktop.ui.model_texts import adding_text, coming_text, former_text
from bge_desktop.ui.model_work import ModelWork
from bge_desktop.ui.settings_form import SettingsForm
from bge_desktop.ui.starting_folder import StartingFolder
from bge_desktop.ui.theme import GRID, Type


class ModelSettings(SettingsForm):
    """Shows and changes which models read the passages; adds models, and removes them."""

    asked = Signal(object)
    """A request for the worker; `take` takes what answers it."""
    failed = Signal(object)
    """An `ErrorReport`: a model was not added."""

    def __init__(self, choices: Choices) -> None:
        super().__init__(choices, self.tr("Models"))
        self._start, self._listed = StartingFolder(), ModelsListed((), ())
        self._devices: dict[str, str] = {}
        self.choice, self.switch, self.adding, self.added = ModelChoice(), ModelWork(), ModelWork(), AddedModels()
        self.download: ModelDownload | None = None
        self._add_use()
        self._add_models()
        self._add_long_passages()
        self._connect()
        self._show_models()

    def show_status(self, status: LibraryStatus) -> None:
        """Show where the models run."""
        self._devices = {model.name: model.device for model in status.models}
        self._show_models()

    def take(self, event: Event) -> None:
        """Take what is told of models."""
        match event:
            case ModelsListed():
                self._listed = event
                self._show_models()
            case AddingProgress():
                self.adding.show_text(adding_text(event), event.done / max(event.total, 1))
            case ModelAdded():
                self._end_adding()
            case ModelFound():
                if self.download is not None:
                    self.download.show_found(event)
            case ModelNotAdded():
                self._take_failure(event)

    def choose_folder(self) -> None:
        """Ask for a model's folder, and add it."""
        if path := QFileDialog.getExistingDirectory(self, self.tr("The folder of a model"), self._start.path()):
            self._start.note_choice(os.path.normpath(path))
            self._begin(AddModel(os.path.normpath(path)))

    def show_download(self) -> None:
        """Ask for the name of a model on a hub."""
        self.download = ModelDownload(self)
        self.download.asked.connect(self._ask_hub)
        self.download.finished.connect(self._drop_download)
        self.download.open()

    def _ask_hub(self, request: LookUpModel | FetchModel) -> None:
        if isinstance(request, FetchModel):
            self._begin(request)
        else:
            self.asked.emit(request)

    def _drop_download(self) -> None:
        """Let the dialog go; what it still waited for is given up."""
        dialog, self.download = self.download, None
        if dialog is not None:
            if dialog.is_asking:
                self.asked.emit(CancelAdding())
            dialog.deleteLater()

    def _begin(self, request: AddModel | FetchModel) -> None:
        name = os.path.basename(request.folder) if isinstance(request, AddModel) else request.name
        self.adding.show_text(self.tr("Adding {name}…").format(name=name))
        self._enable_adding(False)
        self.asked.emit(request)

    def _take_failure(self, failure: ModelNotAdded) -> None:
        if self.download is not None and self.download.is_asking:
            self.download.show_failure(failure)
            return
        self._end_adding()
        if failure.title:
            self.failed.emit(ErrorReport(failure.title, failure.message, failure.path))

    def _end_adding(self) -> None:
        self.adding.hide()
        self._enable_adding(True)

    def _enable_adding(self, is_possible: bool) -> None:
        for button in (self.folder_button, self.download_button):
            button.setEnabled(is_possible)

    def _show_models(self) -> None:
        listed = self._listed
        self.choice.show_models(listed, self._devices)
        self.switch.setVisible(listed.coming is not None)
        if coming := listed.coming:
            self.switch.show_text(coming_text(coming), coming.done / max(coming.total, 1))
        self._former.setText(former_text(listed.former, listed.former_bytes))
        for part in (self._former, self.return_button, self.forget_button):
            part.setVisible(bool(listed.former))
        self._show_added()

    def _show_added(self, _: object = None) -> None:
        listed = self._listed
        coming = listed.coming.models if listed.coming else ()
        added = [own for own in listed.available if not own.is_bundled]
        used = {own.name for own in (*listed.in_use, *coming, *listed.former)}
        used |= {own.name for own in added if own.reranker and own.reranker == self._choices.settings.reranker}
        self.added.show_models(added, used)
        self._none.setVisible(not added)

    def _add_use(self) -> None:
        self.add_text(
            self.tr(
                "Each passage is read by the model of its language, on this machine. When you use another model, all "
                "passages are read anew in the background; until then, the models of before go on answering."
            )
        )
        self._rows.addWidget(self.choice)
        self._rows.addWidget(self.switch)
        self._former = self.add_text("", dim=True)
        self.return_button = QPushButton(self.tr("Return to the former"))
        self.forget_button = QPushButton(self.tr("Remove the former"))
        self._add_row_of(self.return_button, self.forget_button)

    def _add_models(self) -> None:
        self.add_text(self.tr("Added models"), Type.HEADING)
        self._none = self.add_text(self.tr("None. The two that come with the app are always there."), dim=True)
        self._rows.addWidget(self.added)
        self._rows.addWidget(self.adding)
        self.folder_button = QPushButton(self.tr("Choose a folder…"))
        self.download_button = QPushButton(self.tr("Download…"))
        self._add_row_of(self.folder_button, self.download_button)
        self.add_text(
            self.tr(
                "BERT and XLM-R sentence encoders with safetensors weights, as BGE's. A passage that is longer than "
                "what a model reads at once is read in parts, and found by all of them."
            ),
            Type.SMALL,
            dim=True,
        )

    def _add_long_passages(self) -> None:
        self.add_check(
            "long_passages",
            self.tr("Divide documents into passages as long as the models read"),
            self.tr(
                "For models such as BGE-M3, which read 8,192 tokens: most documents are one passage then. All are read "
                "and embedded anew. A long passage takes more time and memory than the same text in short ones, up to "
                "a minute each on a processor, and a result leads less exactly to the place."
            ),
        )

    def _add_row_of(self, *buttons: QPushButton) -> None:
        line = QWidget()
        row = FlowLayout(line, GRID)
        for button in buttons:
            row.addWidget(button)
        self._rows.addWidget(line)

    def _connect(self) -> None:
        self.choice.chosen.connect(self.asked)
        self.added.removal_wanted.connect(lambda name: self.asked.emit(RemoveModel(name)))
        self.added.reranker_chosen.connect(lambda folder: self._choices.change(reranker=folder))
        self._choices.changed.connect(self._show_added)
        self.switch.cancelled.connect(lambda: self.asked.emit(CancelSwitch()))
        self.adding.cancelled.connect(lambda: self.asked.emit(CancelAdding()))
        self.return_button.clicked.connect(lambda: self.asked.emit(ReturnToFormer()))
        self.forget_button.clicked.connect(lambda: self.asked.emit(ForgetFormer()))
        self.folder_button.clicked.connect(self.choose_folder)
        self.download_button.clicked.connect(self.show_download)
