from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from bge_desktop.messages import Failure, FolderState, FolderStatus, LibraryStatus, Progress
from bge_desktop.ui.failure_list import Column, FailureFilter, folder_counts
from bge_desktop.ui.failures_model import FailuresModel
from bge_desktop.ui.failures_page import FailuresPage

DOCUMENTS, LETTERS = "/home/me/Documents", "/home/me/Letters"
LEFT = Qt.MouseButton.LeftButton
LOCKED = Failure(f"{DOCUMENTS}/b.pdf", "Password needed", "Remove the password.", "pdf", when=300.0)
DAMAGED = Failure(f"{DOCUMENTS}/caf\udce9.docx", "Damaged", "Get another copy.", "docx", when=200.0)
ASIDE = Failure(f"{LETTERS}/a.xlsx", "Damaged", "It is put aside.", "sheet", when=100.0, is_aside=True)
IN_PART = Failure(f"{LETTERS}/c.zip", "Read in part", "x.txt: Protected.", "archive", when=50.0, in_part=True)
ALL = (LOCKED, DAMAGED, ASIDE, IN_PART)


def progress(*failures: Failure) -> Progress:
    """What is told of two folders with these failures, and of one without."""

    def folder(path: str) -> FolderStatus:
        parts = [own.in_part for own in failures if own.path.startswith(path + "/")]
        return FolderStatus(path, FolderState.WATCHED, 9, 0, failed=parts.count(False), in_part=parts.count(True))

    return Progress(tuple(map(folder, (DOCUMENTS, DOCUMENTS + " of others", LETTERS))), failures=failures)


@pytest.fixture
def page(qtbot) -> FailuresPage:
    made = FailuresPage()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_progress(progress(*ALL))
    made.show()
    qtbot.waitExposed(made)
    return made


def names(page: FailuresPage) -> list[str]:
    return [page.model.index(row, Column.NAME).data() for row in range(page.model.rowCount())]


def texts(box) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]


def choose(box, text: str) -> None:
    place = next(place for place, own in enumerate(texts(box)) if own.startswith(text))
    box.setCurrentIndex(place)
    box.activated.emit(place)


def said(signal) -> list[object]:
    heard: list[object] = []
    signal.connect(heard.append)
    return heard


def test_the_model_keeps_to_the_rules_of_models(qapp, qtbot):
    model = FailuresModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (3, 0, 2):
        model.set_failures(ALL[:count], FailureFilter())
        assert model.rowCount() == count
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_failures(ALL[:2], FailureFilter())
    for column in Column:
        model.sort(column, Qt.SortOrder.AscendingOrder)
    tester.deleteLater()


def test_a_row_tells_name_reason_kind_time_and_folder(page):
    cells = [page.model.index(1, column).data() for column in Column if column is not Column.WHEN]
    assert cells == ["caf\ufffd.docx", "Damaged", "Word", DOCUMENTS]
    assert "1970" in page.model.index(1, Column.WHEN).data()
    assert page.model.index(1, Column.KIND).data(Qt.ItemDataRole.ToolTipRole) == f"{DOCUMENTS}/caf\ufffd.docx"
    spoken = page.model.index(1, Column.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"caf\ufffd.docx, Damaged: Get another copy. In {DOCUMENTS}, tried ")
    assert page.model.index(2, Column.REASON).data() == "Damaged (put aside)"


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (Column.NAME, ["a.xlsx", "b.pdf", "caf\ufffd.docx"]),
        (Column.REASON, ["caf\ufffd.docx", "a.xlsx", "b.pdf"]),
        (Column.KIND, ["b.pdf", "a.xlsx", "caf\ufffd.docx"]),
        (Column.WHEN, ["a.xlsx", "caf\ufffd.docx", "b.pdf"]),
        (Column.FOLDER, ["b.pdf", "caf\ufffd.docx", "a.xlsx"]),
    ],
)
def test_columns_sort_and_what_is_chosen_stays_so(page, column, ascending):
    assert names(page) == ["b.pdf", "caf\ufffd.docx", "a.xlsx"]  # the newest first
    page.table.selectRow(1)
    page.table.horizontalHeader().setSortIndicator(column, Qt.SortOrder.AscendingOrder)
    assert names(page) == ascending
    assert [own.path for own in page.table.chosen()] == [DAMAGED.path]
    assert page.table.current() == DAMAGED


def test_files_read_in_part_are_listed_apart(page, qtbot):
    filters = page.filters
    assert (filters.failed_button.text(), filters.in_part_button.text()) == ("Not read (3)", "Read in part (1)")
    filters.in_part_button.click()
    assert names(page) == ["c.zip"]
    assert texts(filters.reason_box) == ["All reasons", "Read in part (1)"]
    page.show_progress(progress(*ALL[:3]))
    assert not filters.in_part_button.isEnabled()
    assert len(names(page)) == 3


def test_where_no_file_failed_those_read_in_part_are_listed(page):
    page.show_progress(progress(IN_PART))
    assert names(page) == ["c.zip"]


def test_folders_and_reasons_narrow_the_list_down_and_say_how_far(page):
    folder, reason = page.filters.folder_box, page.filters.reason_box
    assert texts(folder) == ["All folders", f"{DOCUMENTS} (2)", f"{LETTERS} (1)"]
    assert texts(reason) == ["All reasons", "Damaged (2)", "Password needed (1)"]
    choose(reason, "Damaged")
    assert names(page) == ["caf\ufffd.docx", "a.xlsx"]
    choose(folder, DOCUMENTS)
    assert names(page) == ["caf\ufffd.docx"]
    assert texts(reason) == ["All reasons", "Password needed (1)", "Damaged (1)"]
    choose(folder, LETTERS)
    assert names(page) == ["a.xlsx"]
    choose(reason, "All")
    choose(folder, "All")
    assert len(names(page)) == 3


