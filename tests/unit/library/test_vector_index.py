import numpy as np
import pytest

from bge_desktop.library import vector_index
from bge_desktop.library.graph import Graph
from bge_desktop.library.vector_index import VectorIndex


def make(dimension: int = 16, exact_limit: int = 100) -> VectorIndex:
    return VectorIndex(dimension, exact_limit)


def _half(vectors):
    return vectors.astype(np.float16)


def _add_graphs(index, most=100):
    """Have the index adopt the graphs that it wants; return their names."""
    names = []
    while len(names) < most and (ids := index.next_graph()) is not None:
        names.append(f"{ids[0]} to {ids[-1]}")
        index.adopt(names[-1], Graph.build(*map(_as_stored, index.held(ids))))
    return names


def _as_stored(values):
    return values if values.dtype == np.int64 else _half(values)


def _filled(vectors, **options):
    index = make(vectors.shape[1], **options)
    index.add(np.arange(len(vectors)), vectors)
    return index


def _best(index, query, k=5, among=None):
    found = index.search(query, k, among)
    order = np.argsort(-found.scores, kind="stable")[:k]
    return found.ids[order].tolist(), found.scores[order]


def test_an_empty_index_finds_nothing(unit_vectors):
    index = make()
    found = index.search(unit_vectors(1)[0], 10)
    assert len(index) == len(found.ids) == len(found.scores) == 0
    assert index.next_graph() is None


def test_few_vectors_are_scanned(unit_vectors):
    vectors = unit_vectors(100)
    index = _filled(vectors)
    found = index.search(vectors[3], 5)
    assert found.is_exact
    assert len(found.ids) == 100
    assert index.next_graph() is None
    assert not index.is_large
    assert _best(index, vectors[3])[0][0] == 3
    assert index.scan(vectors[:2])[1].shape == (100, 2)


def test_beyond_the_limit_graphs_are_wanted_and_find_the_same_best(unit_vectors):
    vectors = unit_vectors(350)
    index = _filled(vectors)
    assert index.is_large
    exact = [_best(index, query) for query in vectors[::20]]
    assert len(_add_graphs(index)) == 3  # the last 50 go on being scanned
    assert index.has_graph
    assert len(index) == 350
    assert index.scan(vectors[:1]) is None
    assert not index.search(vectors[0], 5).is_exact
    for query, (best, scores) in zip(vectors[::20], exact, strict=True):
        assert _best(index, query)[0] == best
        np.testing.assert_allclose(_best(index, query)[1], scores, atol=1e-6)


def test_the_oldest_passages_come_into_a_graph_first(unit_vectors):
    index = make(exact_limit=20)
    index.add(np.arange(30)[::-1], unit_vectors(30))
    assert index.next_graph().tolist() == list(range(20))


def test_no_more_are_found_than_wanted(unit_vectors):
    vectors = unit_vectors(350)
    index = _filled(vectors)
    _add_graphs(index)
    found = index.search(vectors[0], 40)
    exact = set(np.argsort(-(_half(vectors).astype(np.float32) @ vectors[0]))[:40].tolist())
    assert len(found.ids) == 40
    assert len(exact & set(found.ids.tolist())) >= 39


def test_what_changed_while_a_graph_was_built_is_found_as_it_is(unit_vectors):
    vectors = unit_vectors(300)
    index = _filled(vectors[:200])
    ids = index.next_graph()
    graph = Graph.build(*map(_as_stored, index.held(ids)))
    index.add(np.arange(200, 300), vectors[200:])
    index.remove(np.arange(15))
    index.add(np.array([20]), vectors[:1])
    index.adopt("graph", graph)
    assert len(index) == 285
    assert sorted(index.search(vectors[0], 285).ids.tolist()) == list(range(15, 300))
    assert _best(index, vectors[299])[0][0] == 299
    assert _best(index, vectors[0])[0][0] == 20
    assert _best(index, vectors[20])[0][0] != 20


@pytest.mark.parametrize("limit", [5, 100])
def test_added_removed_and_replaced(unit_vectors, limit):
    vectors = unit_vectors(40)
    index = _filled(vectors[:20], exact_limit=limit)
    _add_graphs(index)
    index.add(np.arange(20, 30), vectors[20:30])
    index.add(np.arange(25, 30), vectors[35:40])  # embedded twice, as after a restart of the encoder
    index.remove(np.array([0, 7, 28, 999]))
    _add_graphs(index)
    expected = {n: vectors[n + 10 if n >= 25 else n] for n in range(30) if n not in (0, 7, 28)}
    assert len(index) == len(expected)
    found = index.search(vectors[1], len(expected))
    scores = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    assert scores.keys() == expected.keys()
    for number, vector in expected.items():
        assert scores[number] == pytest.approx(float(vector @ vectors[1]), abs=1e-3)
    ids, held = index.held(np.arange(50))
    assert ids.tolist() == sorted(expected)
    np.testing.assert_array_equal(held, _half(np.array([expected[n] for n in ids.tolist()])).astype(np.float32))


