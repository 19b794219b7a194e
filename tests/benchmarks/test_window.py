"""How soon the window is there, how soon it finds something, and whether it ever keeps somebody waiting.

What is measured is the app in a process of its own, on Qt's offscreen platform; the times begin before that starts.
"""

from __future__ import annotations

import shutil
import statistics
import time

import pytest

from bge_desktop import resources
from tests.benchmarks import scale
from tests.benchmarks.sessions import session
from tests.benchmarks.table import Bar, Row
from tests.benchmarks.window_sessions import LONGEST_S
from tests.end_to_end.command import run_json
from tests.made_notes import make_notes

_SECTION = "window"
_STARTS = scale.of(5, 3)
_PAINTED_S, _FOUND_S = 1.0, 2.0
_NOTES, _NOTES_FOUND_AT_START = 2000, 600
_LIMIT_S = 600


def test_first_start(table, tmp_path):
    seconds = [_until(tmp_path / str(number), "painted")["painted"] for number in range(_STARTS)]
    table.report("start", {"starts": _STARTS, "painted": _told(seconds)})
    _add(table, "process start to painted window, first start, median", seconds, _PAINTED_S)


@pytest.mark.timeout(900)
def test_start_with_a_query(table, tmp_path):
    library, notes = tmp_path / "library", tmp_path / "notes"
    make_notes(notes, _NOTES_FOUND_AT_START)
    run_json("index", notes, resources.path("samples"), "--library", library, timeout=_LIMIT_S)
    starts = [_until(library, "painted", "found") for _ in range(_STARTS)]
    figures = {what: [start[what] for start in starts] for what in ("painted", "found")}
    table.report("start-with-a-query", {"starts": _STARTS, **{what: _told(own) for what, own in figures.items()}})
    _add(table, "process start to painted window, with a library, median", figures["painted"], _PAINTED_S)
    _add(table, "process start to the first results of what is typed at once, median", figures["found"], _FOUND_S)


@pytest.mark.timeout(900)
def test_nobody_waits_while_indexing(table, tmp_path):
    documents = tmp_path / "documents"
    make_notes(documents / "notes", _NOTES)
    shutil.copytree(resources.path("samples"), documents / "samples")
    with session("stalls", "--library", tmp_path / "library", "open", documents) as (_, events_told):
        told = {own["what"]: own for own in events_told}
    table.report("stalls", told)
    assert told["indexing"]["passages"] > 0
    assert told["indexing"]["pending"] > 0
    for when, what in (("indexing", "while indexing"), ("paused", "while that is paused")):
        longest = told[when]["worst_of_our_own"][0]["own_ms"]
        what, note = f"longest turn of the main thread {what}", f"of {told[when]['turns']:,} turns"
        table.add(Row(_SECTION, what, longest, "ms", bar=Bar(at_most=LONGEST_S * 1000), note=note))


def _add(table, what, seconds, most):
    note = f"worst {max(seconds):.2f} s"
    table.add(Row(_SECTION, what, statistics.median(seconds), "s", bar=Bar(at_most=most), note=note))


def _until(library, *events):
    """Start the app and type; return the seconds until each of the events."""
    started, seconds = time.perf_counter(), {}
    with session("first_results", "--library", library) as (_, events_told):
        for told in events_told:
            seconds[told["what"]] = time.perf_counter() - started
            if set(events) <= set(seconds):
                return seconds
    raise AssertionError("it ended too early")


def _told(seconds):
    return {"median_s": round(statistics.median(seconds), 2), "worst_s": round(max(seconds), 2)}
