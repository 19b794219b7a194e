"""A better order of the list: it comes in by itself, but never under somebody's hand or eyes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from bge_desktop.messages import FoundPassage, FoundPassages, Reranked, SearchAnswer
from bge_desktop.ui.result_order import Order
from bge_desktop.ui.results_pane import ResultsPane

MANY = 12


@pytest.fixture
def pane(qtbot):
    made = ResultsPane()
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def results(make_result):
    names = (f"/d/{number}.txt" for number in range(MANY))
    return tuple(make_result(name, "The deposit is returned. " * 9, modified=n * 1e5) for n, name in enumerate(names))


@pytest.fixture
def listed(pane, results, qtbot):
    """The list, with the pointer somewhere else."""
    show(pane, results)
    qtbot.mouseMove(pane.header)
    qtbot.waitUntil(lambda: pane.view.row_under_mouse() == -1)
    return results


def show(pane: ResultsPane, results, query: str = "deposit") -> None:
    pane.show_answer(SearchAnswer(query, 1, tuple(results), 5.0, True))


def better(*numbers: int) -> Reranked:
    return Reranked(1, tuple(f"/d/{number}.txt" for number in numbers))


def order(pane: ResultsPane) -> list[int]:
    return [int(path.removeprefix("/d/").removesuffix(".txt")) for path in pane.model.paths()]


def is_offered(pane: ResultsPane) -> bool:
    return pane.better.offer.isVisible()


def in_first_order(pane: ResultsPane) -> bool:
    return order(pane) == list(range(MANY))


def test_where_nobody_is_at_work_with_the_list_the_better_order_comes_in(pane, listed):
    pane.show_reranked(better(3, 0, 1))
    assert order(pane)[:5] == [3, 0, 2, 1, 4]
    assert not is_offered(pane)


def test_it_holds_while_the_same_query_is_answered_again_and_nothing_moves(pane, listed):
    pane.show_reranked(better(3, 2, 1, 0))
    moves: list[object] = []
    for signal in (pane.model.layoutChanged, pane.model.rowsRemoved, pane.model.rowsInserted):
        signal.connect(lambda *_: moves.append(order(pane)))
    show(pane, listed)
    pane.show_reranked(better(3, 2, 1, 0))
    assert (order(pane)[:4], moves) == ([3, 2, 1, 0], [])


def test_another_query_starts_with_its_own_order(pane, listed):
    pane.show_reranked(better(3, 2, 1, 0))
    show(pane, listed, "lease")
    assert in_first_order(pane)
    assert not is_offered(pane)


def test_a_row_that_is_selected_stays_and_the_better_order_is_offered(pane, listed):
    pane.view.setCurrentIndex(pane.model.index(2))
    place = pane.view.visualRect(pane.view.currentIndex())
    pane.show_reranked(better(3, 2, 1, 0))
    assert (in_first_order(pane), is_offered(pane)) == (True, True)
    assert pane.view.visualRect(pane.view.currentIndex()) == place


def test_what_is_offered_moves_no_row(pane, listed):
    pane.view.setCurrentIndex(pane.model.index(0))
    before = [pane.view.mapToGlobal(pane.view.visualRect(pane.model.index(row)).topLeft()) for row in range(4)]
    pane.show_reranked(better(1, 0))
    QApplication.processEvents()
    assert [pane.view.mapToGlobal(pane.view.visualRect(pane.model.index(row)).topLeft()) for row in range(4)] == before


def test_taken_up_it_comes_in_with_what_is_selected_and_the_best_in_sight(pane, listed, qtbot):
    pane.view.setCurrentIndex(pane.model.index(MANY - 1))
    pane.show_reranked(better(3, 0))
    qtbot.mouseClick(pane.better.offer, Qt.MouseButton.LeftButton)
    assert order(pane)[0] == 3
    assert pane.view.current_result().path == f"/d/{MANY - 1}.txt"
    assert pane.view.verticalScrollBar().value() == 0
    assert not is_offered(pane)


def test_the_offer_is_reached_and_taken_up_by_keyboard(pane, listed, qtbot):
    pane.view.enter()
    pane.show_reranked(better(3, 0))
    qtbot.keyClick(pane.view, Qt.Key.Key_Tab)
    assert pane.better.offer.hasFocus()
    qtbot.keyClick(pane.better.offer, Qt.Key.Key_Space)
    assert order(pane)[0] == 3


def test_scrolled_down_nothing_moves(pane, listed):
    pane.view.verticalScrollBar().setValue(40)
    pane.show_reranked(better(1, 0))
    assert (in_first_order(pane), is_offered(pane)) == (True, True)


def test_with_further_passages_on_show_nothing_moves(pane, listed):
    pane.view.unfold("/d/0.txt")
    pane.show_passages(FoundPassages(1, "/d/0.txt", (FoundPassage(900, 905, None, "", "More."),)))
    pane.show_reranked(better(1, 0))
    assert (in_first_order(pane), is_offered(pane)) == (True, True)


def test_below_an_open_menu_nothing_moves(pane, listed, qtbot):
    menu = QMenu(pane)
    menu.addAction("Open")
    menu.popup(pane.mapToGlobal(QPoint(50, 50)))
    pane.show_reranked(better(1, 0))
    menu.close()
    assert (in_first_order(pane), is_offered(pane)) == (True, True)


def point_at(pane: ResultsPane, row: int, qtbot, x: int = 0) -> None:
    middle = pane.view.visualRect(pane.model.index(row)).center()
    qtbot.mouseMove(pane.view.viewport(), middle + QPoint(x, 0))
    qtbot.waitUntil(lambda: pane.view.row_under_mouse() == row)


def test_under_a_pointer_that_moves_nothing_moves(pane, listed, qtbot):
    pane.better.attention._rest_ms = 60_000
    for x in (0, 1):
        point_at(pane, 2, qtbot, x)
    pane.show_reranked(better(3, 2, 1, 0))
    assert (in_first_order(pane), is_offered(pane)) == (True, True)


def test_where_a_pointer_rests_and_above_nothing_moves_and_what_is_below_does(pane, listed, qtbot):
    pane.better.attention._rest_ms = 0
    point_at(pane, 1, qtbot)
    pane.show_reranked(better(5, 1, 4, 0, 3, 2))
    assert order(pane)[:7] == [0, 1, 5, 4, 3, 2, 6]
    assert is_offered(pane)
    qtbot.mouseClick(pane.better.offer, Qt.MouseButton.LeftButton)
    assert order(pane)[:6] == [5, 1, 4, 0, 3, 2]


def test_while_one_reads_beside_the_list_nothing_moves(pane, listed, qtbot):
    reader = QLineEdit(pane)
    reader.show()
    pane.better.attention.watch_beside(reader)
    reader.setFocus()
    qtbot.waitUntil(reader.hasFocus)
    pane.show_reranked(better(1, 0))
    assert (in_first_order(pane), is_offered(pane)) == (True, True)


def test_an_order_that_changes_nothing_is_not_offered(pane, listed):
    pane.view.setCurrentIndex(pane.model.index(2))
    pane.show_reranked(better(0, 1, 2))
    assert not is_offered(pane)


def test_where_the_look_failed_what_holds_is_kept(pane, listed):
    pane.show_reranked(better(3, 0))
    pane.show_reranked(Reranked(1, ()))
    assert order(pane)[0] == 3


def test_listed_by_date_nothing_is_offered_until_the_best_come_first_again(pane, listed):
    pane.set_order(Order.DATE)
    pane.view.setCurrentIndex(pane.model.index(0))
    pane.show_reranked(better(1, 0))
    assert not is_offered(pane)
    pane.set_order(Order.RELEVANCE)
    assert is_offered(pane)


def test_an_empty_list_offers_nothing(pane, listed):
    pane.view.setCurrentIndex(pane.model.index(0))
    pane.show_reranked(better(1, 0))
    pane.show_hint()
    assert not is_offered(pane)