def test_a_passage_that_got_another_vector_is_found_once(unit_vectors):
    vectors = unit_vectors(60)
    index = _filled(vectors[:20], exact_limit=10)
    _add_graphs(index)
    index.add(np.arange(5), vectors[40:45])
    index.add(np.arange(20, 30), vectors[20:30])
    _add_graphs(index)
    found = index.search(vectors[40], 30)
    assert sorted(found.ids.tolist()) == list(range(30))
    assert _best(index, vectors[40])[0][0] == 0


@pytest.mark.parametrize("limit", [5, 100])
def test_emptied_and_filled_again(unit_vectors, limit):
    vectors = unit_vectors(10)
    index = _filled(vectors, exact_limit=limit)
    _add_graphs(index)
    index.remove(np.arange(10))
    assert len(index) == 0
    assert len(index.search(vectors[0], 3).ids) == 0
    index.add(np.array([77]), vectors[:1])
    assert index.search(vectors[0], 3).ids.tolist() == [77]


def test_searching_hands_out_no_view_of_its_own_memory(unit_vectors):
    vectors = unit_vectors(3)
    index = _filled(vectors)
    found = index.search(vectors[0], 1)
    index.remove(np.array([0]))
    assert found.ids.tolist() == [0, 1, 2]


def test_a_graph_of_which_much_is_removed_is_worn_and_can_be_given_up(unit_vectors):
    vectors = unit_vectors(300)
    index = _filled(vectors)
    first, second, third = _add_graphs(index)
    index.remove(np.arange(20))
    assert index.worn() == []
    assert index.with_removed() == [first]
    index.remove(np.array([20, 150]))
    assert index.worn() == [first]
    assert index.with_removed() == [first, second]
    index.give_up(first)
    assert len(index) == 278
    assert sorted(index.search(vectors[0], 278).ids.tolist()) == [n for n in range(21, 300) if n != 150]
    for name in (second, third):
        index.give_up(name)
    assert not index.has_graph
    assert index.search(vectors[0], 5).is_exact


@pytest.mark.parametrize("share", [0.9, 0.5, 0.02])
def test_under_a_filter_no_fewer_are_found(unit_vectors, monkeypatch, share):
    monkeypatch.setattr(vector_index, "_MOST_COMPARED", 100)
    ids, vectors = np.arange(2000), unit_vectors(2000)
    index = _filled(vectors, exact_limit=400)
    _add_graphs(index)
    among = np.sort(np.random.default_rng(0).permutation(ids)[: int(share * len(ids))])
    for query in vectors[:20]:
        found = index.search(query, 10, among)
        assert np.isin(found.ids, among).all()
        assert len(found.ids) >= 10
        assert found.is_exact is (len(among) <= 100)
        best = among[np.argsort(-(_half(vectors[among]).astype(np.float32) @ query))[:10]]
        assert set(_best(index, query, 10, among)[0]) == set(best.tolist())


def test_a_filter_that_leaves_out_what_is_near_has_all_the_rest_compared(unit_vectors, monkeypatch):
    monkeypatch.setattr(vector_index, "_MOST_COMPARED", 100)
    vectors = unit_vectors(2000)
    index = _filled(vectors, exact_limit=400)
    _add_graphs(index)
    among = np.sort(np.argsort(vectors @ vectors[0])[:1000])
    found = index.search(vectors[0], 10, among)
    assert found.is_exact
    assert sorted(found.ids.tolist()) == among.tolist()


@pytest.fixture
def passages(unit_vectors):
    """Vectors as a library has them: topics, passages near them, and one footer that stands in every tenth document."""
    topics, spread = unit_vectors(80, 64, seed=1), unit_vectors(8_000, 64, seed=2)
    vectors = np.repeat(topics, 100, axis=0) + 0.8 * spread
    vectors[::10] = topics[0] - topics[1]
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _recall(index, vectors, queries):
    """How many of the ten best cosines that an exact scan finds are found."""
    found = 0
    for query in queries:
        exact = np.sort(_half(vectors).astype(np.float32) @ _half(query).astype(np.float32))[-10:]
        best = np.sort(index.search(query, 10).scores)[-10:]
        found += int((best >= exact[0] - 1e-5).sum())
    return found / (10 * len(queries))


def test_recall_holds_when_half_is_deleted_and_added_again(passages, unit_vectors):
    queries = passages[1::80] + 0.5 * unit_vectors(100, 64, seed=3)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    index, ids = _filled(passages, exact_limit=1000), np.arange(8_000)
    names = _add_graphs(index)
    assert _recall(index, passages, queries) >= 0.98
    gone = np.random.default_rng(0).permutation(ids)[:4000]
    kept = np.setdiff1d(ids, gone)
    index.remove(gone)
    assert _recall(index, passages[kept], queries) >= 0.98
    assert index.worn() == names
    for name in names:
        index.give_up(name)
    index.add(gone + 8_000, passages[gone])
    _add_graphs(index)
    assert _recall(index, passages, queries) >= 0.98
