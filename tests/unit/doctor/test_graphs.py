"""Looks at the graphs' caches."""

from __future__ import annotations

import contextlib
import os

import pytest

from bge_desktop.doctor.check import State
from bge_desktop.doctor.graphs import graphs
from bge_desktop.library.library import Library
from tests.graphs import graph_files, make_graphs
from tests.unit.library.conftest import Desk


@pytest.fixture
def with_graphs(library):
    """The library, with a graph of each model though there are few vectors."""
    with contextlib.closing(Library(library, exact_limit=1)) as opened:
        make_graphs(opened)
    return library


def states(library, limit=1):
    return [check.state for check in graphs(library, limit)]


def test_few_vectors_need_no_graph(library):
    assert states(library, limit=100) == [State.OK, State.OK]


def test_a_graph_of_the_stored_vectors_is_well(with_graphs):
    assert states(with_graphs) == [State.OK, State.OK]


def test_missing_and_damaged_graphs_are_warnings(with_graphs):
    for path in graph_files(with_graphs, "en"):
        os.remove(path)
    for path in graph_files(with_graphs, "zh"):
        with open(path, "r+b") as file:
            file.write(b"damaged")
    assert states(with_graphs) == [State.WARNING, State.WARNING]


def test_graphs_that_lack_many_vectors_are_a_warning(with_graphs, tmp_path):
    with contextlib.closing(Library(with_graphs)) as opened:
        desk = Desk(opened, str(tmp_path / "documents"))
        for number in range(20):
            desk.put(f"{number}.txt", f"The number is {number}.")
        desk.embed()
    assert states(with_graphs) == [State.WARNING, State.OK]
