"""The list of the quick search: a few results, one short row each, and the way to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bge_desktop.messages import SearchResult
from bge_desktop.ui import theme
from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.paths import shown_folder, shown_name
from bge_desktop.ui.result_texts import place_text
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.snippet import one_line
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.wording import joined

RESULT = Qt.ItemDataRole.UserRole
"""The role of the `SearchResult`; the last row has none."""
_NOWHERE = QModelIndex()


class QuickModel(QAbstractListModel):
    """Results, the best first, and a last row for all of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: tuple[SearchResult, ...] = ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of rows; there are none without results."""
        return 0 if parent.isValid() or not self._results else len(self._results) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or a screen reader asks of a row."""
        if not index.isValid():
            return None
        result = self._results[index.row()] if index.row() < len(self._results) else None
        match role:
            case Qt.ItemDataRole.UserRole:
                return result
            case Qt.ItemDataRole.DisplayRole:
                return shown_name(result.path) if result else self.tr("Show all in the window")
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(result) if result else self.tr("Show all in the window")
        return None

    def set_results(self, results: Sequence[SearchResult]) -> None:
        """Show these results."""
        if tuple(results) != self._results:
            self.beginResetModel()
            self._results = tuple(results)
            self.endResetModel()

    def _spoken(self, result: SearchResult) -> str:
        folder = self.tr("in {folder}").format(folder=shown_folder(result.path))
        parts = (shown_name(result.path), folder, place_text(result), telling_line(result))
        return ", ".join(filter(None, parts))


def telling_line(result: SearchResult) -> str:
    """Return the most telling sentence of a result, or the passage from its first mark on, on one line."""
    if result.sentence:
        return one_line(result.passage[result.sentence.start : result.sentence.end])[0]
    start = result.marks[0].start if result.marks else 0
    return one_line(result.passage[start if start > 80 else 0 :])[0]


class QuickDelegate(QStyledItemDelegate):
    """Paints a row: icon, name and folder, and below them the line that tells the most."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the height of two lines, or of one for the last row."""
        name, small = self._line_heights(option)
        lines = name + small + GRID // 4 if index.data(RESULT) else small
        return QSize(0, lines + GRID * 3 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        canvas = Canvas(painter, option)
        canvas.background()
        room = option.rect.adjusted(2 * GRID, GRID * 3 // 4, -2 * GRID, -GRID * 3 // 4)
        result = index.data(RESULT)
        if result:
            self._paint_result(canvas, room, result)
        else:
            canvas.line_above()
            canvas.text(room, index.data(), Type.SMALL, canvas.dimmed)
        painter.restore()

    def _paint_result(self, canvas: Canvas, room: QRect, result: SearchResult) -> None:
        name, small = self._line_heights(canvas.option)
        icon = QRect(room.left(), room.top(), name, name)
        canvas.icon(theme.kind_icon(result.path), icon)
        first = QRect(icon.right() + 1 + GRID, room.top(), 0, name)
        first.setRight(room.right())
        second = QRect(first.left(), first.bottom() + 1 + GRID // 4, first.width(), small)
        used = canvas.text(
            first, shown_name(result.path), Type.HEADING, canvas.text_color, Qt.TextElideMode.ElideMiddle
        )
        rest = first.adjusted(used + GRID, 0, 0, 0)
        where = joined(shown_folder(result.path), place_text(result))
        canvas.text(rest, where, Type.SMALL, canvas.dimmed, Qt.TextElideMode.ElideMiddle)
        canvas.text(second, telling_line(result), Type.SMALL, canvas.text_color)

    @staticmethod
    def _line_heights(option: QStyleOptionViewItem) -> tuple[int, int]:
        return (
            QFontMetrics(theme.font(option.font, Type.HEADING)).height(),
            QFontMetrics(theme.font(option.font, Type.SMALL)).height(),
        )


class QuickList(QListView):
    """Shows a `QuickModel`; the keyboard's focus stays in the line that one types into."""

    def __init__(self, model: QuickModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(QuickDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Results"))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        rows = range(self.model().rowCount())
        return QSize(0, sum(self.sizeHintForRow(row) for row in rows))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return no height: on a small screen, the list scrolls."""
        return QSize(0, 0)

    def move_by(self, rows: int) -> None:
        """Go up or down, from the last row on to the first."""
        if count := self.model().rowCount():
            self.setCurrentIndex(self.model().index((self.currentIndex().row() + rows) % count, 0))
