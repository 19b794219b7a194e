"""The page about the library: its folders, and the files that could not be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from bge_desktop.messages import FolderRules, LibraryStatus, Progress
from bge_desktop.ui.failures_page import FailuresPage
from bge_desktop.ui.folders_page import FoldersPage
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.wording import number


class LibraryPage(QTabWidget):
    """Two tabs. While it is on show and the library changes, it asks now and then for what a `Progress` leaves out.

    Args:
        parent: the owner.
        pause_ms: how long it waits, at least, before it asks once more.
    """

    status_wanted = Signal()
    """A `LibraryStatus` is wanted; `show_status` takes it."""
    rules_chosen = Signal(object)
    """A `SetRules`."""

    def __init__(self, parent: QWidget | None = None, *, pause_ms: int = 2000) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        margin = QWidget()
        QHBoxLayout(margin).setContentsMargins(2 * GRID, 1, 0, 0)
        self.setCornerWidget(margin, Qt.Corner.TopLeftCorner)
        self.folders, self.failures = FoldersPage(), FailuresPage()
        self.addTab(self.folders, self.tr("Folders"))
        self.addTab(self.failures, "")
        self._rules: dict[str, FolderRules] = {}
        self._is_outdated = True
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(self._ask)
        self.folders.failures_wanted.connect(self.show_failures_of)
        self.folders.rules_wanted.connect(self._show_rules)
        self._name_failures()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the library is."""
        self._rules = {own.path: own.rules for own in progress.folders}
        self.folders.show_folders(progress.folders, progress.held)
        self.failures.show_progress(progress)
        self._name_failures()
        self._is_outdated = True
        self._ask()

    def show_status(self, status: LibraryStatus) -> None:
        """Show how many passages the folders have, and all files that could not be read."""
        self.folders.show_passages(status.folders)
        self.failures.show_status(status)

    def show_failures_of(self, folder: str) -> None:
        """List the files of a folder that could not be read."""
        self.setCurrentWidget(self.failures)
        self.failures.show_folder(folder)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask for what is to be shown."""
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        if self._is_outdated and self.isVisible() and not self._pause.isActive():
            self._is_outdated = False
            self._pause.start()
            self.status_wanted.emit()

    def _show_rules(self, folder: str) -> None:
        if folder not in self._rules:
            return  # it has gone meanwhile
        from bge_desktop.ui.rules_dialog import RulesDialog  # only now: the window is waited for

        dialog = RulesDialog(folder, self._rules[folder], self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.rules_chosen.connect(self.rules_chosen)
        dialog.open()

    def _name_failures(self) -> None:
        failed = self.failures.failed()
        text = self.tr("Not read ({count})") if failed else self.tr("Not read")
        self.setTabText(self.indexOf(self.failures), text.format(count=number(failed)))
