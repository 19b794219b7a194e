"""How near passages are to a query by the vectors and the lexical weights that a model gives of both."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from bge_desktop.bge.embeddings import QueryVector
from bge_desktop.bge.sparse_vectors import SparseVector, joined
from bge_desktop.library.library import Library
from bge_desktop.library.sparse_index import SparseIndex
from bge_desktop.search.meaning import by_meaning
from tests.graphs import make_graphs
from tests.unit.search.conftest import Shelf

DOCUMENTS, PASSAGES = 60, 5


class Filled:
    """A library whose passages have random vectors and lexical weights, and a query to it."""

    def __init__(self, folder: str, exact_limit: int) -> None:
        self.library, draw = Library(folder, exact_limit=exact_limit), np.random.default_rng(0)
        shelf = Shelf(self.library)
        ids = []
        for number in range(DOCUMENTS):
            text = "\n\n".join(f"Passage {number} {place}." for place in range(PASSAGES))
            ids += self.library.documents.passage_ids_of(shelf.put(f"{number}.txt", text))
        self.vectors = draw.normal(size=(len(ids), 384)).astype(np.float32)
        self.vectors /= np.linalg.norm(self.vectors, axis=1, keepdims=True)
        self.sparse = [random_vector(draw, 6) for _ in ids]
        self.library.vectors.store("en", ids, self.vectors, joined(self.sparse))
        self.query = QueryVector(self.vectors[:4].mean(axis=0) * 2, random_vector(draw, 12))
        self.ids = np.array(ids)

    @property
    def expected(self) -> np.ndarray:
        """The score of each passage, written out."""
        lexical = np.array([self.query.sparse.score(own) for own in self.sparse])
        return self.vectors @ self.query.dense + 0.3 * lexical


def random_vector(draw, count):
    tokens = np.sort(draw.choice(40, count, replace=False)).astype(np.int32)
    return SparseVector(tokens, draw.random(count).astype(np.float32))


@pytest.fixture(params=[10**6, 100], ids=["scanned", "through graphs"])
def filled(request, tmp_path):
    own = Filled(str(tmp_path / "library"), request.param)
    with contextlib.closing(own.library):
        make_graphs(own.library)
        assert own.library.vectors["en"].has_graph is (request.param == 100)
        yield own


def assert_affine(found, expected):
    """Standardising leaves the order and the proportions of differences."""
    slope, offset = np.polyfit(expected, found, 1)
    assert slope > 0
    np.testing.assert_allclose(found, slope * expected + offset, atol=0.02 * np.ptp(found))


def test_a_passage_counts_by_its_cosine_and_a_part_of_its_lexical_weights(filled):
    found = by_meaning(filled.library, ["en"], filled.query, None)
    places = np.searchsorted(filled.ids, found.passages)
    assert len(set(places.tolist())) == len(places) == len(filled.ids)  # the graphs are asked for more than there are
    assert_affine(found.scores, filled.expected[places])
    assert found.rows.tolist() == (places // PASSAGES).tolist()


def test_the_document_of_the_best_passage_is_among_the_best(filled):
    found = by_meaning(filled.library, ["en"], filled.query, None)
    best = int(np.argmax(filled.expected)) // PASSAGES
    assert best in np.argsort(-found.documents)[:3]


def test_under_a_filter_only_what_is_allowed_is_compared(filled):
    allowed = np.arange(DOCUMENTS) % 3 == 0
    found = by_meaning(filled.library, ["en"], filled.query, allowed)
    if filled.library.vectors["en"].has_graph:
        assert set(found.rows.tolist()) == set(np.flatnonzero(allowed).tolist())
    places = np.searchsorted(filled.ids, found.passages)
    assert_affine(found.scores, filled.expected[places])


def test_without_lexical_weights_in_the_query_the_cosine_alone_counts(filled):
    found = by_meaning(filled.library, ["en"], QueryVector(filled.query.dense), None)
    places = np.searchsorted(filled.ids, found.passages)
    assert_affine(found.scores, (filled.vectors @ filled.query.dense)[places])


def test_lexical_weights_that_passages_have_left_behind_take_no_place(filled, monkeypatch):
    monkeypatch.setattr("bge_desktop.search.meaning._NEIGHBOURS", 1)
    library, rare = filled.library, SparseVector(np.array([999], np.int32), np.ones(1, np.float32))
    farthest = int(np.argmin(filled.vectors @ filled.query.dense))
    sparse = SparseIndex(library.db)
    stale = SparseVector(rare.tokens, rare.weights * 2)
    sparse.add(library.vectors.in_use["en"].id, np.array([10**6]), joined([stale]))
    library.vectors.store("en", [int(filled.ids[farthest])], filled.vectors[farthest][None], joined([rare]))
    found = by_meaning(library, ["en"], QueryVector(filled.query.dense, rare), None)
    assert filled.ids[farthest] in found.passages.tolist()


def test_what_the_graph_leaves_out_is_found_by_its_lexical_weights(filled, monkeypatch):
    monkeypatch.setattr("bge_desktop.search.meaning._NEIGHBOURS", 5)
    rare = SparseVector(np.array([999], np.int32), np.ones(1, np.float32))
    farthest = int(np.argmin(filled.vectors @ filled.query.dense))
    filled.library.vectors.store("en", [int(filled.ids[farthest])], filled.vectors[farthest][None], joined([rare]))
    found = by_meaning(filled.library, ["en"], QueryVector(filled.query.dense, rare), None)
    assert filled.ids[farthest] in found.passages.tolist()
