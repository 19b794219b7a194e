from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from bge_desktop.messages import Span, TablePreview
from bge_desktop.ui import preview_styles, theme
from bge_desktop.ui.preview_table import TableModel, TableView

ROWS = tuple((f"bird {number}", "", f"seen {number}") for number in range(100, 300))
PREVIEW = TablePreview(1, "/a.xlsx", "Birds", 100, ("A", "B", "C"), ROWS, Span(50, 60), ((52, 2), (90, 0)))


@pytest.fixture
def view(qtbot):
    made = TableView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_model_is_sound(qtbot):
    model = TableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_preview(PREVIEW)
    assert (model.rowCount(), model.columnCount()) == (200, 3)
    model.set_preview(TablePreview(2, "/b.csv", "", 1, (), (), Span(0, 0)))
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert tester.model() is model


def test_rows_and_columns_are_called_as_in_the_sheet(qtbot):
    model = TableModel()
    model.set_preview(PREVIEW)
    assert model.headerData(52, Qt.Orientation.Vertical) == "152"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "C"
    assert model.data(model.index(52, 2)) == "seen 152"
    assert model.data(model.index(52, 2), Qt.ItemDataRole.ToolTipRole) == "seen 152"


def test_the_passage_is_tinted_and_words_are_marked(qtbot):
    model = TableModel()
    model.set_preview(PREVIEW)
    palette = QApplication.palette()
    background = [model.data(model.index(row, 0), Qt.ItemDataRole.BackgroundRole) for row in (49, 50, 59, 60, 90)]
    passage, marked = preview_styles.passage_color(palette), preview_styles.mark_color(palette)
    assert background == [None, passage, passage, None, marked]
    assert model.data(model.index(52, 2), Qt.ItemDataRole.FontRole).bold()


def test_the_passage_is_in_view_and_one_stays_where_one_reads(view):
    view.show_preview(PREVIEW, is_new=True)
    top = view.visualRect(view.rows.index(50, 0)).top()
    assert 0 <= top < view.viewport().height() / 2
    view.verticalScrollBar().setValue(0)
    view.show_preview(PREVIEW, is_new=False)
    assert view.verticalScrollBar().value() == 0


def test_one_goes_from_cell_to_cell(view):
    view.show_preview(PREVIEW, is_new=True)
    assert view.first_mark() == 0
    view.show_mark(1)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (90, 0)
    assert view.viewport().rect().intersects(view.visualRect(view.currentIndex()))


def test_a_wide_column_does_not_push_the_others_out(view):
    wide = TablePreview(1, "/a.csv", "", 1, ("A", "B"), (("x" * 900, "next"),), Span(0, 1))
    view.show_preview(wide, is_new=True)
    assert view.columnWidth(0) <= 40 * theme.letter_width(view.fontMetrics())


def test_zooming_changes_the_size_of_the_print(view):
    view.show_preview(PREVIEW, is_new=True)
    usual, height = view.font().pointSizeF(), view.rowHeight(0)
    view.zoom_by(3)
    assert view.font().pointSizeF() > usual
    assert view.rowHeight(0) > height
    view.zoom_by(0)
    assert view.font().pointSizeF() == usual


def test_a_screen_reader_is_told_which_sheet_it_is(qtbot):
    view = TableView()
    qtbot.addWidget(view)
    view.show_preview(PREVIEW, is_new=True)
    assert view.accessibleDescription() == "Birds"
