"""The documents that were marked on the map: what is searched, shown and let go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from bge_desktop.messages import SearchAnswer
from bge_desktop.ui.window_pages import WindowPage

DOCUMENTS = (11, 12, 13)


@pytest.fixture
def marked(window, stage, qtbot):
    """A window in which three documents were marked on the map."""
    window.search_bar.setText("boiler")
    qtbot.waitUntil(lambda: stage.worker.was_asked("boiler"))
    window.show_documents(DOCUMENTS)
    qtbot.waitUntil(lambda: stage.worker.newest_search().documents == DOCUMENTS)
    return window


def answer(stage, *results):
    search = stage.worker.newest_search()
    stage.worker.emit(SearchAnswer(search.query, search.generation, results, 1.0, total=len(results), is_ranked=False))


def test_they_are_listed_and_a_chip_stands_for_them(marked, stage, qtbot, make_result):
    assert stage.worker.newest_search().query == ""
    assert marked.pages.shown is WindowPage.SEARCH
    assert marked.chips.documents_chip.isVisible()
    assert marked.chips.documents_chip.text() == "3 documents from the map"
    assert marked.search_bar.hasFocus() or not marked.isActiveWindow()
    answer(stage, make_result(), make_result("/home/me/Documents/b.txt"))
    qtbot.waitUntil(lambda: marked.results.model.count() == 2)


def test_what_is_typed_is_searched_among_them(marked, stage, qtbot):
    marked.search_bar.setText("lease")
    qtbot.waitUntil(lambda: stage.worker.was_asked("lease"))
    assert stage.worker.newest_search().documents == DOCUMENTS
    marked.search_bar.clear()
    qtbot.waitUntil(lambda: stage.worker.was_asked(""))
    assert stage.worker.newest_search().documents == DOCUMENTS


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Delete, Qt.Key.Key_Space])
def test_the_chip_lets_them_go(marked, stage, qtbot, make_result, key):
    answer(stage, make_result())
    qtbot.waitUntil(lambda: marked.results.model.count() == 1)
    chip = marked.chips.documents_chip
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton) if key is None else qtbot.keyClick(chip, key)
    qtbot.waitUntil(lambda: stage.worker.newest_search().documents is None)
    assert not chip.isVisible()
    assert marked.results.pages.currentWidget() is marked.results.hint


def test_esc_clears_the_query_first_and_then_lets_them_go(marked, stage, qtbot):
    marked.search_bar.setText("lease")
    qtbot.waitUntil(lambda: stage.worker.was_asked("lease"))
    qtbot.keyClick(marked.search_bar, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: stage.worker.was_asked(""))
    assert stage.worker.newest_search().documents == DOCUMENTS
    qtbot.keyClick(marked.search_bar, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: stage.worker.newest_search().documents is None)
    count = len(stage.worker.requests)
    qtbot.keyClick(marked.search_bar, Qt.Key.Key_Escape)  # there is nothing more to let go
    assert len(stage.worker.requests) == count


def test_another_window_shows_what_is_searched(marked, make_window):
    assert make_window().chips.documents_chip.text() == "3 documents from the map"


def test_what_is_wanted_of_a_topic_is_searched_in_all_documents(marked, stage, qtbot):
    marked._understanding.query_wanted.emit("topic:leases")
    qtbot.waitUntil(lambda: stage.worker.was_asked("topic:leases"))
    assert stage.worker.newest_search().documents is None
    assert not marked.chips.documents_chip.isVisible()


def test_others_that_are_marked_take_their_place(marked, stage, qtbot):
    marked.show_documents((21,))
    qtbot.waitUntil(lambda: stage.worker.newest_search().documents == (21,))
    assert marked.chips.documents_chip.text() == "1 document from the map"
