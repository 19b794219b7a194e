"""What a person can do in the list, by keys and by the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from bge_desktop.messages import FoundPassage, FoundPassages, Span
from bge_desktop.ui.result_menu import ResultMenu
from bge_desktop.ui.result_rows import RowKind
from bge_desktop.ui.results_model import ResultsModel, Role
from bge_desktop.ui.results_view import ResultsView
from bge_desktop.ui.theme import GRID

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot, make_result):
    made = ResultsView(ResultsModel())
    made.model().setParent(made)
    QAbstractItemModelTester(made.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    qtbot.addWidget(made)
    made.model().set_results([make_result(f"/d/{number}.pdf") for number in range(20)])
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    made.enter()
    return made


def passages(path: str, *starts: int) -> FoundPassages:
    found = (FoundPassage(at, at + 9, at // 10, "", f"Passage at {at}", (Span(0, 7),)) for at in starts)
    return FoundPassages(1, path, tuple(found))


def kinds(view: ResultsView) -> list[RowKind]:
    return view.model().kinds()[:4]


def toggle_of(view: ResultsView, row: int) -> QPoint:
    area = view.visualRect(view.model().index(row))
    for y in range(area.top(), area.bottom()):
        right = QPoint(area.right() - 3 * GRID, y)
        if view._delegate.is_on_toggle(option_at(view, row), view.model().index(row), right):  # its middle
            return right + QPoint(0, GRID // 2)
    raise AssertionError(row)


def option_at(view: ResultsView, row: int):
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = view.visualRect(view.model().index(row))
    return option


def test_the_right_arrow_asks_for_further_passages_and_the_left_one_hides_them(view, qtbot):
    with qtbot.waitSignal(view.passages_wanted) as wanted:
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert wanted.args == ["/d/0.pdf"]
    assert kinds(view)[:3] == [RowKind.BRIEF_DOCUMENT, RowKind.WAITING, RowKind.BRIEF_DOCUMENT]
    view.model().set_passages(passages("/d/0.pdf", 50, 90))
    assert kinds(view) == [RowKind.BRIEF_DOCUMENT, RowKind.PASSAGE, RowKind.PASSAGE, RowKind.BRIEF_DOCUMENT]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data(Role.RESULT).start == 50
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().data(Role.RESULT).path == "/d/0.pdf"
    assert kinds(view) == 4 * [RowKind.BRIEF_DOCUMENT]


def test_what_is_unfolded_is_not_asked_for_again(view, qtbot):
    qtbot.keyClick(view, Qt.Key.Key_Right)
    with qtbot.assertNotEmitted(view.passages_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Right)


def test_from_right_to_left_the_arrows_change_places(view, qtbot):
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    with qtbot.waitSignal(view.passages_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert kinds(view) == 4 * [RowKind.BRIEF_DOCUMENT]


def test_a_click_unfolds_and_the_next_one_folds(view, qtbot):
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = toggle_of(view, 1)
    with qtbot.waitSignal(view.passages_wanted) as wanted:
        qtbot.mouseClick(view.viewport(), left, none, at)
    assert wanted.args == ["/d/1.pdf"]
    assert view.currentIndex().row() == 0
    with qtbot.assertNotEmitted(view.open_wanted):
        qtbot.mouseDClick(view.viewport(), left, none, at)
    assert kinds(view) == 4 * [RowKind.BRIEF_DOCUMENT]


def test_a_further_passage_is_opened_and_looked_at_where_it_stands(view, qtbot):
    qtbot.keyClick(view, Qt.Key.Key_Right)
    view.model().set_passages(passages("/d/0.pdf", 50))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    for key, signal in ((Qt.Key.Key_Return, view.open_wanted), (Qt.Key.Key_Space, view.preview_wanted)):
        with qtbot.waitSignal(signal) as wanted:
            qtbot.keyClick(view, key)
        result = wanted.args[0]
        assert (result.path, result.start, result.end, result.page) == ("/d/0.pdf", 50, 59, 5)
        assert (result.passage, result.marks) == ("Passage at 50", (Span(0, 7),))


def test_where_there_is_no_further_passage_a_note_says_so_and_keys_pass_over_it(view, qtbot, make_result):
    own = view.model().results()[0]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    view.model().set_passages(FoundPassages(1, own.path, (FoundPassage(own.start, own.end, 3, "", own.passage),)))
    assert view.model().index(1).data() == "No further passage"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data(Role.RESULT).path == "/d/1.pdf"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1)).center())
    assert view.model().index(1) not in view.selectedIndexes()


def test_space_looks_at_the_current_result(view, qtbot):
    with qtbot.waitSignal(view.preview_wanted) as wanted:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert wanted.args[0].path == "/d/0.pdf"


def select(view: ResultsView, count: int, qtbot) -> None:
    for _ in range(count - 1):
        qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)


def collected(signal) -> list[object]:
    seen: list[object] = []
    signal.connect(seen.append)
    return seen


def test_enter_opens_all_that_are_selected(view, qtbot):
    opened, told = collected(view.open_wanted), collected(view.told)
    select(view, 3, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [result.path for result in opened] == ["/d/0.pdf", "/d/1.pdf", "/d/2.pdf"]
    assert told == []


def test_of_many_the_first_ten_are_opened_and_one_is_told(view, qtbot):
    opened, told = collected(view.open_wanted), collected(view.told)
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [result.path for result in opened] == [f"/d/{number}.pdf" for number in range(10)]
    assert [report.title for report in told] == ["The first 10 of 20 documents were opened"]


def test_a_document_of_which_several_passages_are_selected_opens_once_at_the_first(view, qtbot):
    opened = collected(view.open_wanted)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    view.model().set_passages(passages("/d/0.pdf", 50, 90))
    select(view, 4, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [(result.path, result.start) for result in opened] == [("/d/0.pdf", 0), ("/d/1.pdf", 0)]


@pytest.mark.parametrize(
    ("modifiers", "text"),
    [
        (CTRL, "/d/0.pdf\n/d/1.pdf"),
        (CTRL | SHIFT, "0.pdf, p. 3: “The deposit is returned.”\n1.pdf, p. 3: “The deposit is returned.”"),
    ],
)
def test_keys_copy_all_that_are_selected(view, qtbot, modifiers, text):
    select(view, 2, qtbot)
    with qtbot.waitSignal(view.copy_wanted) as copied:
        qtbot.keyClick(view, Qt.Key.Key_C, modifiers)
    assert copied.args == [text]


def test_what_can_be_done_with_one_only_is_done_with_the_current_one(view, qtbot):
    select(view, 3, qtbot)
    revealed = collected(view.reveal_wanted)
    qtbot.keyClick(view, Qt.Key.Key_Return, CTRL)
    assert revealed == ["/d/2.pdf"]


def test_the_menu_acts_on_all_that_are_selected_or_on_the_row_under_the_mouse(view, qtbot):
    select(view, 2, qtbot)
    for row, text in ((1, "Open 2 documents"), (3, "Open")):
        at = view.visualRect(view.model().index(row)).center()
        send_context_menu(view, at)
        menu = view.findChildren(ResultMenu)[-1]
        qtbot.waitUntil(menu.isVisible)
        assert next(action.text() for action in menu.actions() if action.text()) == text
        menu.close()
    assert [index.row() for index in view.selectedIndexes()] == [3]


def send_context_menu(view: ResultsView, at: QPoint) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)


def test_the_current_row_is_framed_among_those_selected(view, qtbot):
    select(view, 2, qtbot)
    qtbot.waitUntil(view.hasFocus)
    image = view.viewport().grab().toImage()
    frames = [
        image.pixelColor(GRID // 2 + 1, view.visualRect(view.model().index(row)).center().y()) for row in range(2)
    ]
    assert frames[0] != frames[1]


def test_the_current_result_is_told_once_a_turn(view, qtbot):
    qtbot.waitUntil(lambda: not view._look_soon.isActive())
    seen = collected(view.current_changed)
    for row in (3, 4, 5):
        view.setCurrentIndex(view.model().index(row))
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert [result.path for result in seen] == ["/d/5.pdf"]
    view.model().set_results(())
    qtbot.waitUntil(lambda: seen[-1] is None)


def test_another_score_is_no_other_current_result(view, qtbot, make_result):
    qtbot.waitUntil(lambda: not view._look_soon.isActive())
    seen = collected(view.current_changed)
    view.model().set_results([make_result(f"/d/{number}.pdf", score=0.5) for number in range(20)])
    view.setCurrentIndex(view.model().index(1))
    qtbot.waitUntil(lambda: bool(seen))
    assert [result.path for result in seen] == ["/d/1.pdf"]


def test_more_is_wanted_once_the_end_comes_near(view, qtbot, make_result):
    view.model().set_results([make_result(f"/d/{number}.pdf") for number in range(50)])
    qtbot.waitUntil(lambda: not view._look_soon.isActive())
    wanted = collected(view.more_wanted)
    view.verticalScrollBar().setValue(10)
    qtbot.wait(10)
    assert wanted == []
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() - 2 * view.viewport().height())
    qtbot.waitUntil(lambda: wanted == [50])


def test_wherever_the_list_stands_what_follows_it_does_so_in_the_next_turn(view):
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    assert view._look_soon.isActive()
    assert view._look_soon.interval() == 0


def test_a_document_of_one_passage_has_nothing_to_unfold(view, qtbot, make_result):
    view.model().set_results([make_result("/d/0.pdf", passages=1), make_result("/d/1.pdf")])
    wanted = collected(view.passages_wanted)
    view.setCurrentIndex(view.model().index(0))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert (wanted, view.model().is_unfolded("/d/0.pdf")) == ([], False)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=toggle_of(view, 1) - toggle_offset(view))
    assert (wanted, view.model().is_unfolded("/d/0.pdf")) == ([], False)


def toggle_offset(view: ResultsView) -> QPoint:
    """Return how much higher the first row stands than the second."""
    first, second = (view.visualRect(view.model().index(row)).top() for row in range(2))
    return QPoint(0, second - first)
