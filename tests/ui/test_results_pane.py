"""The list while one types: nothing better, nothing moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop.messages import FoundPassage, FoundPassages, SearchAnswer, Sentences, Span, Why
from bge_desktop.ui.result_order import Order
from bge_desktop.ui.result_rows import RowKind
from bge_desktop.ui.results_model import Role
from bge_desktop.ui.results_pane import ResultsPane
from bge_desktop.ui.theme import GRID

MANY = 30


@pytest.fixture
def pane(qtbot):
    made = ResultsPane()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def results(make_result):
    return tuple(make_result(f"/d/{number}.txt", "The deposit is returned. " * 9) for number in range(MANY))


def show(pane: ResultsPane, query: str, results, *, complete: bool = True) -> None:
    pane.show_answer(SearchAnswer(query, 1, tuple(results), 5.0, complete))


def read_on(pane: ResultsPane, qtbot) -> int:
    """Scroll down and select the tenth row; return where the list is then."""
    qtbot.waitUntil(lambda: not pane.view.visualRect(pane.model.index(MANY - 1)).isEmpty())  # all is laid out
    pane.view.setCurrentIndex(pane.model.index(9))
    QApplication.processEvents()
    place = pane.view.verticalScrollBar().value()
    assert place > 0
    return place


def pages_shown(pane: ResultsPane) -> list[object]:
    seen: list[object] = []
    pane.pages.currentChanged.connect(lambda number: seen.append(pane.pages.widget(number)))
    return seen


@pytest.mark.parametrize("same_query", [True, False])
def test_the_same_documents_leave_selection_and_place(pane, results, qtbot, same_query):
    show(pane, "deposit", results)
    place, bar, places = read_on(pane, qtbot), pane.view.verticalScrollBar(), []
    bar.valueChanged.connect(places.append)
    show(pane, "deposit" if same_query else "deposits", [replace(result, why=Why.WORDS) for result in results])
    qtbot.wait(20)
    assert (pane.view.currentIndex().row(), bar.value(), places) == (9, place, [])


class Paints(QObject):
    """Notes what `look` returns whenever a widget is painted."""

    def __init__(self, widget: QWidget, look: Callable[[], object]) -> None:
        super().__init__(widget)
        self._look, self.seen = look, []
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.seen.append(self._look())
        return False


@pytest.mark.parametrize("same_query", [True, False])
def test_the_scroll_bar_does_not_flicker_when_nothing_better_came(pane, results, qtbot, same_query):
    show(pane, "deposit", results)
    read_on(pane, qtbot)
    bar = pane.view.verticalScrollBar()
    bar.setValue(0)
    qtbot.wait(10)
    before, paints = bar.maximum(), Paints(bar, bar.maximum)
    show(pane, "deposit" if same_query else "deposits", [replace(result, why=Why.WORDS) for result in results])
    bar.update()
    qtbot.wait(20)
    assert (set(paints.seen), bar.maximum()) == ({before}, before)


def test_the_list_is_never_painted_blank(pane, results, qtbot):
    show(pane, "deposit", results)
    paints = Paints(pane.view.viewport(), lambda: pane.view.visualRect(pane.model.index(0)).isEmpty())
    for query, shown in (("deposits", results[5:]), ("deposits of", results[2:]), ("deposits of", results)):
        show(pane, query, shown)
        pane.view.viewport().update()
        QCoreApplication.sendPostedEvents()
    assert set(paints.seen) == {False}


def test_a_sentence_and_a_resize_leave_the_place_of_one_who_reads_on(pane, results, qtbot):
    show(pane, "deposit", results)
    place = read_on(pane, qtbot)
    pane.show_sentences(Sentences(1, ((results[0].path, Span(0, 24)),)))
    qtbot.wait(20)
    assert pane.view.verticalScrollBar().value() == place
    pane.resize(600, 520)
    qtbot.wait(20)
    assert pane.view.verticalScrollBar().value() == place


def test_a_selected_document_that_moves_stays_selected(pane, results, qtbot):
    show(pane, "deposit", results)
    read_on(pane, qtbot)
    show(pane, "deposits", [results[0], results[9], *results[1:9]])
    assert [index.data(Role.RESULT) for index in pane.view.selectedIndexes()] == [results[9]]


def test_when_the_selected_document_goes_no_other_is_selected(pane, results, qtbot):
    show(pane, "deposit", results)
    read_on(pane, qtbot)
    show(pane, "deposit", [*results[:9], *results[10:]])
    assert pane.view.selectedIndexes() == []
    assert not pane.view.currentIndex().isValid()


def test_a_selected_document_that_moves_out_of_view_is_not_opened_by_mistake(pane, results, qtbot):
    show(pane, "deposit", results)
    pane.view.setCurrentIndex(pane.model.index(1))
    show(pane, "deposits", [results[0], *results[2:], results[1]])
    qtbot.wait(20)
    assert pane.view.result_to_open() == results[0]


def test_meaning_after_words_never_blanks_the_list(pane, results, qtbot):
    show(pane, "deposit", results)
    pages, counts = pages_shown(pane), []
    model = pane.model
    for signal in (model.rowsRemoved, model.rowsInserted, model.layoutChanged, model.modelReset):
        signal.connect(lambda *_: counts.append(pane.model.rowCount()))
    show(pane, "deposits", (), complete=False)
    show(pane, "deposits", reversed(results), complete=False)
    show(pane, "deposits", results)
    assert pages == []
    assert set(counts) == {MANY}


def tinted(pane: ResultsPane) -> list[int]:
    """Return which of the first rows are tinted."""
    image, base = pane.view.viewport().grab().toImage(), pane.palette().color(QPalette.ColorRole.Base)
    rows = [pane.view.visualRect(pane.model.index(row)) for row in range(4)]
    return [row for row, area in enumerate(rows) if image.pixelColor(area.left() + GRID, area.center().y()) != base]


def test_the_row_under_a_mouse_that_rests_is_the_tinted_one_whatever_moves(pane, results, qtbot):
    show(pane, "deposit", results)
    for row in (0, 1):
        qtbot.mouseMove(pane.view.viewport(), pane.view.visualRect(pane.model.index(row)).center())
        qtbot.wait(10)
    assert tinted(pane) == [1]
    show(pane, "deposits", results)
    assert tinted(pane) == [1]
    show(pane, "deposits", [*results[1:4], results[0], *results[4:]])
    qtbot.waitUntil(lambda: tinted(pane) == [1])
    show(pane, "deposits", results[4:])
    qtbot.waitUntil(lambda: tinted(pane) == [1])


def unfold(pane: ResultsPane, path: str, *starts: int) -> None:
    pane.view.unfold(path)
    answer_passages(pane, path, *starts)


def answer_passages(pane: ResultsPane, path: str, *starts: int) -> None:
    passages = tuple(FoundPassage(at, at + 5, None, "", f"Passage {at}") for at in starts)
    pane.show_passages(FoundPassages(1, path, passages))


def asked_for(pane: ResultsPane) -> list[str]:
    seen: list[str] = []
    pane.view.passages_wanted.connect(seen.append)
    return seen


def test_what_is_unfolded_stays_so_while_the_same_query_is_updated(pane, results):
    show(pane, "deposit", results)
    unfold(pane, results[0].path, 500, 900)
    pane.view.setCurrentIndex(pane.model.index(2))
    asked = asked_for(pane)
    show(pane, "deposit", [results[1], replace(results[0], score=0.1), *results[2:]])
    assert pane.model.kinds()[:4] == [RowKind.DOCUMENT, RowKind.DOCUMENT, RowKind.PASSAGE, RowKind.PASSAGE]
    assert pane.view.currentIndex().data(Role.RESULT).start == 900
    assert asked == []


def test_another_query_folds_everything(pane, results):
    show(pane, "deposit", results)
    unfold(pane, results[0].path, 500)
    show(pane, "deposits", results)
    assert set(pane.model.kinds()) == {RowKind.DOCUMENT}
    answer_passages(pane, results[0].path, 500)  # an answer that comes late
    assert pane.model.rowCount() == MANY


@pytest.mark.parametrize("answered", [True, False])
def test_passages_are_asked_for_again_where_the_document_changed_or_the_answer_was_lost(pane, results, answered):
    show(pane, "deposit", results)
    unfold(pane, results[0].path, *([500] if answered else []))
    if not answered:
        pane.view.fold(results[0].path)
        pane.view.unfold(results[0].path)
    asked = asked_for(pane)
    show(pane, "deposit", [replace(results[0], modified=1.8e9 if answered else results[0].modified), *results[1:]])
    assert asked == [results[0].path]
    assert pane.model.kinds()[1] is (RowKind.PASSAGE if answered else RowKind.WAITING)


def test_unfolding_moves_nothing_above(pane, results, qtbot):
    show(pane, "deposit", results)
    place = read_on(pane, qtbot)
    before = pane.view.visualRect(pane.model.index(9))
    unfold(pane, results[9].path, 500, 900)
    qtbot.wait(20)
    assert pane.view.verticalScrollBar().value() == place
    assert pane.view.visualRect(pane.model.index(9)) == before


def shown(pane: ResultsPane) -> list[str]:
    return [result.path.removeprefix("/d/") for result in pane.model.results()]


@pytest.mark.parametrize(
    ("key", "order", "names"),
    [
        (Qt.Key.Key_1, Order.RELEVANCE, ["b 10", "b 9", "a"]),
        (Qt.Key.Key_2, Order.DATE, ["b 9", "a", "b 10"]),
        (Qt.Key.Key_3, Order.NAME, ["a", "b 9", "b 10"]),
    ],
)
def test_keys_choose_the_order(pane, make_result, qtbot, key, order, names):
    found = [make_result(f"/d/{name}", modified=date) for name, date in (("b 10", 1.0), ("b 9", 3.0), ("a", 2.0))]
    show(pane, "deposit", found)
    pane.set_order(Order.NAME if order is not Order.NAME else Order.DATE)
    pane.view.setCurrentIndex(pane.model.index(shown(pane).index("b 9")))
    qtbot.keyClick(pane.view, key, Qt.KeyboardModifier.ControlModifier)
    assert shown(pane) == names
    assert pane.view.currentIndex().row() == names.index("b 9")
    assert pane.header.order_actions[order].isChecked()
    assert pane.header.order_button.accessibleName() == f"Order: {pane.header.order_actions[order].text()}"


def test_more_results_merge_in_order_and_the_next_query_keeps_it(pane, make_result):
    pane.set_order(Order.NAME)
    show(pane, "deposit", [make_result(f"/d/{name}") for name in "da"])
    show(pane, "deposit", [make_result(f"/d/{name}") for name in "dacb"])
    assert shown(pane) == ["a", "b", "c", "d"]
    show(pane, "rent", [make_result(f"/d/{name}") for name in "zy"])
    assert shown(pane) == ["y", "z"]


def test_the_line_above_the_list_counts_documents_not_passages_and_goes_with_the_list(pane, results):
    show(pane, "deposit", results)
    unfold(pane, results[0].path, 500)
    assert pane.header.isVisible()
    assert pane.header.count_label.text() == "30 documents"
    show(pane, "deposit", results[:1])
    assert pane.header.count_label.text() == "1 document"
    pane.show_hint()
    assert not pane.header.isVisible()


def test_ten_thousand_documents_are_painted_without_looking_at_those_out_of_view(pane, make_result, qtbot):
    show(pane, "deposit", [make_result(f"/d/{number}.txt") for number in range(10_000)])
    looked_at: set[int] = set()
    data = pane.model.data

    def look(index, role=Qt.ItemDataRole.DisplayRole):
        looked_at.add(index.row())
        return data(index, role)

    pane.model.data = look
    pane.view.verticalScrollBar().setValue(pane.view.verticalScrollBar().maximum() // 2)
    pane.resize(580, 480)
    pane.view.viewport().repaint()
    qtbot.wait(10)
    assert 0 < len(looked_at) < 50


def test_a_narrow_window_shortens_the_count_rather_than_being_made_wider_by_it(pane, results):
    show_part(pane, results)
    pane.set_order(Order.NAME)
    pane.resize(240, 500)
    assert pane.header.count_label.text().endswith("…")
    assert pane.header.count_label.accessibleName() == "The best 30 of 154 documents"


def show_part(pane: ResultsPane, results, *, is_ranked: bool = True) -> None:
    pane.show_answer(SearchAnswer("x", 1, tuple(results), 5.0, total=154, is_ranked=is_ranked))


def test_the_header_says_how_many_there_are_where_not_all_are_loaded(pane, results):
    show(pane, "x", results)
    assert pane.header.count_label.text() == "30 documents"
    show_part(pane, results)
    assert pane.header.count_label.text() == "30 of 154 documents"
    pane.set_order(Order.DATE)
    assert pane.header.count_label.text() == "The best 30 of 154 documents"
    pane.set_order(Order.RELEVANCE)
    assert pane.header.count_label.text() == "30 of 154 documents"


def test_the_best_that_are_ordered_otherwise_stay_the_same_ones(pane, results, qtbot):
    show_part(pane, results)
    pane.set_order(Order.NAME)
    with qtbot.assertNotEmitted(pane.more_wanted, wait=30), qtbot.assertNotEmitted(pane.all_wanted):
        pane.view.verticalScrollBar().setValue(pane.view.verticalScrollBar().maximum())
    with qtbot.waitSignal(pane.more_wanted):
        pane.set_order(Order.RELEVANCE)
        pane.view.verticalScrollBar().setValue(pane.view.verticalScrollBar().maximum())


def test_what_is_not_ranked_is_ordered_as_a_whole(pane, results, qtbot):
    show_part(pane, results, is_ranked=False)
    with qtbot.waitSignal(pane.all_wanted):
        pane.set_order(Order.DATE)
    assert pane.header.count_label.text() == "30 of 154 documents"
    with qtbot.waitSignal(pane.all_wanted):
        show_part(pane, results, is_ranked=False)
    with qtbot.assertNotEmitted(pane.all_wanted):
        show(pane, "x", results)
