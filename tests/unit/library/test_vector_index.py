import os

import numpy as np
import pytest

from bge_desktop.library.vector_index import VectorIndex


@pytest.fixture
def make(tmp_path):
    def make(exact_limit: int = 100) -> VectorIndex:
        return VectorIndex(str(tmp_path / "vectors.hnsw"), 16, "model", exact_limit)

    return make


def _best(index, query, k=5):
    found = index.search(query, k)
    order = np.argsort(-found.scores)[:k]
    return found.ids[order].tolist(), found.scores[order]


def _half(vectors):
    return vectors.astype(np.float16)


def test_an_empty_index_finds_nothing(make, unit_vectors):
    index = make()
    found = index.search(unit_vectors(1)[0], 10)
    assert len(index) == len(found.ids) == len(found.scores) == 0
    assert not index.wants_graph


def test_few_vectors_are_scanned(make, unit_vectors):
    index, vectors = make(), unit_vectors(100)
    index.load(np.arange(100), _half(vectors))
    found = index.search(vectors[3], 5)
    assert found.is_exact
    assert len(found.ids) == 100
    assert not index.wants_graph
    assert _best(index, vectors[3])[0][0] == 3


def test_beyond_the_limit_a_graph_is_wanted_and_finds_the_same_best(make, unit_vectors):
    index, vectors = make(), unit_vectors(300)
    ids = np.arange(300) * 2
    index.load(ids, _half(vectors))
    assert index.wants_graph
    exact = [_best(index, query) for query in vectors[:20]]
    index.adopt(index.build_graph(ids, _half(vectors)), ids, _half(vectors))
    assert index.has_graph
    assert not index.wants_graph
    assert len(index) == 300
    assert not index.search(vectors[0], 5).is_exact
    for query, (best, scores) in zip(vectors[:20], exact, strict=True):
        assert _best(index, query)[0] == best
        np.testing.assert_allclose(_best(index, query)[1], scores, atol=1e-3)


def test_what_changed_while_a_graph_was_built_is_in_it(make, unit_vectors):
    index, vectors = make(), unit_vectors(300)
    ids = np.arange(300)
    index.load(ids[:200], _half(vectors[:200]))
    graph = index.build_graph(ids[:200], _half(vectors[:200]))
    index.add(ids[200:], vectors[200:])
    index.remove(ids[:50])
    index.adopt(graph, ids[50:], _half(vectors[50:]))
    assert len(index) == 250
    assert sorted(index.search(vectors[0], 250).ids.tolist()) == ids[50:].tolist()
    assert _best(index, vectors[299])[0][0] == 299


@pytest.mark.parametrize("with_graph", [False, True])
def test_added_removed_and_replaced(make, unit_vectors, with_graph):
    index, vectors = make(), unit_vectors(40)
    index.load(np.arange(20), _half(vectors[:20]))
    if with_graph:
        index.adopt(index.build_graph(np.arange(20), _half(vectors[:20])), np.arange(20), _half(vectors[:20]))
    index.add(np.arange(20, 30), vectors[20:30])
    index.add(np.arange(25, 30), vectors[35:40])  # embedded twice, as after a restart of the encoder
    index.remove(np.array([0, 7, 28, 999]))
    expected = {n: vectors[n + 10 if n >= 25 else n] for n in range(30) if n not in (0, 7, 28)}
    assert len(index) == len(expected)
    found = index.search(vectors[1], len(expected))
    scores = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    assert scores.keys() == expected.keys()
    for number, vector in expected.items():
        assert scores[number] == pytest.approx(float(vector @ vectors[1]), abs=1e-3)


@pytest.mark.parametrize("with_graph", [False, True])
def test_emptied_and_filled_again(make, unit_vectors, with_graph):
    index, vectors = make(), unit_vectors(10)
    index.load(np.arange(10), _half(vectors))
    if with_graph:
        index.adopt(index.build_graph(np.arange(10), _half(vectors)), np.arange(10), _half(vectors))
    index.remove(np.arange(10))
    assert len(index) == 0
    assert len(index.search(vectors[0], 3).ids) == 0
    index.add(np.array([77]), vectors[:1])
    assert index.search(vectors[0], 3).ids.tolist() == [77]
    assert index.has_graph is with_graph


def test_searching_hands_out_no_view_of_its_own_memory(make, unit_vectors):
    index, vectors = make(), unit_vectors(3)
    index.load(np.arange(3), _half(vectors))
    found = index.search(vectors[0], 1)
    index.remove(np.array([0]))
    assert found.ids.tolist() == [0, 1, 2]


def _saved(make, ids, vectors, generation="g1"):
    index = make()
    index.load(ids, _half(vectors))
    index.adopt(index.build_graph(ids, _half(vectors)), ids, _half(vectors))
    assert index.is_unsaved
    index.save(generation)
    assert not index.is_unsaved


def test_a_graph_is_loaded_from_its_cache(make, unit_vectors):
    ids, vectors = np.arange(200), unit_vectors(200)
    _saved(make, ids, vectors)
    index = make()
    index.load(ids, _half(vectors), "g1")
    assert index.has_graph
    assert not index.is_unsaved
    index.remove(np.array([4711]))
    assert not index.is_unsaved
    index.remove(np.array([7]))
    assert index.is_unsaved


def test_a_cache_that_lags_a_little_is_brought_in_step(make, unit_vectors):
    ids, vectors = np.arange(210), unit_vectors(210)
    _saved(make, ids[:200], vectors[:200])
    index = make()
    index.load(ids[5:], _half(vectors[5:]), "g1")
    assert index.has_graph
    assert index.is_unsaved
    assert sorted(index.search(vectors[0], 205).ids.tolist()) == ids[5:].tolist()


def test_a_cache_that_lags_far_is_left_for_a_new_graph(make, unit_vectors):
    ids, vectors = np.arange(300), unit_vectors(300)
    _saved(make, ids[:200], vectors[:200])
    index = make()
    index.load(ids, _half(vectors), "g1")
    assert not index.has_graph
    assert index.wants_graph
    assert len(index) == 300


@pytest.mark.parametrize("generation", ["", "g2"])
def test_a_cache_of_another_generation_is_not_taken(make, unit_vectors, generation):
    ids, vectors = np.arange(200), unit_vectors(200)
    _saved(make, ids, vectors)
    index = make()
    index.load(ids, _half(vectors), generation)
    assert not index.has_graph


def test_below_the_limit_the_cache_is_not_read(make, unit_vectors):
    ids, vectors = np.arange(200), unit_vectors(200)
    _saved(make, ids, vectors)
    index = make(exact_limit=200)
    index.load(ids, _half(vectors), "g1")
    assert not index.has_graph


def test_a_worn_graph_wants_a_new_one(make, unit_vectors):
    ids, vectors = np.arange(200), unit_vectors(200)
    index = make()
    index.adopt(index.build_graph(ids, _half(vectors)), ids, _half(vectors))
    index.remove(ids[:60])
    assert index.wants_graph
    index.adopt(index.build_graph(ids[60:], _half(vectors[60:])), ids[60:], _half(vectors[60:]))
    assert not index.wants_graph


def test_without_a_graph_nothing_is_written(make, unit_vectors, tmp_path):
    index = make()
    index.load(np.arange(3), _half(unit_vectors(3)))
    index.save("g1")
    assert os.listdir(tmp_path) == []
