from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop.messages import Search, SearchAnswer, Span, Typing
from bge_desktop.ui.quick_list import RESULT, QuickModel, telling_line
from bge_desktop.ui.quick_search import QuickSearch

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def quick(stage, qtbot):
    own = QuickSearch(stage.bridge)
    qtbot.addWidget(own)
    own.heard = []
    for name in ("open_wanted", "reveal_wanted", "window_wanted"):
        getattr(own, name).connect(lambda what, name=name: own.heard.append((name, what)))
    own.appear()
    qtbot.waitUntil(own.isActiveWindow)
    return own


@pytest.fixture
def ask(quick, stage, qtbot):
    def typed_and_answered(query, *results, complete=True):
        quick.bar.setText(query)
        qtbot.waitUntil(lambda: stage.worker.was_asked(query))
        answer = SearchAnswer(query, stage.worker.newest_search().generation, results, 1.0, complete)
        with qtbot.waitSignal(stage.bridge.quick_query.answered):
            stage.worker.emit(answer)

    return typed_and_answered


@pytest.fixture
def results(make_result):
    return [make_result(f"/home/me/Documents/{name}.txt") for name in ("one", "two", "three")]


def row(quick):
    return quick.list.currentIndex().row()


def test_it_comes_with_the_keyboard_in_an_empty_line(quick):
    assert quick.bar.hasFocus()
    assert quick.bar.text() == ""
    assert not quick.list.isVisible()
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert abs(quick.geometry().center().x() - area.center().x()) <= 1
    assert area.top() < quick.y() < area.top() + area.height() // 3


def test_what_is_typed_is_asked_and_a_few_results_are_shown(quick, ask, results, stage):
    ask("deposit", *results)
    assert stage.worker.of(Typing)
    assert stage.worker.newest_search() == Search("deposit", stage.worker.newest_search().generation, 8)
    assert [quick.model.index(at, 0).data() for at in range(4)] == [
        "one.txt",
        "two.txt",
        "three.txt",
        "Show all in the window",
    ]
    assert row(quick) == 0
    assert quick.list.height() >= quick.list.sizeHint().height() > 0


def test_enter_opens_the_chosen_result_and_it_goes(quick, ask, results, qtbot):
    ask("deposit", *results)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Down)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Return)
    assert quick.heard == [("open_wanted", results[1])]
    assert not quick.isVisible()


def test_control_enter_shows_it_in_its_folder(quick, ask, results, qtbot):
    ask("deposit", *results)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Return, CONTROL)
    assert quick.heard == [("reveal_wanted", results[0].path)]
    assert not quick.isVisible()


def test_a_click_opens(quick, ask, results, qtbot):
    ask("deposit", *results)
    at = quick.list.visualRect(quick.model.index(2, 0)).center()
    qtbot.mouseClick(quick.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert quick.heard == [("open_wanted", results[2])]


def test_up_and_down_go_round_and_the_last_row_hands_the_query_to_the_window(quick, ask, results, qtbot):
    ask("deposit", *results)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Up)
    assert row(quick) == 3
    qtbot.keyClick(quick.bar, Qt.Key.Key_Return, CONTROL)
    assert quick.isVisible()  # it is no file
    qtbot.keyClick(quick.bar, Qt.Key.Key_Down)
    assert row(quick) == 0
    qtbot.keyClick(quick.bar, Qt.Key.Key_Up)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Enter)
    assert quick.heard == [("window_wanted", "deposit")]
    assert not quick.isVisible()


def test_without_results_enter_hands_the_query_to_the_window(quick, ask, qtbot):
    ask("xyzzy")
    assert quick._nothing.isVisible()
    assert not quick.list.isVisible()
    qtbot.keyClick(quick.bar, Qt.Key.Key_Return)
    assert quick.heard == [("window_wanted", "xyzzy")]


def test_half_an_answer_without_results_says_nothing(quick, ask):
    ask("deposit", complete=False)
    assert not quick._nothing.isVisible()


