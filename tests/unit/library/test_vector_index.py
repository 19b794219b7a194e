import os

import numpy as np
import pytest

from bge_desktop.library import vector_index
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


@pytest.mark.parametrize("share", [0.9, 0.5, 0.02])
def test_under_a_filter_no_fewer_are_found(make, unit_vectors, monkeypatch, share):
    monkeypatch.setattr(vector_index, "_MOST_COMPARED", 100)
    index, ids, vectors = make(), np.arange(2000), unit_vectors(2000)
    index.adopt(index.build_graph(ids, _half(vectors)), ids, _half(vectors))
    among = np.sort(np.random.default_rng(0).permutation(ids)[: int(share * len(ids))])
    for query in vectors[:20]:
        found = index.search(query, 10, among)
        assert np.isin(found.ids, among).all()
        assert len(found.ids) >= 10
        assert found.is_exact is (len(among) <= 100)
        best = found.ids[np.argsort(-found.scores)[:10]]
        assert set(best) == set(among[np.argsort(-(_half(vectors[among]).astype(np.float32) @ query))[:10]])


def test_a_filter_that_leaves_out_what_is_near_has_all_the_rest_compared(make, unit_vectors, monkeypatch):
    monkeypatch.setattr(vector_index, "_MOST_COMPARED", 100)
    index, ids, vectors = make(), np.arange(2000), unit_vectors(2000)
    index.adopt(index.build_graph(ids, _half(vectors)), ids, _half(vectors))
    among = np.sort(np.argsort(vectors @ vectors[0])[:1000])
    found = index.search(vectors[0], 10, among)
    assert found.is_exact
    assert found.ids.tolist() == among.tolist()


@pytest.fixture
def passages(unit_vectors):
    """Vectors as a library has them: topics, passages near them, and one footer that stands in every tenth document."""
    topics, spread = unit_vectors(80, 64, seed=1), unit_vectors(8_000, 64, seed=2)
    vectors = np.repeat(topics, 100, axis=0) + 0.8 * spread
    vectors[::10] = topics[0] - topics[1]
    return _half(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _recall(index, vectors, queries):
    """How many of the ten best cosines that an exact scan finds are found."""
    found = 0
    for query in queries:
        exact = np.sort(vectors.astype(np.float32) @ query)[-10:]
        best = np.sort(index.search(query, 10).scores)[-10:]
        found += int((best >= exact[0] - 1e-5).sum())
    return found / (10 * len(queries))


def test_recall_holds_when_half_is_deleted_and_added_again(tmp_path, passages, unit_vectors):
    def make():
        return VectorIndex(str(tmp_path / "vectors.hnsw"), 64, "model", exact_limit=1000)

    queries = passages[1::80].astype(np.float32) + 0.5 * unit_vectors(100, 64, seed=3)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    index, ids = make(), np.arange(8_000)
    index.adopt(index.build_graph(ids, passages), ids, passages)
    assert _recall(index, passages, queries) >= 0.99
    index.remove(ids[::2])
    assert index.wants_graph
    assert _recall(index, passages[1::2], queries) >= 0.99
    again = passages[::2].copy()
    again[1::2] = again[1::2, ::-1]  # a half of that half has been written anew
    index.add(ids[::2] + 8_000, again.astype(np.float32))
    now, now_ids = np.concatenate([passages[1::2], again]), np.concatenate([ids[1::2], ids[::2] + 8_000])
    assert _recall(index, now, queries) >= 0.99
    index.save("g1")
    loaded = make()
    loaded.load(now_ids, now, "g1")
    assert loaded.has_graph
    assert _recall(loaded, now, queries) >= 0.99
    loaded.adopt(loaded.build_graph(now_ids, now), now_ids, now)
    assert not loaded.wants_graph
    assert _recall(loaded, now, queries) >= 0.99
