from __future__ import annotations

import json
import os
import stat
import sys

import pytest

from bge_desktop.messages import SearchAnswer
from bge_desktop.ui.history import History


@pytest.fixture
def make_history(qtbot, tmp_path):
    made = []

    def make(**options):
        history = History(str(tmp_path), **options)
        made.append(history)
        history.open()
        qtbot.waitUntil(lambda: not history._background.is_busy)
        return history

    yield make
    for history in made:
        history.close()


@pytest.fixture
def history(make_history):
    return make_history()


def open_result_of(history, *queries):
    for query in queries:
        history.take_query(query)
        history.take_opening()


@pytest.fixture
def kept(tmp_path):
    return lambda: json.loads((tmp_path / "history.json").read_text(encoding="utf-8"))


def test_queries_of_which_a_result_was_opened_are_kept_newest_first(history, make_history):
    open_result_of(history, "lease", " 租约 type:pdf ", "a\udcff")
    assert history.queries == ("a\udcff", "租约 type:pdf", "lease")
    history.close()
    assert make_history().queries == history.queries


def test_each_query_stands_there_once(history):
    open_result_of(history, "lease", "rent", "lease", "lease", "")
    assert history.queries == ("lease", "rent")


def test_a_query_that_stands_with_results_is_kept(make_history, make_result, qtbot):
    history = make_history(stands_ms=1)
    history.take_query("lease")
    with qtbot.waitSignal(history.changed):
        history.take_answer(SearchAnswer("lease", 1, (make_result(),), 1.0))
    assert history.queries == ("lease",)


@pytest.mark.parametrize("typed", ["lease end", ""])
def test_a_query_that_did_not_stand_is_not_kept(make_history, make_result, qtbot, typed):
    history = make_history(stands_ms=1)
    history.take_query("lease")
    history.take_answer(SearchAnswer("lease", 1, (make_result(),), 1.0))
    history.take_query(typed)
    history.take_answer(SearchAnswer("lease", 1, (make_result(),), 1.0))
    with qtbot.waitSignal(history.changed):
        history.take_query("rent")
        history.take_answer(SearchAnswer("rent", 2, (make_result(),), 1.0))
    assert history.queries == ("rent",)


def test_a_query_without_results_does_not_begin_to_stand(make_history):
    history = make_history(stands_ms=1)
    history.take_query("lease")
    history.take_answer(SearchAnswer("lease", 1, (), 1.0))
    assert not history._timer.isActive()


def test_only_the_last_ones_are_kept_and_no_pasted_texts(history):
    open_result_of(history, *map(str, range(250)), "x" * 2000)
    assert (len(history.queries), history.queries[0]) == (200, "249")


def test_clearing_forgets_all_here_and_on_the_disk(history, kept, tmp_path, qtbot):
    open_result_of(history, "lease")
    qtbot.waitUntil(lambda: not history._background.is_busy)
    assert kept() == ["lease"]
    history.clear()
    assert history.queries == ()
    history.close()
    assert not (tmp_path / "history.json").exists()


def test_what_was_kept_before_outlives_a_query_that_came_before_it_was_read(tmp_path, kept, qtbot):
    (tmp_path / "history.json").write_text('["old"]')
    history = History(str(tmp_path))
    history.open()
    open_result_of(history, "new")
    qtbot.waitUntil(lambda: not history._background.is_busy)
    assert history.queries == ("new", "old")
    assert kept() == ["new", "old"]
    history.close()


def test_what_is_cleared_while_it_is_read_does_not_come_back(tmp_path, qtbot):
    (tmp_path / "history.json").write_text('["old"]')
    history = History(str(tmp_path))
    history.open()
    history.clear()
    qtbot.waitUntil(lambda: not history._background.is_busy)
    assert history.queries == ()
    history.close()


def test_what_is_opened_while_the_rest_is_read_stands_first(tmp_path, qtbot):
    (tmp_path / "history.json").write_text('["old"]')
    history = History(str(tmp_path))
    history.open()
    open_result_of(history, "new")
    qtbot.waitUntil(lambda: not history._background.is_busy)
    assert history.queries == ("new", "old")
    history.close()


def test_who_wants_none_kept_has_none(history, tmp_path, qtbot):
    open_result_of(history, "lease")
    history.keep(False)
    open_result_of(history, "rent")
    qtbot.waitUntil(lambda: not history._background.is_busy)
    assert history.queries == ()
    assert not (tmp_path / "history.json").exists()
    history.keep(True)
    open_result_of(history, "rent")
    assert history.queries == ("rent",)


@pytest.mark.parametrize("spoilt", ["", "{", '{"a": 1}', '["lease", 3]', "\x00"])
def test_a_spoilt_file_costs_nothing_else(make_history, tmp_path, spoilt):
    (tmp_path / "history.json").write_text(spoilt)
    assert make_history().queries in ((), ("lease",))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
def test_the_file_is_for_its_owner_alone(history, tmp_path):
    open_result_of(history, "lease")
    history.close()
    assert stat.S_IMODE(os.stat(tmp_path / "history.json").st_mode) == 0o600


def test_what_cannot_be_written_is_told(tmp_path, qtbot):
    history = History(str(tmp_path / "gone"))
    with qtbot.waitSignal(history.failed) as told:
        open_result_of(history, "lease")
    assert told.args[0].title == "Past searches were not kept"
    assert history.queries == ("lease",)
    history.close()
