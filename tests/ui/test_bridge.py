from __future__ import annotations

import threading

import pytest

from bge_desktop.errors import LibraryError
from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    FolderRules,
    LibraryStatus,
    Progress,
    RemoveFolder,
    ReportStatus,
    Rescan,
    Search,
    SetRules,
    SettingsChanged,
    Typing,
)
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.current_query import FIRST_LIMIT


def test_requests_reach_the_worker_with_growing_generations(stage):
    stage.bridge.search("a")
    stage.bridge.search("ab")
    stage.bridge.typing()
    stage.bridge.add_folder("/x")
    stage.bridge.remove_folder("/x")
    stage.bridge.rescan()
    assert stage.worker.requests == [
        Search("", 1, FIRST_LIMIT, facets=True, rerank=True),
        Search("a", 2, FIRST_LIMIT, facets=True, rerank=True),
        Search("ab", 3, FIRST_LIMIT, facets=True, rerank=True),
        Typing(),
        AddFolder("/x"),
        RemoveFolder("/x"),
        Rescan(None),
    ]


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


def test_that_other_settings_hold_is_passed_on(stage, qtbot):
    with qtbot.waitSignal(stage.bridge.settings_changed):
        stage.worker.emit(SettingsChanged())


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
    qtbot.waitUntil(lambda: requests[1:] == [AddFolder("/x")])
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


def test_rules_are_handed_on_and_the_status_is_asked_for_and_reported(stage, qtbot):
    status = LibraryStatus((), 1, 2, 0, 0, (), 3)
    rules = SetRules("/x", FolderRules(hidden=True), instead_of=FolderRules())
    stage.bridge.set_rules(rules)
    stage.bridge.report_status()
    assert stage.worker.requests[-2:] == [rules, ReportStatus()]
    with qtbot.waitSignal(stage.bridge.status_reported) as reported:
        stage.worker.emit(status)
    assert reported.args == [status]
