"""Which answers are shown, when a query is asked again, and that two places that ask do not get in each other's way."""

from __future__ import annotations

import contextlib

from bge_desktop.messages import Facets, LibraryChanged, Reranked, RerankingBegun, Search, SearchAnswer, Sentences, Span
from bge_desktop.ui.current_query import FIRST_LIMIT


def answer_to(search: Search, *results, complete=True) -> SearchAnswer:
    return SearchAnswer(search.query, search.generation, results, 1.0, complete)


def asked(stage) -> list[Search]:
    return [search for search in stage.worker.of(Search) if search.query]


def test_a_stale_answer_is_dropped(stage, qtbot):
    stage.bridge.search("a")
    old = stage.worker.newest_search()
    stage.bridge.search("ab")
    with qtbot.assertNotEmitted(stage.bridge.answered, wait=30), qtbot.assertNotEmitted(stage.bridge.sentences_found):
        stage.worker.emit(answer_to(old))
        stage.worker.emit(Sentences(old.generation, (("/x", Span(0, 1)),)))
    with qtbot.waitSignal(stage.bridge.answered):
        stage.worker.emit(answer_to(stage.worker.newest_search()))


def test_a_blank_query_has_facets_and_wants_no_answer(stage, qtbot):
    stage.bridge.search("a")
    late = stage.worker.newest_search()
    stage.bridge.search("   ")
    blank = stage.worker.newest_search()
    assert (blank.query, blank.facets) == ("   ", True)
    with qtbot.assertNotEmitted(stage.bridge.answered, wait=30):
        stage.worker.emit(answer_to(late))
        stage.worker.emit(answer_to(blank))
    with qtbot.waitSignal(stage.bridge.facets_counted):
        stage.worker.emit(Facets(blank.generation, (), (), (), ()))


def test_a_blank_query_that_keeps_to_some_documents_wants_an_answer(stage, qtbot, make_result):
    stage.bridge.query.keep_to((11, 12))
    stage.bridge.search("")
    search = stage.worker.newest_search()
    assert (search.query, search.documents) == ("", (11, 12))
    with qtbot.waitSignal(stage.bridge.answered):
        stage.worker.emit(answer_to(search, make_result()))
    stage.bridge.query.keep_to(None)
    stage.bridge.search("")
    assert stage.worker.newest_search().documents is None
    with qtbot.assertNotEmitted(stage.bridge.answered, wait=30):
        stage.worker.emit(answer_to(stage.worker.newest_search()))


def test_while_the_library_changes_the_query_is_asked_again_but_not_often(stage, qtbot):
    stage.bridge.search("a")
    stage.worker.emit(answer_to(stage.worker.newest_search()))
    for _ in range(20):
        stage.worker.emit(LibraryChanged())
    qtbot.waitUntil(lambda: len(asked(stage)) == 2)
    assert stage.worker.newest_search().query == "a"
    stage.worker.emit(answer_to(stage.worker.newest_search()))
    qtbot.wait(20)
    assert len(asked(stage)) <= 3  # of a pause of 50 ms, a busy machine may lose one


def test_a_change_during_the_pause_is_asked_for_after_it(stage, qtbot):
    stage.bridge.search("a")
    for count in (1, 2, 3):
        qtbot.waitUntil(lambda count=count: len(asked(stage)) == count)
        stage.worker.emit(answer_to(stage.worker.newest_search()))
        stage.worker.emit(LibraryChanged())


def test_an_outstanding_answer_is_waited_for(stage, qtbot):
    stage.bridge.search("a")
    stage.worker.emit(LibraryChanged())
    qtbot.wait(100)
    assert len(asked(stage)) == 1
    stage.worker.emit(answer_to(stage.worker.newest_search()))
    qtbot.waitUntil(lambda: len(asked(stage)) == 2)


def test_asked_again_half_an_answer_is_not_shown(stage, qtbot, make_result):
    stage.bridge.search("a")
    with qtbot.waitSignal(stage.bridge.answered):
        stage.worker.emit(answer_to(stage.worker.newest_search(), make_result(), complete=False))
    stage.worker.emit(answer_to(stage.worker.newest_search(), make_result()))
    stage.worker.emit(LibraryChanged())
    qtbot.waitUntil(lambda: len(asked(stage)) == 2)
    with qtbot.assertNotEmitted(stage.bridge.answered, wait=30):
        stage.worker.emit(answer_to(stage.worker.newest_search(), make_result(), complete=False))


