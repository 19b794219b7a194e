"""Rows of a sheet around a passage in the preview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QTableView, QWidget

from bge_desktop.messages import Span, TablePreview, displayable
from bge_desktop.ui import theme
from bge_desktop.ui.preview_styles import mark_color, passage_color
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.tips import plain_tip

_NOWHERE = QModelIndex()
_LOWEST_ZOOM, _HIGHEST_ZOOM, _STEP = -5, 12, 1.15
_WIDEST_COLUMN = 40  # characters


class TableModel(QAbstractTableModel):
    """The rows of a `TablePreview`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview = TablePreview(0, "", "", 1, (), (), Span(0, 0))
        self._marked: frozenset[tuple[int, int]] = frozenset()

    def set_preview(self, preview: TablePreview) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._preview, self._marked = preview, frozenset(preview.marks)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._preview.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._preview.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, how it looks, or the whole of it as a tip."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._preview.rows[row][column]
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._preview.rows[row][column])
            case Qt.ItemDataRole.BackgroundRole:
                return self._background(row, column)
            case Qt.ItemDataRole.FontRole if (row, column) in self._marked:
                font = QFont()
                font.setBold(True)
                return font
            case _:
                return None

    def longest_texts(self) -> Iterator[str]:
        """Yield of each column the text that takes the most room, its heading included, or the beginning of that."""
        for column in zip(self._preview.columns, *self._preview.rows, strict=True):
            yield max((text[:_WIDEST_COLUMN] for text in column), key=_room)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a column is called, or the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        is_row = orientation is Qt.Orientation.Vertical
        return str(self._preview.first_row + section) if is_row else self._preview.columns[section]

    def _background(self, row: int, column: int) -> Any:
        palette = QApplication.palette()
        if (row, column) in self._marked:
            return mark_color(palette)
        passage = self._preview.passage_rows
        return passage_color(palette) if passage.start <= row < passage.end else None


class TableView(QTableView):
    """Shows a `TablePreview`: the passage's rows tinted, the cells with words of the query marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TableModel(self)
        self._marks: tuple[tuple[int, int], ...] = ()
        self._first_row = self._zoom = 0
        self.setModel(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)

    def show_preview(self, preview: TablePreview, *, is_new: bool) -> None:
        """Show rows; scrolled to the passage, where it is another than before."""
        place = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.rows.set_preview(preview)
        self.setAccessibleDescription(displayable(preview.sheet))
        self._marks, self._first_row = preview.marks, preview.passage_rows.start
        self._fit_columns()
        if is_new:
            self._reveal(preview.passage_rows.start, self._marks[0][1] if self._marks else 0)
        else:
            self.horizontalScrollBar().setValue(place[0])
            self.verticalScrollBar().setValue(place[1])

    def marks(self) -> tuple[tuple[int, int], ...]:
        """Return the cells that are marked: row and column."""
        return self._marks

    def first_mark(self) -> int:
        """Return the number of the first of them in the passage or behind it."""
        return next((number for number, (row, _) in enumerate(self._marks) if row >= self._first_row), 0)

    def show_mark(self, number: int) -> None:
        """Go to one of the cells."""
        self.setCurrentIndex(self.rows.index(*self._marks[number]))

    def zoom_by(self, steps: int) -> None:
        """Show the rows so many steps larger, or smaller; 0 shows them in the usual size."""
        self._zoom = min(_HIGHEST_ZOOM, max(_LOWEST_ZOOM, self._zoom + steps)) if steps else 0
        font = theme.font(QApplication.font(), Type.BODY)
        font.setPointSizeF(font.pointSizeF() * _STEP**self._zoom)
        self.setFont(font)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        header.setMaximumSectionSize(_WIDEST_COLUMN * theme.letter_width(metrics))
        for column, text in enumerate(self.rows.longest_texts()):  # Qt would measure each of ten thousands of cells
            header.resizeSection(column, metrics.horizontalAdvance(text) + 3 * GRID)

    def _reveal(self, row: int, column: int) -> None:
        index = self.rows.index(row, column)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - self.viewport().height() // 4)


def _room(text: str) -> int:
    return len(text) if text.isascii() else 2 * len(text)
