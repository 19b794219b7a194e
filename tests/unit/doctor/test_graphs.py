"""Looks at the graphs' caches."""

from __future__ import annotations

import contextlib
import os

import pytest

from bge_desktop.doctor.check import State
from bge_desktop.doctor.graphs import graphs
from bge_desktop.library.library import Library
from tests.unit.library.conftest import Desk


@pytest.fixture
def with_graphs(library):
    """The library, with a graph of each model though there are few vectors."""
    with contextlib.closing(Library(library, exact_limit=1)) as opened:
        for language in opened.vectors:
            opened.vectors.adopt_graph(language, opened.vectors.build_graph(language))
    return library


def states(library, limit=1):
    return [check.state for check in graphs(library, limit)]


def test_few_vectors_need_no_graph(library):
    assert states(library, limit=100) == [State.OK, State.OK]


def test_a_graph_of_the_stored_vectors_is_well(with_graphs):
    assert states(with_graphs) == [State.OK, State.OK]


def test_a_missing_a_damaged_and_an_outdated_graph_are_warnings(with_graphs):
    os.remove(os.path.join(with_graphs, "vectors-en.hnsw"))
    with open(os.path.join(with_graphs, "vectors-zh.hnsw"), "r+b") as file:
        file.write(b"damaged")
    assert states(with_graphs) == [State.WARNING, State.WARNING]


def test_a_graph_that_lacks_vectors_is_a_warning(with_graphs, tmp_path):
    with contextlib.closing(Library(with_graphs)) as opened:
        desk = Desk(opened, str(tmp_path / "documents"))
        for number in range(20):
            desk.put(f"{number}.txt", f"The number is {number}.")
        desk.embed()
    assert states(with_graphs) == [State.WARNING, State.OK]
