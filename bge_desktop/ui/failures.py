"""The files that could not be read: which, why, and trying again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from bge_desktop.messages import Failure, displayable
from bge_desktop.ui.paths import shown_name, shown_path
from bge_desktop.ui.results_model import Index
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.widgets import Label

_NOWHERE = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class FailuresModel(QAbstractTableModel):
    """One row a file: its name, what is wrong, and what one can do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failures: tuple[Failure, ...] = ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._failures)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return three: file, title, message."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("File"), self.tr("Problem"), self.tr("What happened"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text; the whole path is its tool tip."""
        if not index.isValid():
            return None
        failure = self._failures[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown_path(failure.path)
        if role in _SHOWN:
            cells = (shown_name(failure.path), displayable(failure.title), displayable(failure.message))
            return cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        return None

    def set_failures(self, failures: Sequence[Failure]) -> None:
        """Show these files."""
        if tuple(failures) != self._failures:
            self.beginResetModel()
            self._failures = tuple(failures)
            self.endResetModel()


class FailuresDialog(QDialog):
    """A plain list of the failed files of one folder. It stays up to date while it is open."""

    retry_wanted = Signal()

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.setWindowTitle(self.tr("Files that could not be read"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = FailuresModel(self)
        self._table = self._make_table()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.retry_button = buttons.addButton(self.tr("Retry"), QDialogButtonBox.ButtonRole.ActionRole)
        self.retry_button.clicked.connect(self.retry_wanted)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (Label(shown_path(folder), dim=True), self._table, buttons):
            column.addWidget(widget)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that shows a few files without scrolling."""
        return QSize(88 * GRID, 48 * GRID)

    def set_failures(self, failures: Sequence[Failure]) -> None:
        """Show these files."""
        self.model.set_failures(failures)
        self._table.resizeRowsToContents()

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setAccessibleName(self.windowTitle())
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.resizeSection(0, 24 * GRID)
        header.resizeSection(1, 18 * GRID)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(table.resizeRowsToContents)
        return table