def test_more_results_are_asked_for_until_the_list_holds_all(stage, qtbot):
    stage.bridge.search("a")
    stage.bridge.more(FIRST_LIMIT)  # the answer is still to come
    assert stage.worker.newest_search().limit == FIRST_LIMIT
    stage.worker.emit(answer_to(stage.worker.newest_search()))
    with qtbot.waitSignal(stage.bridge.answered):
        pass
    stage.bridge.more(FIRST_LIMIT - 1)
    assert stage.worker.newest_search().limit == FIRST_LIMIT
    stage.bridge.more(FIRST_LIMIT)
    assert stage.worker.newest_search().limit == 4 * FIRST_LIMIT


# --- the quick search in front ------------------------------------------------------------------------------------


def test_while_the_quick_search_is_in_front_it_alone_is_asked_and_answered(stage, qtbot, make_result):
    bridge = stage.bridge
    bridge.search("lease")
    late = stage.worker.newest_search()
    bridge.put_quick_search_in_front(True)
    bridge.quick_query.search("boiler")
    quick = stage.worker.newest_search()
    assert (quick.query, quick.limit, quick.facets) == ("boiler", 8, False)
    others = (bridge.answered, bridge.sentences_found, bridge.facets_counted)
    with contextlib.ExitStack() as stack:
        for signal in others:
            stack.enter_context(qtbot.assertNotEmitted(signal))
        stack.enter_context(qtbot.waitSignal(bridge.quick_query.answered))
        stage.worker.emit(answer_to(late, make_result()))
        stage.worker.emit(Sentences(quick.generation, ()))
        stage.worker.emit(answer_to(quick, make_result()))


def test_when_the_quick_search_has_gone_the_windows_query_is_asked_again(stage, qtbot, make_result):
    bridge = stage.bridge
    bridge.search("lease")
    stage.worker.emit(answer_to(stage.worker.newest_search(), make_result()))
    bridge.put_quick_search_in_front(True)
    bridge.quick_query.search("boiler")
    late = stage.worker.newest_search()
    bridge.put_quick_search_in_front(False)
    again = stage.worker.newest_search()
    assert (again.query, again.facets) == ("lease", True)
    with qtbot.waitSignal(bridge.answered), qtbot.assertNotEmitted(bridge.quick_query.answered):
        stage.worker.emit(answer_to(late, make_result()))
        stage.worker.emit(answer_to(again, make_result()))


def test_what_the_window_asks_meanwhile_is_asked_afterwards(stage):
    stage.bridge.put_quick_search_in_front(True)
    count = len(stage.worker.of(Search))
    stage.bridge.search("lease")
    assert len(stage.worker.of(Search)) == count
    stage.bridge.put_quick_search_in_front(False)
    assert stage.worker.newest_search().query == "lease"


def test_the_library_changes_the_list_that_is_in_front(stage, qtbot, make_result):
    bridge = stage.bridge
    bridge.search("lease")
    bridge.put_quick_search_in_front(True)
    bridge.quick_query.search("boiler")
    stage.worker.emit(answer_to(stage.worker.newest_search(), make_result()))
    stage.worker.emit(LibraryChanged())
    qtbot.waitUntil(lambda: [own.query for own in stage.worker.of(Search)][-2:] == ["boiler", "boiler"])


def test_all_can_be_asked_for_as_soon_as_an_answer_is_told(stage, qtbot, make_result):
    stage.bridge.search("type:pdf")
    stage.bridge.all()  # which would only put the answer off
    assert len(asked(stage)) == 1
    stage.bridge.answered.connect(lambda _answer: stage.bridge.all())
    stage.worker.emit(answer_to(stage.worker.newest_search(), make_result()))
    qtbot.waitUntil(lambda: stage.worker.newest_search().limit == 10_000)
    stage.worker.emit(answer_to(stage.worker.newest_search(), make_result()))
    qtbot.wait(20)
    assert len(asked(stage)) == 2


def test_a_better_order_is_passed_on_where_it_is_of_the_query_as_it_is_now(stage, qtbot):
    told = []
    stage.bridge.query.reranking_changed.connect(told.append)
    stage.bridge.query.reranked.connect(told.append)
    stage.bridge.search("a")
    old = stage.worker.newest_search().generation
    stage.bridge.search("ab")
    generation = stage.worker.newest_search().generation
    better = Reranked(generation, ("/x",))
    for event in (RerankingBegun(old), Reranked(old, ()), RerankingBegun(generation), better):
        stage.worker.emit(event)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [True, False, better]


def test_the_window_wants_a_better_order_and_the_quick_search_does_not(stage, qtbot):
    stage.bridge.search("a")
    assert stage.worker.newest_search().rerank
    stage.bridge.put_quick_search_in_front(True)
    stage.bridge.quick_query.search("a")
    assert not stage.worker.newest_search().rerank
