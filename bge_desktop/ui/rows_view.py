"""A list whose rows have one of a few known heights: ten thousand rows cost no more than those in view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from bge_desktop.ui.rows_model import Index

_Move = QAbstractItemView.CursorAction
_ROW_STATES = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver


class RowsView(QListView):
    """A `QListView` to the eye, the keyboard and the screen reader, which lays out its rows by their heights alone.

    Qt's own asks each row for its size, all of them again with each change.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tops: list[int] | None = None
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def row_heights(self) -> Iterable[int]:
        """Return the height of each row, in device-independent pixels."""
        raise NotImplementedError

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802
        """Show another model."""
        if model is not None:  # before Qt's own slots, which look where rows are
            for change in (model.rowsInserted, model.rowsRemoved, model.layoutChanged, model.modelReset):
                change.connect(self._forget_layout)
            model.dataChanged.connect(self._forget_layout)
        super().setModel(model)

    def doItemsLayout(self) -> None:  # noqa: N802
        """Lay out the rows."""
        self._forget_layout()
        QAbstractItemView.doItemsLayout(self)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:  # noqa: N802
        """Paint rows anew that show something else, and may be of another height."""
        super().dataChanged(first, last, list(roles))
        self.scheduleDelayedItemsLayout()

    def updateGeometries(self) -> None:  # noqa: N802
        """Let the scroll bar reach all rows."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._layout()[-1] - height))
        bar.setPageStep(height)
        bar.setSingleStep(2 * self.fontMetrics().height())
        QAbstractItemView.updateGeometries(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Follow the size of the window; the rows' heights do not depend on it."""
        QAbstractItemView.resizeEvent(self, event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802
        """Paint what is in view now; the row under a mouse that rests is another one."""
        self.viewport().update()

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Return where a row is on the viewport."""
        tops = self._layout()
        if not (index.isValid() and index.row() < len(tops) - 1):
            return QRect()
        top, bottom = tops[index.row()], tops[index.row() + 1]
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), bottom - top)

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """Return the row at a point of the viewport."""
        at = point.y() + self.verticalOffset()
        inside = 0 <= at < self._layout()[-1] and 0 <= point.x() < self.viewport().width()
        return self.model().index(self._row_at(at), 0) if inside else QModelIndex()

    def rows_between(self, top: int, bottom: int) -> range:
        """Return the rows that a stretch of the viewport touches."""
        tops, offset = self._layout(), self.verticalOffset()
        first, last = max(top + offset, 0), min(bottom + offset, tops[-1] - 1)
        return range(self._row_at(first), self._row_at(last) + 1) if first <= last else range(0)

    def scrollTo(  # noqa: N802
        self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view."""
        self.executeDelayedItemsLayout()  # the scroll bar has to reach what was inserted just now
        row, room = self.visualRect(index), self.viewport().height()
        if not row.isValid():
            return
        below = row.bottom() + 1 - room
        match hint:
            case QListView.ScrollHint.PositionAtTop:
                distance = row.top()
            case QListView.ScrollHint.PositionAtBottom:
                distance = below
            case QListView.ScrollHint.PositionAtCenter:
                distance = row.center().y() - room // 2
            case _:
                distance = row.top() if row.top() < 0 or row.height() > room else max(below, 0)
        self.verticalScrollBar().setValue(self.verticalOffset() + distance)

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Return the row that a key leads to; rows that cannot be selected are passed over."""
        current = self.currentIndex()
        if not current.isValid():
            return self._selectable(0, 1)
        room, rect = self.viewport().height(), self.visualRect(current)
        last = self.model().rowCount() - 1
        match action:
            case _Move.MoveUp | _Move.MovePrevious:
                found = self._selectable(current.row() - 1, -1)
            case _Move.MoveDown | _Move.MoveNext:
                found = self._selectable(current.row() + 1, 1)
            case _Move.MoveHome:
                found = self._selectable(0, 1)
            case _Move.MoveEnd:
                found = self._selectable(last, -1)
            case _Move.MovePageUp:
                found = self._selectable(self._row_near(rect.bottom() + 1 - room), 1)
            case _Move.MovePageDown:
                found = self._selectable(self._row_near(rect.top() - 1 + room), -1)
            case _:
                found = QModelIndex()
        return found if found.isValid() else current

    def horizontalOffset(self) -> int:  # noqa: N802
        """Return 0: rows are as wide as the view."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802
        """Return how far the list is scrolled."""
        return self.verticalScrollBar().value()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802
        """Select the rows that a rectangle on the viewport touches."""
        area, selection = rect.normalized(), QItemSelection()
        if rows := self.rows_between(area.top(), area.bottom()):
            selection.select(self.model().index(rows[0], 0), self.model().index(rows[-1], 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """Return the part of the viewport that the selected rows cover."""
        region = QRegion()
        for part in selection.toList():
            region += self.visualRect(part.topLeft()).united(self.visualRect(part.bottomRight()))
        return region

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows in view, the one under the mouse as such."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, under_mouse = option.state & ~_ROW_STATES, self.row_under_mouse()
        painter = QPainter(self.viewport())
        for row in self.rows_between(event.rect().top(), event.rect().bottom()):
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain | self._state(index, is_under_mouse=row == under_mouse)
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _state(self, index: QModelIndex, *, is_under_mouse: bool) -> QStyle.StateFlag:
        state = QStyle.StateFlag.State_None
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if self.hasFocus() and index == self.currentIndex():
            state |= QStyle.StateFlag.State_HasFocus
        return state | QStyle.StateFlag.State_MouseOver if is_under_mouse else state

    def row_under_mouse(self) -> int:
        """Return the row that the mouse is on; -1 where it is on none."""
        if not self.viewport().underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row()

    def _selectable(self, row: int, step: int) -> QModelIndex:
        """Return the first row from `row` on that can be selected."""
        index = self.model().index(row, 0)
        while index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            index = self.model().index(index.row() + step, 0)
        return index

    def _row_near(self, y: int) -> int:
        """Return the row at a height of the viewport, or the nearest one."""
        return self._row_at(min(max(y + self.verticalOffset(), 0), self._layout()[-1] - 1))

    def _row_at(self, at: int) -> int:
        return bisect_right(self._layout(), at) - 1

    def _layout(self) -> list[int]:
        """Return where each row begins, and where the last one ends."""
        if self._tops is None:
            self._tops = list(accumulate(self.row_heights() if self.model() else (), initial=0))
        return self._tops

    def _forget_layout(self) -> None:
        self._tops = None