def test_one_folder_can_be_asked_for(page):
    page.show_folder(DOCUMENTS)
    assert names(page) == ["b.pdf", "caf\ufffd.docx"]
    page.show_progress(progress(IN_PART))
    page.show_folder(LETTERS)
    assert names(page) == ["c.zip"]


def test_what_is_chosen_is_told_in_full(page):
    assert page.details.text.toPlainText() == "Choose one to see what to do about it."
    assert not page.retry_button.isEnabled()
    assert not page.details.open_button.isEnabled()
    page.table.selectRow(0)
    assert page.details.text.toPlainText() == "Remove the password."
    page.show_progress(progress(replace(LOCKED, message="Ask for it."), *ALL[1:]))
    assert page.details.text.toPlainText() == "Ask for it."
    page.show_progress(progress(*ALL[1:]))
    assert page.table.chosen() == []
    assert page.details.text.toPlainText() == "Choose one to see what to do about it."


def test_what_is_chosen_is_tried_again_even_if_it_was_put_aside(page):
    heard = said(page.retry_wanted)
    page.table.selectAll()
    page.retry_button.click()
    assert heard == [(LOCKED.path, DAMAGED.path, ASIDE.path)]


def test_all_are_tried_again_or_all_that_are_listed_but_those_put_aside(page):
    heard = said(page.retry_wanted)
    assert page.retry_all_button.text() == "Retry all"
    page.retry_all_button.click()
    choose(page.filters.reason_box, "Damaged")
    assert page.retry_all_button.text() == "Retry all listed"
    page.retry_all_button.click()
    assert heard == [(), (DAMAGED.path,)]
    choose(page.filters.folder_box, LETTERS)
    assert not page.retry_all_button.isEnabled()  # no path at all would stand for all of them


def test_files_are_opened_and_shown_by_mouse_key_and_button(page, qtbot):
    opened, revealed = said(page.open_wanted), said(page.reveal_wanted)
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.details.open_button.click()
    page.details.reveal_button.click()
    page.table.doubleClicked.emit(page.model.index(1, 0))
    assert (opened, revealed) == ([DAMAGED.path] * 3, [DAMAGED.path] * 2)


def test_the_list_or_what_is_chosen_is_copied_as_text(page, qtbot):
    page.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[:2] == [
        f"{DOCUMENTS}/b.pdf\tPassword needed\tRemove the password.",
        f"{DOCUMENTS}/caf\ufffd.docx\tDamaged\tGet another copy.",
    ]
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == lines[0]


def test_where_not_all_are_known_it_says_so_until_they_are(page):
    assert page.count_label.text() == ""
    many = tuple(replace(LOCKED, path=f"{DOCUMENTS}/{number}.pdf") for number in range(1200))
    folders = (FolderStatus(DOCUMENTS, FolderState.WATCHED, 9000, 0, failed=1200),)
    fresh = Progress(folders, failures=many[:50])
    page.show_progress(Progress())
    page.show_progress(fresh)
    assert page.count_label.text() == "The newest 50 of 1,200"
    page.show_status(LibraryStatus(folders, 9000, 1, 1200, 0, (), 1, many))
    assert (page.count_label.text(), page.model.rowCount()) == ("", 1200)
    page.show_progress(fresh)
    assert page.model.rowCount() == 1200


def test_of_very_many_the_newest_ten_thousand_are_listed(page):
    many = tuple(replace(LOCKED, path=f"{DOCUMENTS}/{number}.pdf") for number in range(10_001))
    folders = (FolderStatus(DOCUMENTS, FolderState.WATCHED, 20_000, 0, failed=10_001),)
    page.show_status(LibraryStatus(folders, 20_000, 1, 10_001, 0, (), 1, many))
    assert (page.count_label.text(), page.model.rowCount()) == ("The newest 10,000 of 10,001", 10_000)


def test_without_a_failure_it_says_that_all_could_be_read(page):
    page.show_progress(progress())
    assert page.currentWidget() is page.nothing
    page.show_progress(progress(*ALL))
    assert page.currentWidget() is not page.nothing


def test_every_control_has_an_accessible_name(page):
    boxes = (page.filters.folder_box, page.filters.reason_box)
    buttons = (page.copy_button, page.details.open_button, page.details.reveal_button)
    assert all(control.accessibleName() for control in (page, page.table, page.details.text, *boxes, *buttons))


@pytest.mark.usefixtures("dark", "large_text")
def test_it_paints_in_the_dark_and_fits_into_a_narrow_window(page):
    page.resize(700, 600)
    QApplication.processEvents()
    assert page.width() == 700
    assert page.grab().toImage().pixelColor(2, 2).lightness() < 128
    assert page.table.rowHeight(0) > page.table.fontMetrics().height()


def test_failures_are_counted_for_each_folder_that_holds_them():
    paths = ("/home/me/a/x.pdf", "/home/me/a/b/y.pdf", "/home/me/ab/z.pdf", "/single.pdf")
    failures = [Failure(path, "Damaged file", "") for path in paths]
    assert folder_counts(failures, ["/", "/home/me/a", "/home/me/a/b", "/single.pdf", "/none"]) == [4, 2, 1, 1, 0]
