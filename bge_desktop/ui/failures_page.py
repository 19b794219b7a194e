"""The page of the files that could not be read, or only in part: which, why, what to do, and trying them again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from bge_desktop.messages import Failure, FolderStatus, LibraryStatus, Progress
from bge_desktop.ui.failure_details import FailureDetails
from bge_desktop.ui.failure_filters import FailureFilters
from bge_desktop.ui.failure_list import FailureFilter, listed_text
from bge_desktop.ui.failures_model import FailuresModel
from bge_desktop.ui.failures_table import FailuresTable
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, Label
from bge_desktop.ui.wording import number

_MOST = 10_000


class FailuresPage(QStackedWidget):
    """A table with filters above it, and below it what to do about the file that is chosen in it.

    A `Progress` tells of the newest failures only: where there are more, those of the last `LibraryStatus` stay.
    """

    retry_wanted = Signal(object)
    """A tuple of the paths to try again; an empty one for all but those that are put aside. Paths travel as objects: as
    a Qt string, a name that is not UTF-8 would be lost."""
    open_wanted = Signal(object)
    """The path of the file to open."""
    reveal_wanted = Signal(object)
    """The path of the file to show in its folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Files that could not be read"))
        self._failures: tuple[Failure, ...] = ()
        self._total = self._failed = 0
        self.model = FailuresModel(self)
        self.filters = FailureFilters()
        self.table = FailuresTable(self.model)
        self.details = FailureDetails()
        self.count_label = Label(style=Type.SMALL, dim=True)
        self.retry_button = QPushButton(self.tr("Retry"))
        self.retry_all_button = QPushButton()
        self.copy_button = IconButton("copy", self.tr("Copy the list"))
        self.nothing = NotePage(
            "check",
            self.tr("Every file could be read"),
            self.tr("Files that cannot be read, or only in part, are listed here with the reason."),
        )
        self._build()
        self._connect()

    def show_progress(self, progress: Progress) -> None:
        """Show what a `Progress` tells: all failures, where it holds them all."""
        total = _total(progress.folders)
        knows_all = total <= len(progress.failures)
        self._show(progress.failures if knows_all or not self._failures else self._failures, progress.folders)

    def show_status(self, status: LibraryStatus) -> None:
        """Show all failures, or of very many the newest."""
        self._show(status.failures[:_MOST], status.folders)

    def show_folder(self, path: str) -> None:
        """List the files of one folder, and be ready for the keyboard."""
        self.filters.choose_folder(path)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def failed(self) -> int:
        """Return how many files could not be read, on the list or not; those read in part are none of them."""
        return self._failed

    def _show(self, failures: Sequence[Failure], folders: Sequence[FolderStatus]) -> None:
        self._failures, self._total = tuple(failures), _total(folders)
        self._failed = sum(own.failed for own in folders)
        self.setCurrentIndex(0 if failures else 1)
        self.filters.show_failures(failures, [own.path for own in folders if own.failed + own.in_part])
        self._refill()

    def _refill(self) -> None:
        self.table.show_failures(self._failures, self.filters.wanted())
        self._show_count()
        self._update_actions()

    def _show_count(self) -> None:
        text = self.tr("The newest {count} of {total}") if len(self._failures) < self._total else ""
        self.count_label.setText(text.format(count=number(len(self._failures)), total=number(self._total)))

    def _update_actions(self) -> None:
        self.details.show_failure(self.table.current())
        self.retry_button.setEnabled(self.table.has_choice())
        is_all = self.filters.wanted() == FailureFilter(self.filters.wanted().in_part)
        self.retry_all_button.setText(self.tr("Retry all") if is_all else self.tr("Retry all listed"))
        self.retry_all_button.setEnabled(not all(own.is_aside for own in self.model.failures()))

    def _retry(self) -> None:
        self.retry_wanted.emit(tuple(own.path for own in self.table.chosen()))

    def _retry_all(self) -> None:
        wanted = self.filters.wanted()
        if wanted == FailureFilter(wanted.in_part):
            self.retry_wanted.emit(())
        else:
            self.retry_wanted.emit(tuple(own.path for own in self.model.failures() if not own.is_aside))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(listed_text(self.model.failures()))

    def _connect(self) -> None:
        self.filters.changed.connect(self._refill)
        self.table.chosen_changed.connect(self._update_actions)
        self.table.open_wanted.connect(self.open_wanted)
        self.table.reveal_wanted.connect(self.reveal_wanted)
        self.table.retry_wanted.connect(self._retry)
        self.details.open_wanted.connect(self.table.open_current)
        self.details.reveal_wanted.connect(self.table.reveal_current)
        self.retry_button.clicked.connect(self._retry)
        self.retry_all_button.clicked.connect(self._retry_all)
        self.copy_button.clicked.connect(self._copy)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        for button in (self.retry_button, self.retry_all_button):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.count_label)
        foot.addWidget(self.copy_button)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID * 3 // 2)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addLayout(foot)
        self.addWidget(page)
        self.addWidget(self.nothing)
        self.setCurrentWidget(self.nothing)


def _total(folders: Sequence[FolderStatus]) -> int:
    return sum(own.failed + own.in_part for own in folders)
