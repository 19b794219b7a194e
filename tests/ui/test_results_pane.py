"""The list while one types: nothing better, nothing moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop.messages import SearchAnswer, Sentences, Span, Why
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
    pane.currentChanged.connect(lambda number: seen.append(pane.widget(number)))
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
    for signal in (pane.model.rowsRemoved, pane.model.rowsInserted, pane.model.rowsMoved, pane.model.modelReset):
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
