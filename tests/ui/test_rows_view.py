from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListView

from bge_desktop.ui.rows_view import RowsView

HEIGHTS = (30, 10)
NOT_SELECTABLE = 5


class Rows(QStringListModel):
    def flags(self, index):
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsSelectable if index.row() == NOT_SELECTABLE else flags


class Stripes(RowsView):
    """Rows that are high and low by turns."""

    def row_heights(self):
        return (HEIGHTS[row % 2] for row in range(self.model().rowCount()))


@pytest.fixture
def view(qtbot):
    made = Stripes()
    made.setModel(Rows([str(number) for number in range(100)], made))
    QAbstractItemModelTester(made.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.setFrameShape(QListView.Shape.NoFrame)
    made.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show()
    qtbot.waitExposed(made)
    return made


def selected(view: RowsView) -> list[int]:
    return sorted(index.row() for index in view.selectedIndexes())


def test_rows_stand_one_below_the_other(view):
    assert [view.visualRect(view.model().index(row)).getRect() for row in range(3)] == [
        (0, 0, view.viewport().width(), 30),
        (0, 30, view.viewport().width(), 10),
        (0, 40, view.viewport().width(), 30),
    ]
    assert view.verticalScrollBar().maximum() == 50 * 40 - 100


@pytest.mark.parametrize(("scrolled", "y", "row"), [(0, 0, 0), (0, 29, 0), (0, 30, 1), (35, 0, 1), (1900, 99, 99)])
def test_a_point_is_in_the_row_that_is_painted_there(view, scrolled, y, row):
    view.verticalScrollBar().setValue(scrolled)
    assert view.indexAt(QPoint(50, y)).row() == row
    assert view.visualRect(view.indexAt(QPoint(50, y))).contains(50, y)


@pytest.mark.parametrize("point", [QPoint(-1, 5), QPoint(5, -1), QPoint(500, 5), QPoint(5, 150)])
def test_outside_the_list_there_is_no_row(view, point):
    view.model().setStringList(["a", "b", "c", "d"])
    assert not view.indexAt(point).isValid()


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Qt.Key.Key_Down], 3),
        ([Qt.Key.Key_Down] * 3, 6),  # the fifth cannot be selected
        ([Qt.Key.Key_Up] * 9, 0),
        ([Qt.Key.Key_Home], 0),
        ([Qt.Key.Key_End], 99),
        ([Qt.Key.Key_PageDown], 6),
        ([Qt.Key.Key_End, Qt.Key.Key_PageUp], 94),
    ],
)
def test_keys_move_the_current_row_and_keep_it_in_view(view, qtbot, keys, row):
    view.setCurrentIndex(view.model().index(2))
    for key in keys:
        qtbot.keyClick(view, key)
    assert view.currentIndex().row() == row
    assert selected(view) == [row]
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_without_a_current_row_a_key_leads_to_the_first(view):
    view.setCurrentIndex(QModelIndex())
    assert view.moveCursor(RowsView.CursorAction.MoveEnd, Qt.KeyboardModifier.NoModifier).row() == 0


def test_shift_extends_the_selection_and_ctrl_a_takes_all_that_can_be(view, qtbot):
    view.setCurrentIndex(view.model().index(2))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert selected(view) == [2, 3]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert selected(view) == [row for row in range(100) if row != NOT_SELECTABLE]


def test_clicks_select_rows_with_ctrl_and_shift(view, qtbot):
    left, viewport = Qt.MouseButton.LeftButton, view.viewport()
    for y, modifier, rows in (
        (5, Qt.KeyboardModifier.NoModifier, [0]),
        (45, Qt.KeyboardModifier.ControlModifier, [0, 2]),
        (75, Qt.KeyboardModifier.ShiftModifier, [0, 2, 3]),
    ):
        qtbot.mouseClick(viewport, left, modifier, QPoint(20, y))
        assert selected(view) == rows


@pytest.mark.parametrize(
    ("hint", "top"),
    [
        (QListView.ScrollHint.PositionAtTop, 0),
        (QListView.ScrollHint.PositionAtBottom, 70),
        (QListView.ScrollHint.PositionAtCenter, 36),
        (QListView.ScrollHint.EnsureVisible, 70),
    ],
)
def test_a_row_is_scrolled_to_where_it_is_wanted(view, hint, top):
    view.scrollTo(view.model().index(50), hint)
    assert view.visualRect(view.model().index(50)).top() == top


def test_a_row_that_is_in_view_is_not_moved(view):
    view.verticalScrollBar().setValue(20)
    view.scrollTo(view.model().index(1))
    assert view.verticalScrollBar().value() == 20


def test_rows_that_come_and_go_move_those_below(view):
    view.model().insertRow(0)
    assert view.visualRect(view.model().index(1)).top() == 30
    view.model().removeRows(0, 90)
    view.scrollTo(view.model().index(10))
    assert view.verticalScrollBar().maximum() == 6 * 30 + 5 * 10 - 100
    assert view.visualRect(view.model().index(99)).isEmpty()


def test_the_region_of_a_selection_covers_its_rows(view):
    chosen = QItemSelection(view.model().index(1), view.model().index(2))
    assert view.visualRegionForSelection(chosen).boundingRect() == QRect(0, 30, view.viewport().width(), 40)


def test_an_empty_list_has_nothing_to_select(view, qtbot):
    view.model().setStringList([])
    view.setSelection(QRect(0, 0, 50, 50), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert selected(view) == []
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 0)
    assert not view.moveCursor(RowsView.CursorAction.MoveEnd, Qt.KeyboardModifier.NoModifier).isValid()


def test_a_screen_reader_finds_a_list_of_rows(view):
    found = QAccessible.queryAccessibleInterface(view)
    assert found.role() == QAccessible.Role.List
    assert found.childCount() == 100
    assert found.child(1).text(QAccessible.Text.Name) == "1"
    assert found.child(1).rect().height() == 10
