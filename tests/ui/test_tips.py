"""Names of files and texts of documents in tool tips and questions: shown as they are, never taken for HTML."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as RichText
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from bge_desktop.messages import Failure, FolderState, FolderStatus, Span, TablePreview
from bge_desktop.ui.failure_list import FailureFilter
from bge_desktop.ui.failures_model import FailuresModel
from bge_desktop.ui.filter_chips import FilterChips
from bge_desktop.ui.filter_choices import Choice
from bge_desktop.ui.filter_row import FilterRow
from bge_desktop.ui.folder_row import FolderRow
from bge_desktop.ui.preview_table import TableModel
from bge_desktop.ui.removal_box import RemovalBox
from bge_desktop.ui.result_menu import CopiesMenu
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.widgets import IconButton

NAME = "<img src='x'><b>a & b"
PATH = f"/data/{NAME}"
STATUS = FolderStatus(PATH, FolderState.WATCHED, 2, 0, 0)


def read(tip):
    """Return what a person reads in a tool tip."""
    if not RichText.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("text", ["", "a\nb", "a < b", NAME, f"{PATH}\nMore.", "&lt;", "<!doctype html>"])
def test_a_tip_reads_as_it_is_written(qapp, text):
    assert read(plain_tip(text)) == text


def test_cells_and_failures(qtbot):
    table = TableModel()
    table.set_preview(TablePreview(1, "/a.csv", "", 1, ("A",), ((NAME,),), Span(0, 1)))
    failures = FailuresModel()
    failures.set_failures([Failure(PATH, "Damaged", "Get another copy.")], FailureFilter())
    assert read(table.data(table.index(0, 0), Qt.ItemDataRole.ToolTipRole)) == NAME
    assert read(failures.data(failures.index(0, 0), Qt.ItemDataRole.ToolTipRole)) == PATH


def test_folders_and_filters(qtbot, make_result):
    row, choice, chips = FolderRow(PATH), FilterRow(Choice(PATH, NAME, 1)), FilterChips()
    menu, button = CopiesMenu(make_result(copies=(PATH,))), IconButton("pause", f"Pause {NAME}")
    for widget in (row, choice, chips, menu, button):
        qtbot.addWidget(widget)
    row.show_status(STATUS)
    choice.show_choice(Choice(PATH, NAME, 1, tip=PATH))
    chips.show_query("name:<b>a</b>")
    assert read(row.toolTip()).startswith(f"{PATH}\n")
    assert read(choice.toolTip()) == PATH
    assert read(chips.chips[0].toolTip()) == "Remove name:<b>a</b>"
    assert PATH in [read(action.toolTip()) for action in menu.actions()]
    assert read(button.toolTip()) == f"Pause {NAME}"


def test_the_question_before_a_folder_is_removed(qtbot):
    box = RemovalBox(STATUS)
    qtbot.addWidget(box)
    labels = [label for label in box.findChildren(QLabel) if NAME in label.text()]
    assert [label.textFormat() for label in labels] == [Qt.TextFormat.PlainText] * 2
