"""The files that could not be read, or only in part, as a Qt model: ten thousand rows are put in order at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QObject, Qt
from PySide6.QtGui import QGuiApplication

from bge_desktop.messages import Failure
from bge_desktop.ui import theme
from bge_desktop.ui.failure_list import Column, FailureFilter, message_text, ordered, reason_text
from bge_desktop.ui.kind_texts import kind_text
from bge_desktop.ui.paths import shown_folder, shown_name, shown_path
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.tips import plain_tip

_NOWHERE = QModelIndex()


class FailuresModel(QAbstractTableModel):
    """One row a file. It filters and sorts by itself: a proxy would ask for each pair of cells that it compares."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Failure, ...] = ()
        self._shown: list[Failure] = []
        self._filter = FailureFilter()
        self._order = (Column.WHEN, True)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of files on the list."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            headings = (self.tr("Name"), self.tr("Reason"), self.tr("Kind"), self.tr("Tried"), self.tr("Folder"))
            return headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or a screen reader asks of a cell; that of the name tells the whole row."""
        if not index.isValid():
            return None
        failure, column = self._shown[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(failure, column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(shown_path(failure.path))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(failure) if column is Column.NAME else self._text(failure, column)
            case Qt.ItemDataRole.DecorationRole if column is Column.NAME:
                return theme.icon(theme.kind_icon(failure.path), QGuiApplication.palette())
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column."""
        self._order = (Column(column), order is Qt.SortOrder.DescendingOrder)
        self._renew()

    def failure(self, row: int) -> Failure:
        """Return what is told of the file in a row."""
        return self._shown[row]

    def failures(self) -> list[Failure]:
        """Return what is told of the files on the list, in their order."""
        return list(self._shown)

    def set_failures(self, failures: Sequence[Failure], wanted: FailureFilter) -> None:
        """Show those of these failures that are wanted."""
        if (tuple(failures), wanted) != (self._all, self._filter):
            self._all, self._filter = tuple(failures), wanted
            self._renew()

    def _renew(self) -> None:
        column, descending = self._order
        self.beginResetModel()
        self._shown = ordered(self._filter.of(self._all), column, descending=descending)
        self.endResetModel()

    def _text(self, failure: Failure, column: Column) -> str:
        match column:
            case Column.NAME:
                return shown_name(failure.path)
            case Column.REASON:
                aside = self.tr("{reason} (put aside)")
                return aside.format(reason=reason_text(failure)) if failure.is_aside else reason_text(failure)
            case Column.KIND:
                return kind_text(failure.kind)
            case Column.WHEN:
                when = QDateTime.fromSecsSinceEpoch(int(failure.when))
                return QLocale().toString(when, QLocale.FormatType.ShortFormat)
            case Column.FOLDER:
                return shown_folder(failure.path)

    def _spoken(self, failure: Failure) -> str:
        name, reason, _, when, folder = (self._text(failure, column) for column in Column)
        text = self.tr("{name}, {reason}: {message} In {folder}, tried {when}")
        return text.format(name=name, reason=reason, message=message_text(failure), folder=folder, when=when)
