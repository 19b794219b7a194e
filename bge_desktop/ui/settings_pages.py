"""The pages of the settings, but for the general one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from bge_desktop.logs.files import log_folder
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.paths import shown_path
from bge_desktop.ui.settings_form import SettingsForm
from bge_desktop.ui.theme import Type

_MEMORY_STEP_MB = 256


class FoldersSettings(SettingsForm):
    """What holds for all folders, and the way to the page where each has its own."""

    folders_wanted = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__(choices, self.tr("Folders"))
        self.add_text(self.tr("Each folder has rules of its own: what is left out, and how large a file may be."))
        self.add_button(self.tr("Show folders"), self.folders_wanted.emit)
        self.add_text(
            self.tr(
                "In every folder, other programs' folders, caches, secrets such as keys and password stores, and "
                "hidden files are left out, and .gitignore and .bgeignore files are heeded."
            ),
            dim=True,
        )


class PerformanceSettings(SettingsForm):
    """How much of the machine is used, and when."""

    def __init__(self, choices: Choices) -> None:
        super().__init__(choices, self.tr("Performance"))
        self._add_power()
        threads = QSpinBox()
        threads.setSpecialValueText(self.tr("Chosen by the app"))
        self.add_number("threads", self.tr("Processor threads"), threads, self.tr("For reading meaning."))
        memory = QSpinBox(singleStep=_MEMORY_STEP_MB, suffix=self.tr(" MB"))
        note = self.tr("The most that one process may take that reads files. A file that needs more is not read.")
        self.add_number("memory_mb", self.tr("Memory of a reader"), memory, note)
        idle = QDoubleSpinBox(decimals=1, suffix=self.tr(" min"))
        note = self.tr("After so long without work the models leave the memory. The next key brings them back.")
        self.add_number("idle_minutes", self.tr("Free memory after"), idle, note)

    def _add_power(self) -> None:
        choices = (
            ("slowly", self.tr("Index slowly")),
            ("wait", self.tr("Wait for mains power")),
            ("normally", self.tr("Index as usual")),
        )
        self.add_list("on_battery", self.tr("On battery"), choices, self.tr("Search is never slowed down."))
        self.add_check("during_presentations", self.tr("Index during presentations and films"))


class PrivacySettings(SettingsForm):
    """What is kept, and where."""

    clear_history_wanted = Signal()
    reveal_wanted = Signal(object)
    """The path to show in the file manager."""

    def __init__(self, choices: Choices, library: str) -> None:
        super().__init__(choices, self.tr("Privacy"))
        self.add_text(
            self.tr(
                "Nothing of yours leaves this machine: no account, no telemetry, and no network, but for models that "
                "you ask to be downloaded. The library is readable by you alone."
            )
        )
        self.add_check(
            "keep_history", self.tr("Remember past searches"), self.tr("They are offered in the search bar.")
        )
        self.clear_button = self.add_button(self.tr("Clear history"), self.clear_history_wanted.emit)
        logs_note = self.tr("Logs and crash reports hold no text, names or searches, and are sent to nobody.")
        self._add_place(self.tr("Library"), library, self.tr("What is known of your documents."))
        self._add_place(self.tr("Logs"), log_folder(library), logs_note)

    def _add_place(self, name: str, path: str, note: str) -> None:
        self.add_text(name, Type.HEADING)
        self.add_text(note, Type.SMALL, dim=True)
        self.add_path(shown_path(path))
        button = self.add_button(self.tr("Show in folder"), lambda: self.reveal_wanted.emit(path))
        button.setAccessibleName(self.tr("Show in folder: {name}").format(name=name))
