"""The page of a search in the window: filters write the query, the preview follows what is chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from bge_desktop.messages import (
    FacetCount,
    Facets,
    FindPassages,
    FoundPassage,
    FoundPassages,
    LibraryChanged,
    NoPreview,
    SearchAnswer,
    ShowPreview,
)
from bge_desktop.ui import theme
from bge_desktop.ui.history import History
from bge_desktop.ui.result_order import Order
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
    page.resize(116 * character, 500)
    assert (page.preview.isHidden(), page.filters.isHidden()) == (True, False)
    qtbot.waitUntil(lambda: page.results.width() > 45 * character)
    page.resize(80 * character, 500)
    assert (page.preview.isHidden(), page.filters.isHidden()) == (True, True)
    asked = len(stage.worker.of(ShowPreview))
    page.resize(133 * character, 500)
    qtbot.waitUntil(lambda: page.results.width() > 45 * character)
    assert (page.preview.isHidden(), page.filters.isHidden()) == (False, False)
    qtbot.waitUntil(lambda: len(stage.worker.of(ShowPreview)) > asked or page.preview.header.isVisible())


def test_without_the_filters_the_preview_has_room_sooner(listed):
    listed.header.filters_action.trigger()
    listed.search_page.resize(105 * theme.letter_width(listed.fontMetrics()), 500)
    assert listed.preview.isVisible()


@pytest.mark.usefixtures("large_text")
def test_large_text_leaves_the_window_as_low_as_a_screen(window, stage, ask, make_result, qtbot):
    put_preview(window, PreviewPlace.BELOW)
    ask("deposit", make_result("/home/me/Documents/a.pdf"))
    qtbot.waitUntil(lambda: bool(stage.worker.of(ShowPreview)))
    number = newest_preview(stage).number
    stage.worker.emit(NoPreview(number, "/home/me/Documents/a.pdf", "Away", "Connect its disk."))
    qtbot.waitUntil(lambda: window.preview.stack.currentWidget() is not window.preview.blank)
    assert window.minimumSizeHint().height() < 24 * window.fontMetrics().height()


def test_what_was_not_understood_is_said_above_the_results(window, stage, ask, make_result, qtbot):
    line = window.search_page.hints
    answer = ask("type:pd deposit", make_result())
    assert not line.isVisible()
    with qtbot.waitSignal(stage.bridge.answered):
        stage.worker.emit(replace(answer, hints=("“pd” is no kind of file.",)))
    assert (line.isVisible(), line.text()) == (True, "“pd” is no kind of file.")
    assert line.mapToGlobal(QPoint()).y() < window.results.mapToGlobal(QPoint()).y()
    assert "pd" not in window.answer_label.text()
    window.search_bar.clear()
    qtbot.waitUntil(lambda: not line.isVisible())


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


def marked(window) -> str:
    return window.results.view.itemDelegate().previewed


def test_the_list_marks_what_the_preview_shows(listed, qtbot):
    assert marked(listed) == "/home/me/Documents/a.pdf"
    put_preview(listed, PreviewPlace.HIDDEN)
    assert marked(listed) == ""
    put_preview(listed, PreviewPlace.RIGHT)
    assert marked(listed) == "/home/me/Documents/a.pdf"
    listed.search_bar.clear()
    qtbot.waitUntil(lambda: marked(listed) == "")


def test_in_another_order_the_preview_shows_the_first_again(window, stage, ask, make_result, qtbot):
    ask("deposit", make_result("/d/b.pdf"), make_result("/d/a.pdf"))
    qtbot.waitUntil(lambda: bool(stage.worker.of(ShowPreview)))
    window.results.set_order(Order.NAME)
    qtbot.waitUntil(lambda: newest_preview(stage).path == "/d/a.pdf")


def test_the_passages_of_what_is_shown_are_asked_for_again_with_each_answer(listed, stage, ask, make_result, qtbot):
    ask("deposits", make_result("/home/me/Documents/a.pdf"))
    generation = stage.worker.newest_search().generation
    qtbot.waitUntil(lambda: stage.worker.of(FindPassages)[-1].generation == generation)
    listed.results.view.enter()
    qtbot.waitUntil(lambda: not listed.results.view._look_soon.isActive())
    stage.worker.emit(LibraryChanged())
    qtbot.waitUntil(lambda: stage.worker.newest_search().generation > generation)
    newer = stage.worker.newest_search().generation
    stage.worker.emit(SearchAnswer("deposits", newer, (make_result("/home/me/Documents/a.pdf", modified=1.8e9),), 1.0))
    qtbot.waitUntil(lambda: stage.worker.of(FindPassages)[-1].generation == newer)
    assert newest_preview(stage).query == "deposits"


def test_a_chosen_document_that_has_changed_is_drawn_anew(listed, stage, make_result, qtbot):
    listed.results.view.enter()
    qtbot.waitUntil(lambda: not listed.results.view._look_soon.isActive())
    drawn = len(stage.worker.of(ShowPreview))
    stage.worker.emit(LibraryChanged())
    qtbot.waitUntil(lambda: len(stage.worker.of(ShowPreview)) == drawn and stage.worker.newest_search().generation > 2)
    changed = (make_result("/home/me/Documents/a.pdf", modified=1.8e9),)
    stage.worker.emit(SearchAnswer("deposit", stage.worker.newest_search().generation, changed, 1.0))
    qtbot.waitUntil(lambda: len(stage.worker.of(ShowPreview)) > drawn)


def test_of_a_query_of_filters_all_are_asked_for_to_be_ordered(window, stage, ask, make_result, qtbot):
    ask("type:pdf", make_result())
    search = stage.worker.newest_search()
    with qtbot.waitSignal(stage.bridge.answered):
        stage.bridge.search(search.query)
        generation = stage.worker.newest_search().generation
        stage.worker.emit(SearchAnswer(search.query, generation, (make_result(),), 1.0, total=154, is_ranked=False))
    window.results.set_order(Order.DATE)
    qtbot.waitUntil(lambda: stage.worker.newest_search().limit == 10_000)
    assert window.answer_label.text().startswith("1 of 154 documents in")
