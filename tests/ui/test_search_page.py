"""The page of a search in the window: filters write the query, the preview follows what is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from bge_desktop.messages import (
    FacetCount,
    Facets,
    FindPassages,
    FoundPassage,
    FoundPassages,
    NoPreview,
    ShowPreview,
)
from bge_desktop.ui import theme
from bge_desktop.ui.history import History
from bge_desktop.ui.search_page import PreviewPlace
from bge_desktop.ui.window import MainWindow


@pytest.fixture
def listed(window, stage, ask, make_result, qtbot):
    """The window with two results, and their first one drawn."""
    ask("deposit", make_result("/home/me/Documents/a.pdf"), make_result("/home/me/Documents/b.pdf"))
    qtbot.waitUntil(lambda: bool(stage.worker.of(ShowPreview)))
    return window


def newest_preview(stage) -> ShowPreview:
    return stage.worker.of(ShowPreview)[-1]


def put_preview(window, place: PreviewPlace) -> None:
    window.header.preview_actions[place].trigger()


def test_the_preview_shows_the_first_result_until_one_is_chosen(listed, stage, qtbot):
    assert newest_preview(stage).path == "/home/me/Documents/a.pdf"
    assert newest_preview(stage).query == "deposit"
    qtbot.keyClick(listed.search_bar, Qt.Key.Key_Down)
    qtbot.keyClick(listed.results.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: newest_preview(stage).path == "/home/me/Documents/b.pdf")


def test_the_passages_of_what_is_shown_are_asked_for_once(listed, stage):
    asked = [request.path for request in stage.worker.of(FindPassages)]
    assert asked == ["/home/me/Documents/a.pdf"]


def test_an_answered_preview_is_shown_and_goes_with_the_query(listed, stage, qtbot):
    number = newest_preview(stage).number
    stage.worker.emit(NoPreview(number, "/home/me/Documents/a.pdf", "Away", "Connect its disk."))
    qtbot.waitUntil(lambda: listed.preview.stack.currentWidget() is not listed.preview.blank)
    listed.search_bar.clear()
    qtbot.waitUntil(lambda: listed.preview.stack.currentWidget() is listed.preview.hint)


def test_passages_unfold_below_their_document(listed, stage, qtbot, make_result):
    listed.results.view.enter()
    qtbot.keyClick(listed.results.view, Qt.Key.Key_Right)
    passages = (FoundPassage(40, 60, 2, "", "Another passage here."),)
    generation = stage.worker.newest_search().generation
    stage.worker.emit(FoundPassages(generation, "/home/me/Documents/a.pdf", passages))
    qtbot.waitUntil(lambda: listed.results.model.rowCount() == 3)


def test_space_and_the_menu_hide_and_show_the_preview_and_it_is_remembered(listed, make_window, qtbot):
    listed.results.view.enter()
    qtbot.keyClick(listed.results.view, Qt.Key.Key_Space)
    assert listed.preview.isHidden()
    put_preview(listed, PreviewPlace.BELOW)
    assert listed.preview.isVisible()
    assert listed.preview.y() > listed.results.y()
    listed.close()
    again = make_window()
    assert again.search_page.preview_place is PreviewPlace.BELOW
    assert again.header.preview_actions[PreviewPlace.BELOW].isChecked()


def test_a_hidden_preview_asks_for_nothing(window, stage, ask, make_result, qtbot):
    put_preview(window, PreviewPlace.HIDDEN)
    ask("deposit", make_result())
    window.results.view.enter()
    qtbot.wait(400)  # longer than an answer must stand
    assert stage.worker.of(ShowPreview) == []
    put_preview(window, PreviewPlace.RIGHT)
    assert len(stage.worker.of(ShowPreview)) == 1


def test_what_there_is_no_room_for_gives_way_and_comes_back(listed, stage, qtbot):
    page, character = listed.search_page, theme.letter_width(listed.fontMetrics())
    page.resize(70 * character, 500)
    assert (page.preview.isHidden(), page.filters.isHidden()) == (True, False)
    page.resize(50 * character, 500)
    assert (page.preview.isHidden(), page.filters.isHidden()) == (True, True)
    asked = len(stage.worker.of(ShowPreview))
    page.resize(120 * character, 500)
    assert (page.preview.isHidden(), page.filters.isHidden()) == (False, False)
    qtbot.waitUntil(lambda: len(stage.worker.of(ShowPreview)) > asked or page.preview.header.isVisible())


def test_where_there_is_no_room_beside_the_results_the_preview_comes_below(listed, qtbot):
    listed.search_page.resize(70 * theme.letter_width(listed.fontMetrics()), 500)
    listed.results.view.enter()
    qtbot.keyClick(listed.results.view, Qt.Key.Key_Space)
    assert not listed.preview.isHidden()
    assert listed.search_page.preview_place is PreviewPlace.BELOW


def test_esc_in_the_preview_goes_back_to_the_list(listed, qtbot):
    listed.activateWindow()
    listed.preview.header.open_button.setFocus()
    qtbot.keyClick(listed.preview.header.open_button, Qt.Key.Key_Escape)
    qtbot.waitUntil(listed.results.view.hasFocus)


def test_a_filter_writes_the_query_and_its_chip_takes_it_out_again(window, stage, ask, make_result, qtbot):
    ask("deposit", make_result())
    generation = stage.worker.newest_search().generation
    with qtbot.waitSignal(stage.bridge.facets_counted):
        stage.worker.emit(Facets(generation, (), (FacetCount("pdf", 3),), (FacetCount("en", 3),), ()))
    row = window.search_page.filters.groups["type"].rows["pdf"]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stage.worker.was_asked("deposit type:pdf"))
    qtbot.waitUntil(lambda: len(window.chips.chips) == 1)
    window.chips.chips[0].click()
    qtbot.waitUntil(lambda: stage.worker.was_asked("deposit"))


def test_the_panel_of_filters_can_be_hidden_and_stays_so(window, make_window):
    window.header.filters_action.trigger()
    assert window.search_page.filters.isHidden()
    window.close()
    assert make_window().search_page.filters.isHidden()


def test_more_results_are_asked_for_at_the_end_of_the_list(window, stage, ask, make_result, qtbot):
    ask("deposit", *(make_result(f"/home/me/Documents/{number}.txt") for number in range(50)))
    bar = window.results.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: stage.worker.newest_search().limit > 50)


def test_a_query_that_led_somewhere_comes_back_with_the_up_key(stage, qtbot, tmp_path, make_window, make_result):
    made = make_window()
    history = History(str(tmp_path))
    window = MainWindow(stage.bridge, made._settings, made._opener, history)
    qtbot.addWidget(window)
    history.take_query("deposit")
    history.take_opening()
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Up)
    assert window.search_bar.text() == "deposit"
    history.close()
