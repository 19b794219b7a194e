"""A library of 1,000,000 passages: opened, searched, added to, deleted from, saved; and what indexing a passage costs.

While the worker adds and deletes files and answers, somebody asks the next query 20 ms after each answer. What counts
is the longest time that another step kept one waiting; how long whole queries took, and the longest time that no other
thread of the process could run, stand beside.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import statistics
import time

import pytest

from bge_desktop.library.library import Library
from bge_desktop.messages import AddFolder
from tests.benchmarks import large_library, scale
from tests.benchmarks.asking import Asker, Ticks
from tests.benchmarks.figures import percentiles, ratio_of_rounds, rounded, taking_turns
from tests.benchmarks.sample import evenly, texts_of
from tests.benchmarks.table import Bar, Row
from tests.end_to_end.client import Client

_SECTION = "million"
_OPEN_S, _MOST_MS, _GROWTH = 5, 200, 1.5
_PAUSE_S = 0.02
_CHANGED = scale.of(1_000, 200)  # passages that are added, and deleted
_SEARCHES = scale.of(200, 60)
_PORTION = scale.of(200, 50)  # documents of which the cost is measured at a time
_TIMEOUT_S = 1200


@pytest.fixture(scope="module")
def million(large, tmp_path_factory):
    """Return the path of a library that may be written to."""
    path = str(tmp_path_factory.mktemp("million") / "library")
    large_library.copy(large("million"), path)
    yield path
    shutil.rmtree(path)


@pytest.mark.timeout(7200)
def test_opening(million, table):
    seconds = [_opened(million) for _ in range(scale.ROUNDS)]
    note = f"worst {max(seconds):.1f} s"
    row = Row(
        _SECTION,
        "opening 1,000,000 passages, median",
        statistics.median(seconds),
        "s",
        bar=Bar(at_most=_OPEN_S),
        note=note,
    )
    table.add(row)


def _opened(path):
    started = time.perf_counter()
    library = Library(path)
    seconds = time.perf_counter() - started
    library.close()
    return seconds


@pytest.mark.timeout(7200)
def test_no_step_blocks_a_query(million, sample, queries, table, tmp_path):
    folder, files = tmp_path / "documents", evenly(sample["en"], _CHANGED)
    folder.mkdir()
    client = Client(million)
    assert client.worker.wait_until_idle(_TIMEOUT_S)
    user = _User(client, queries)
    for _ in range(_SEARCHES // 4):  # the first ones read what later ones have at hand
        user.ask()
    steps = {"search": lambda: user.ask_for(_SEARCHES)}
    client.worker.submit(AddFolder(str(folder)))
    assert client.worker.wait_until_idle(_TIMEOUT_S)
    count = len(texts_of(files))
    steps[f"add {count:,} passages"] = lambda: (_copy(files, folder), user.ask_until_idle())
    steps[f"delete {count:,} passages"] = lambda: (_remove(folder), user.ask_until_idle())
    figures = {name: _observed(user, step) for name, step in steps.items()}
    started = time.perf_counter()
    client.worker.stop(_TIMEOUT_S)
    figures["save and close"] = {"seconds": time.perf_counter() - started}
    table.report("million", figures)
    for name in steps:
        own = figures[name]
        what = f"{name}: the longest that a query was kept waiting until the worker began with it"
        note = f"no other thread ran for {own['longest_hold_ms']:.0f} ms"
        table.add(Row(_SECTION, what, own["longest_wait_ms"], "ms", bar=Bar(at_most=_MOST_MS), note=note))
        what, note = f"{name}: the longest that a whole query took", f"p50 {own['p50']:.0f}, p95 {own['p95']:.0f} ms"
        table.add(Row(_SECTION, what, own["worst"], "ms", note=note))
    table.add(Row(_SECTION, "save and close", figures["save and close"]["seconds"], "s"))


class _User(Asker):
    """Asks one real query after the other."""

    def __init__(self, client, queries):
        super().__init__(client)
        self._queries, self._rounds = itertools.cycle(queries), itertools.count()

    def ask(self):
        # the number makes it another query, whose vector is not known yet
        super().ask(f"{next(self._queries)} {next(self._rounds)}")
        time.sleep(_PAUSE_S)

    def ask_for(self, count):
        for _ in range(count):
            self.ask()

    def ask_until_idle(self):
        """Ask until the change on the disk is worked off: it is noticed a moment after."""
        deadline = time.monotonic() + _TIMEOUT_S
        self.ask_for(_SEARCHES // 4)
        while not self._client.worker.wait_until_idle(0):
            assert time.monotonic() < deadline
            self.ask()


def _observed(user, step):
    user.milliseconds.clear()
    user.waits.clear()
    started = time.perf_counter()
    with Ticks() as ticks:
        step()
    seconds = time.perf_counter() - started
    held = {"longest_wait_ms": rounded(max(user.waits)), "longest_hold_ms": rounded(ticks.longest_ms)}
    return {**percentiles(user.milliseconds), **held, "seconds": seconds}


def _copy(documents, folder):
    for number, own in enumerate(documents):
        # another text than in the library, which would not be embedded
        with open(own.path, encoding="utf-8", errors="replace") as file:
            (folder / f"{number}.txt").write_text(f"{number}\n{file.read()}", encoding="utf-8")


def _remove(folder):
    for name in os.listdir(folder):
        (folder / name).unlink()


@pytest.mark.timeout(7200)
def test_growth_of_the_cost_of_a_passage(million, large, library, table, tmp_path):
    """Store the same documents with their vectors in libraries of 10,000 and 1,000,000 passages, without embedding.

    Graphs are built beside, in the background, and are not in it.
    """
    small = str(tmp_path / "library")
    large_library.copy(large("small"), small)
    real = list(large_library.real_documents(library))
    made = large_library.recombined(real, seed=1)
    portions = [[next(made) for _ in range(_PORTION)] for _ in range(scale.ROUNDS + 1)]
    with contextlib.closing(Library(small)) as one, contextlib.closing(Library(million)) as other:
        turns = {name: _storing(own, portions) for name, own in (("small", one), ("million", other))}
        for store in turns.values():  # the first portion finds nothing at hand
            store()
        costs = taking_turns(scale.ROUNDS, turns)
    growth = ratio_of_rounds(costs["million"], costs["small"])
    told = {name: [rounded(1000 * own) for own in seconds] for name, seconds in costs.items()}
    table.report("growth", {"documents": _PORTION, "milliseconds of processor time": told})
    passages = sum(len(own.passages) for portion in portions[1:] for own in portion)
    one, other = (1000 * sum(costs[name]) / passages for name in ("small", "million"))
    what = "processor time to store a passage and its vector, at 1,000,000 against at 10,000"
    note = f"{other:.2f} and {one:.2f} ms"
    table.add(Row(_SECTION, what, growth, "times", bar=Bar(at_most=_GROWTH), note=note))


def _storing(library, portions):
    waiting = iter(portions)

    def store():
        documents = next(waiting)
        started = time.process_time()
        large_library.store(library, documents)
        return time.process_time() - started

    return store
