"""What the list of failed files is narrowed down by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from bge_desktop.messages import Failure
from bge_desktop.ui.failure_list import FailureFilter, folder_counts, reasons
from bge_desktop.ui.paths import shown_path
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.wording import number


class FailureFilters(QWidget):
    """Two buttons, for files that could not be read and for those read in part, and lists of folders and reasons."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failures: tuple[Failure, ...] = ()
        self._folders: tuple[str, ...] = ()
        self._reasons: list[str] = []
        self.failed_button, self.in_part_button = QRadioButton(), QRadioButton()
        self._group = QButtonGroup(self)
        self.folder_box, self.reason_box = QComboBox(), QComboBox()
        self.folder_box.setAccessibleName(self.tr("Folder"))
        self.reason_box.setAccessibleName(self.tr("Reason"))
        self._build()
        self._connect()
        self._offer(FailureFilter())

    def wanted(self) -> FailureFilter:
        """Return what is chosen."""
        folder, reason = self.folder_box.currentIndex(), self.reason_box.currentIndex()
        return FailureFilter(
            self.in_part_button.isChecked(),
            self._folders[folder - 1] if folder > 0 else None,
            self._reasons[reason - 1] if reason > 0 else None,
        )

    def show_failures(self, failures: Sequence[Failure], folders: Sequence[str]) -> None:
        """Offer what there is to choose among these failures and folders; what was chosen stays so where it can."""
        wanted = self.wanted()
        self._failures, self._folders = tuple(failures), tuple(folders)
        self._offer(wanted)

    def choose_folder(self, folder: str) -> None:
        """Have the files of one folder listed, for whatever reason."""
        failed, in_part = (FailureFilter(own, folder).of(self._failures) for own in (False, True))
        self._offer(FailureFilter(bool(in_part and not failed), folder))
        self.changed.emit()

    def _offer(self, wanted: FailureFilter) -> None:
        """Fill all lists anew; the choice falls on what is wanted, or on all."""
        counts = [len(FailureFilter(in_part).of(self._failures)) for in_part in (False, True)]
        self._show_extents(counts, counts[1] > 0 and (wanted.in_part or not counts[0]))
        extent = FailureFilter(self.in_part_button.isChecked())
        listed = extent.of(self._failures)
        self._fill(self.folder_box, self.tr("All folders"), self._folder_texts(listed))
        self.folder_box.setCurrentIndex(self._folders.index(wanted.folder) + 1 if wanted.folder in self._folders else 0)
        found = reasons(FailureFilter(extent.in_part, self.wanted().folder).of(listed))
        self._reasons = [reason for reason, _ in found]
        self._fill(self.reason_box, self.tr("All reasons"), [self._counted(*own) for own in found])
        self.reason_box.setCurrentIndex(self._reasons.index(wanted.reason) + 1 if wanted.reason in self._reasons else 0)

    def _show_extents(self, counts: Sequence[int], in_part: bool) -> None:
        self.failed_button.setText(self._counted(self.tr("Not read"), counts[0]))
        self.in_part_button.setText(self._counted(self.tr("Read in part"), counts[1]))
        for button, count in zip((self.failed_button, self.in_part_button), counts, strict=True):
            button.setEnabled(count > 0)
        (self.in_part_button if in_part else self.failed_button).setChecked(True)

    def _folder_texts(self, failures: Sequence[Failure]) -> list[str]:
        counts = folder_counts(failures, self._folders)
        return [self._counted(shown_path(own), count) for own, count in zip(self._folders, counts, strict=True)]

    def _counted(self, text: str, count: int) -> str:
        return self.tr("{text} ({count})").format(text=text, count=number(count))

    @staticmethod
    def _fill(box: QComboBox, all_: str, texts: Sequence[str]) -> None:
        wanted = [all_, *texts]
        if box.count() == len(wanted):  # a list that is open just now stays so
            for place, text in enumerate(wanted):
                box.setItemText(place, text)
        else:
            box.clear()
            box.addItems(wanted)

    def _choose(self) -> None:
        self._offer(self.wanted())
        self.changed.emit()

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._choose)
        self.folder_box.activated.connect(self._choose)
        self.reason_box.activated.connect(self._choose)

    def _build(self) -> None:
        extents = QHBoxLayout()
        extents.setSpacing(2 * GRID)
        for button in (self.failed_button, self.in_part_button):
            self._group.addButton(button)
            extents.addWidget(button)
        extents.addStretch()
        boxes = QHBoxLayout()
        boxes.setSpacing(GRID)
        for box in (self.folder_box, self.reason_box):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            boxes.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(extents)
        column.addLayout(boxes)