def test_escape_takes_it_away_and_nothing_is_kept(quick, ask, results, qtbot):
    ask("deposit", *results)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Escape)
    assert not quick.isVisible()
    quick.appear()
    assert quick.bar.text() == ""
    assert quick.model.rowCount() == 0


def test_it_goes_when_another_window_is_used(quick, qtbot):
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not quick.isVisible())


def test_the_same_keys_take_it_away_again_and_bring_it_back_at_once(quick, qtbot):
    quick.toggle()
    assert not quick.isVisible()
    quick.toggle()
    qtbot.wait(50)  # the news that it was not active any more comes only now
    assert quick.isVisible()


def test_the_windows_query_is_asked_again_when_it_goes(stage, qtbot, quick, ask, results):
    quick.hide()
    stage.bridge.search("lease")
    quick.appear()
    ask("deposit", *results)
    assert stage.worker.newest_search().query == "deposit"
    quick.hide()
    assert stage.worker.newest_search().query == "lease"


def test_a_key_that_was_on_its_way_when_it_went_asks_nothing(stage, qtbot, quick):
    quick.bar.setText("late")
    quick.hide()
    qtbot.wait(20)
    assert not stage.worker.was_asked("late")


def test_an_emptied_line_has_no_results(quick, ask, results, qtbot):
    ask("deposit", *results)
    height = quick.height()
    quick.bar.clear()
    qtbot.waitUntil(lambda: quick.model.rowCount() == 0)
    assert quick.height() < height


def test_the_chosen_row_stays_with_its_document(quick, ask, results, make_result, qtbot):
    ask("deposit", *results)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Down)
    ask("deposits", make_result("/home/me/Documents/new.txt"), *results)
    assert quick.list.currentIndex().data(RESULT).path == results[1].path
    ask("depositss", make_result("/home/me/Documents/new.txt"))
    assert row(quick) == 0


def test_the_chosen_row_is_said_to_a_screen_reader(quick, ask, results, monkeypatch, qtbot):
    said = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    ask("deposit", *results)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Down)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Up)
    qtbot.keyClick(quick.bar, Qt.Key.Key_Up)
    assert said[0].startswith("one.txt, in /home/me/Documents, page 3, ")
    assert [text.split(",")[0] for text in said] == ["one.txt", "two.txt", "one.txt", "Show all in the window"]


def test_the_model_holds_what_models_promise(qtmodeltester, make_result, qapp):
    model = QuickModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (0, 3, 1, 0, 8):
        model.set_results([make_result(f"/{number}.txt") for number in range(count)])
        assert model.rowCount() == (count + 1 if count else 0)
    del tester


@pytest.mark.parametrize("count", [0, 1, 8])
def test_large_text_and_chinese_are_painted(quick, ask, make_result, qapp, count):
    before = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(2 * larger.pointSizeF())
    try:
        qapp.setFont(larger)
        ask(
            "租约",
            *(make_result(f"/家/{number}租约.docx", "租客须提前六十天通知房东。" * 9) for number in range(count)),
        )
        assert quick.height() <= quick.screen().availableSize().height()
        assert not quick.grab().isNull()
    finally:
        qapp.setFont(before)


def test_it_does_not_keep_the_app_alive(quick):
    assert not quick.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert QApplication.activeWindow() is quick


@pytest.mark.parametrize(
    ("passage", "more", "line"),
    [
        ("First. The deposit is returned.\nLast.", {"sentence": Span(7, 31)}, "The deposit is returned."),
        ("a " * 60 + "deposit here", {"marks": (Span(120, 127),)}, "deposit here"),
        ("The deposit\n is   returned.", {"marks": (Span(4, 11),)}, "The deposit is returned."),
        ("", {"marks": ()}, ""),
    ],
)
def test_the_line_is_the_one_that_tells_the_most(make_result, passage, more, line):
    assert telling_line(make_result(passage=passage, **more)) == line
