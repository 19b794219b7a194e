from __future__ import annotations

import threading

import pytest

from bge_desktop.errors import LibraryError
from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    LibraryChanged,
    Progress,
    RemoveFolder,
    Rescan,
    Search,
    SearchAnswer,
    Sentences,
    Span,
    Typing,
)
from bge_desktop.ui.bridge import Bridge


def answer_to(search: Search, *results, complete=True) -> SearchAnswer:
    return SearchAnswer(search.query, search.generation, results, 1.0, complete)


def test_requests_reach_the_worker_with_growing_generations(stage):
    stage.bridge.search("a")
    stage.bridge.search("ab")
    stage.bridge.typing()
    stage.bridge.add_folder("/x")
    stage.bridge.remove_folder("/x")
    stage.bridge.rescan()
    assert stage.worker.requests == [
        Search("a", 1),
        Search("ab", 2),
        Typing(),
        AddFolder("/x"),
        RemoveFolder("/x"),
        Rescan(None),
    ]


def test_a_stale_answer_is_dropped(stage, qtbot):
    stage.bridge.search("a")
    old = stage.worker.newest_search()
    stage.bridge.search("ab")
    with qtbot.assertNotEmitted(stage.bridge.answered, wait=30), qtbot.assertNotEmitted(stage.bridge.sentences_found):
        stage.worker.emit(answer_to(old))
        stage.worker.emit(Sentences(old.generation, (("/x", Span(0, 1)),)))
    with qtbot.waitSignal(stage.bridge.answered):
        stage.worker.emit(answer_to(stage.worker.newest_search()))


def test_a_cleared_query_asks_nothing_and_wants_no_late_answer(stage, qtbot):
    stage.bridge.search("a")
    late = stage.worker.newest_search()
    stage.bridge.search("   ")
    assert len(stage.worker.of(Search)) == 1
    with qtbot.assertNotEmitted(stage.bridge.answered, wait=30):
        stage.worker.emit(answer_to(late))


def test_events_of_a_thread_arrive_in_the_main_thread(stage, qtbot):
    seen: list[tuple[object, threading.Thread]] = []
    for signal in (stage.bridge.progressed, stage.bridge.failed):
        signal.connect(lambda event: seen.append((event, threading.current_thread())))
    events = [Progress(files=1), ErrorReport("Title", "Message")]
    thread = threading.Thread(target=lambda: [stage.worker.emit(event) for event in events])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [(event, threading.main_thread()) for event in events]


def test_while_the_library_changes_the_query_is_asked_again_but_not_often(stage, qtbot):
    stage.bridge.search("a")
    stage.worker.emit(answer_to(stage.worker.newest_search()))
    for _ in range(20):
        stage.worker.emit(LibraryChanged())
    qtbot.waitUntil(lambda: len(stage.worker.of(Search)) == 2)
    assert stage.worker.newest_search().query == "a"
    stage.worker.emit(answer_to(stage.worker.newest_search()))
    qtbot.wait(20)
    assert len(stage.worker.of(Search)) == 2


def test_a_change_during_the_pause_is_asked_for_after_it(stage, qtbot):
    stage.bridge.search("a")
    for count in (1, 2, 3):
        qtbot.waitUntil(lambda count=count: len(stage.worker.of(Search)) == count)
        stage.worker.emit(answer_to(stage.worker.newest_search()))
        stage.worker.emit(LibraryChanged())


def test_an_outstanding_answer_is_waited_for(stage, qtbot):
    stage.bridge.search("a")
    stage.worker.emit(LibraryChanged())
    qtbot.wait(100)
    assert len(stage.worker.of(Search)) == 1
    stage.worker.emit(answer_to(stage.worker.newest_search()))
    qtbot.waitUntil(lambda: len(stage.worker.of(Search)) == 2)


def test_asked_again_half_an_answer_is_not_shown(stage, qtbot, make_result):
    stage.bridge.search("a")
    with qtbot.waitSignal(stage.bridge.answered):
        stage.worker.emit(answer_to(stage.worker.newest_search(), make_result(), complete=False))
    stage.worker.emit(answer_to(stage.worker.newest_search(), make_result()))
    stage.worker.emit(LibraryChanged())
    qtbot.waitUntil(lambda: len(stage.worker.of(Search)) == 2)
    with qtbot.assertNotEmitted(stage.bridge.answered, wait=30):
        stage.worker.emit(answer_to(stage.worker.newest_search(), make_result(), complete=False))


def test_without_a_query_nothing_is_asked_again(stage, qtbot):
    stage.worker.emit(LibraryChanged())
    qtbot.wait(30)
    assert stage.worker.requests == []


def test_requests_made_before_the_worker_is_loaded_are_kept(qtbot):
    requests, may_load = [], threading.Event()

    class Waiting:
        def __init__(self, emit):
            pass

        def start(self):
            pass

        def submit(self, request):
            requests.append(request)

        def stop(self, timeout=5.0):
            pass

    def load():
        may_load.wait()
        return Waiting

    bridge = Bridge(load)
    bridge.start()
    bridge.add_folder("/x")
    may_load.set()
    qtbot.waitUntil(lambda: requests == [AddFolder("/x")])
    bridge.stop()


def test_after_stop_nothing_is_delivered(stage, qtbot):
    with qtbot.assertNotEmitted(stage.bridge.progressed, wait=30):
        stage.worker.emit(Progress())
        stage.bridge.stop()


def test_stopped_while_loading_the_worker_is_never_made(qtbot):
    made = []
    bridge = Bridge(lambda: made.append)
    bridge.start()
    bridge.stop()
    qtbot.wait(20)
    assert made == []


def raise_library_error(emit):
    raise LibraryError("Library damaged", "Delete it.", "/lib")


def raise_import_error():
    raise ImportError("No module named 'numpy'")


@pytest.mark.parametrize(
    ("load", "title"),
    [(lambda: raise_library_error, "Library damaged"), (raise_import_error, "The search could not start")],
)
def test_a_worker_that_cannot_start_is_reported(qtbot, load, title):
    bridge = Bridge(load)
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.start()
    assert failed.args[0].title == title
    bridge.stop()
