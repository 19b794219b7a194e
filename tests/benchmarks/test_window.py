"""How soon the window is there, how soon it finds something, and whether it ever keeps somebody waiting.

What is measured is the app in a process of its own, on Qt's offscreen platform; the times begin before that starts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bge_desktop import resources
from tests.benchmarks.conftest import report
from tests.benchmarks.window_sessions import LONGEST_S
from tests.end_to_end.command import run_json
from tests.made_notes import make_notes

_STARTS = 10
_PAINTED_S, _FOUND_S = 1.0, 2.0
_NOTES, _NOTES_FOUND_AT_START = 2000, 600
_LIMIT_S = 600


def test_first_start(tmp_path):
    seconds = [_until(tmp_path / str(number), "painted")["painted"] for number in range(_STARTS)]
    report("start", {"starts": _STARTS, "painted": _told(seconds)})
    assert statistics.median(seconds) < _PAINTED_S


@pytest.mark.timeout(900)
def test_start_with_a_query(tmp_path):
    library, notes = tmp_path / "library", tmp_path / "notes"
    make_notes(notes, _NOTES_FOUND_AT_START)
    run_json("index", notes, resources.path("samples"), "--library", library, timeout=_LIMIT_S)
    starts = [_until(library, "painted", "found") for _ in range(_STARTS)]
    figures = {what: [start[what] for start in starts] for what in ("painted", "found")}
    report("start-with-a-query", {"starts": _STARTS, **{what: _told(own) for what, own in figures.items()}})
    assert statistics.median(figures["painted"]) < _PAINTED_S
    assert statistics.median(figures["found"]) < _FOUND_S


@pytest.mark.timeout(900)
def test_nobody_waits_while_indexing(tmp_path):
    documents = tmp_path / "documents"
    make_notes(documents / "notes", _NOTES)
    shutil.copytree(resources.path("samples"), documents / "samples")
    told = {own["what"]: own for _, own in _session("stalls", "--library", tmp_path / "library", "open", documents)}
    report("stalls", told)
    assert told["indexing"]["passages"] > 0
    assert told["indexing"]["pending"] > 0
    assert told["indexing"]["worst_of_our_own"][0]["own_ms"] <= LONGEST_S * 1000


def _until(library, *events):
    """Start the app and type; return the seconds until each of the events."""
    started, seconds = time.perf_counter(), {}
    for at, told in _session("first_results", "--library", library):
        seconds[told["what"]] = at - started
        if set(events) <= set(seconds):
            return seconds
    raise AssertionError("it ended too early")


def _session(*arguments: object) -> Iterator[tuple[float, dict]]:
    """Run a session; yield what it tells, with the time."""
    command = [sys.executable, "-m", "tests.benchmarks.window_sessions", *map(str, arguments)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as app:
        try:
            for line in app.stdout:
                yield time.perf_counter(), json.loads(line)
        finally:
            app.terminate()


def _told(seconds):
    return {"median_s": round(statistics.median(seconds), 2), "worst_s": round(max(seconds), 2)}
