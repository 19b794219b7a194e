import numpy as np
import pytest

from bge_desktop.search.measuring import as_query, asking, measured, sample


def test_a_sample_is_spread_over_the_documents_and_takes_some_of_each():
    documents = np.repeat(np.arange(1000), 20)
    passages, owners = sample(np.arange(len(documents)), documents)
    assert len(np.unique(owners)) == 200
    assert owners.tolist() == documents[passages].tolist()
    assert np.bincount(owners).max() == 16
    assert owners[0] == 0
    assert owners[-1] == 999


def test_a_small_library_is_taken_as_a_whole():
    documents = np.array([3, 3, 5])
    passages, owners = sample(np.array([7, 8, 9]), documents)
    assert (passages.tolist(), owners.tolist()) == ([7, 8, 9], [3, 3, 5])
    assert [own.tolist() for own in sample(np.empty(0, np.int64), np.empty(0, np.int64))] == [[], []]


def test_queries_are_made_of_passages_here_and_there():
    assert asking(np.arange(3)).tolist() == [0, 1, 2]
    assert len(asking(np.arange(1000))) == 32
    assert (
        as_query("The  tenant\nmust " + "pay " * 50) == "The tenant must pay pay pay pay pay pay pay pay pay pay pay "
    )


def unit(*rows):
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_cosines_are_measured_between_different_documents_only():
    vectors = unit([1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1])
    spread = measured(vectors[:1], np.array([0]), vectors, np.array([1, 1, 2, 3]))
    assert spread.query.mean == pytest.approx(0.0, abs=1e-3)
    assert spread.nearest.mean == pytest.approx(0.0, abs=1e-3)
    assert spread.whole.mean == pytest.approx(0.0, abs=1e-3)
    assert spread.query.deviation > 0


def test_lexical_weights_count_in_what_is_usual_of_a_query_and_nowhere_else():
    chance = np.random.default_rng(0)
    vectors, documents = unit(*chance.normal(0.0, 1.0, (40, 32))), np.arange(40)
    lexical = chance.random((4, 40))
    cosines = measured(vectors[:4], np.arange(4), vectors, documents)
    fused = measured(vectors[:4], np.arange(4), vectors, documents, lexical)
    others = np.array([np.delete(own, row) for row, own in enumerate(vectors[:4] @ vectors.T + 0.3 * lexical)])
    assert fused.query.mean == pytest.approx(others.mean(), abs=1e-4)
    assert fused.query.deviation == pytest.approx(others.std(axis=1).mean(), abs=1e-4)
    assert (fused.nearest, fused.whole) == (cosines.nearest, cosines.whole)
    assert fused.query != cosines.query


def test_measured_on_many_documents_it_tells_their_mean_and_deviation():
    chance = np.random.default_rng(0)
    vectors = unit(*chance.normal(0.5, 1.0, (900, 32)))
    documents = np.repeat(np.arange(300), 3)
    queries = unit(*chance.normal(0.5, 1.0, (20, 32)))
    spread = measured(queries, np.arange(20), vectors, documents)
    cosines = queries @ vectors.T
    assert spread.query.mean == pytest.approx(cosines.reshape(20, 300, 3).max(axis=2).mean(), abs=0.08)
    assert spread.whole.mean > cosines.mean()
