"""The labels as a Qt model: by name, each with the number of its documents and of its proposals."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QGuiApplication

from bge_desktop.messages import Label
from bge_desktop.ui import theme
from bge_desktop.ui.label_pills import dot
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.wording import number

_NOWHERE = QModelIndex()
_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class LabelColumn(IntEnum):
    """The columns."""

    NAME = 0
    DOCUMENTS = 1
    PROPOSED = 2


class LabelsModel(QAbstractTableModel):
    """One row a label."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[Label, ...] = ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of labels."""
        return 0 if parent.isValid() else len(self._labels)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(LabelColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        label, column = self._labels[index.row()], LabelColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(label, column)
            case Qt.ItemDataRole.DecorationRole if column is LabelColumn.NAME:
                return dot(label.colour, QGuiApplication.palette(), theme.icon_size())
            case Qt.ItemDataRole.TextAlignmentRole if column is not LabelColumn.NAME:
                return _AT_END
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(LabelColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section != LabelColumn.NAME:
            return _AT_END
        names = (self.tr("Label"), self.tr("Documents"), self.tr("Proposed"))
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

    def label(self, row: int) -> Label:
        """Return the label of a row."""
        return self._labels[row]

    def row_of(self, label: int) -> int | None:
        """Return the row of a label, by its id; None where it is not there."""
        return next((row for row, own in enumerate(self._labels) if own.id == label), None)

    def become(self, labels: Sequence[Label]) -> None:
        """Show other labels, or other numbers of the same."""
        is_same = [own.id for own in labels] == [own.id for own in self._labels]
        if is_same:
            self._labels = tuple(labels)
            if labels:
                self.dataChanged.emit(self.index(0, 0), self.index(len(labels) - 1, len(LabelColumn) - 1))
            return
        self.beginResetModel()
        self._labels = tuple(labels)
        self.endResetModel()

    def _text(self, label: Label, column: LabelColumn) -> str:
        if column is LabelColumn.NAME:
            return label.name
        count = label.documents if column is LabelColumn.DOCUMENTS else label.proposed
        return number(count) if count else "–"
