from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from bge_desktop.bge.sparse_vectors import SparseVector, SparseVectors, joined
from bge_desktop.library import sparse_index
from bge_desktop.library.sparse_index import SparseIndex, damaged_blocks, has_strays, mend

MODEL, ANOTHER = 1, 2


def random_vectors(count: int, seed: int = 0, tokens: int = 250_002) -> SparseVectors:
    rng = np.random.default_rng(seed)
    vectors = []
    for _ in range(count):
        own = np.unique((tokens * rng.random(rng.integers(0, 40)) ** 3).astype(np.int32))
        vectors.append(SparseVector(own, rng.random(len(own)).astype(np.float32) + 0.001))
    return joined(vectors)


@pytest.fixture
def index(library) -> SparseIndex:
    return SparseIndex(library.db)


def scores_of(index: SparseIndex, query: SparseVector, model: int = MODEL) -> dict[int, float]:
    ids, scores = index.search(model, query)
    return dict(zip(ids.tolist(), scores.tolist(), strict=True))


def have(library, ids) -> None:
    """Have the library have passages of these ids."""
    library.db.execute("INSERT INTO documents (id, hash, kind, title, text) VALUES (1, 'hash', 'text', 'title', '')")
    sql = "INSERT INTO passages (id, document_id, start, \"end\", language) VALUES (?, 1, 0, 0, 'en')"
    library.db.conn.executemany(sql, [(own,) for own in ids.tolist()])


def assert_found(index: SparseIndex, expected: dict[int, SparseVector], model: int = MODEL) -> None:
    """Every passage that has anything of a query has the score that its vector has with it, but for a thousandth."""
    assert sorted(index.members(model).tolist()) == sorted(expected)
    for query in (own for _, own in zip(range(30), expected.values(), strict=False)):
        scores = {number: query.score(own) for number, own in expected.items()}
        assert scores_of(index, query, model) == pytest.approx({n: own for n, own in scores.items() if own}, rel=1e-3)
    assert not has_strays(index._db)
    assert set(damaged_blocks(index._db)) <= {None}


def test_scores_are_those_of_the_vectors_whatever_blocks_the_passages_are_in(index):
    vectors = random_vectors(200)
    ids = np.sort(np.random.default_rng(1).choice(5_000, 200, replace=False))
    for rows in np.array_split(np.arange(200), 7):
        index.add(MODEL, ids[rows], vectors.taken(rows.tolist()))
    assert_found(index, {int(number): vectors[row] for row, number in enumerate(ids)})


def test_passages_that_are_gone_leave_nothing_a_block_at_a_time(index, library):
    vectors, ids = random_vectors(60), np.arange(1_000, 1_060)
    index.add(MODEL, ids, vectors)
    have(library, ids)
    assert len(list(index.forget_gone())) == 2
    assert_found(index, {int(ids[row]): vectors[row] for row in range(60)})
    library.db.execute("DELETE FROM passages WHERE id % 2 = 0")
    list(index.forget_gone())
    assert_found(index, {int(ids[row]): vectors[row] for row in range(1, 60, 2)})
    library.db.execute("DELETE FROM passages")
    next(index.forget_gone())
    assert index.members(MODEL).min() >= 1_024
    list(index.forget_gone())
    assert not index.members(MODEL).tolist()
    assert library.db["sparse_postings"].count == library.db["sparse_blocks"].count == 0


def test_a_block_that_goes_meanwhile_is_passed_over(index, library):
    index.add(MODEL, np.array([1, 2_000]), random_vectors(2))
    steps = index.forget_gone()
    next(steps)
    assert index.remove_some(MODEL)
    assert list(steps) == [None]
    assert library.db["sparse_postings"].count == library.db["sparse_blocks"].count == 0


def test_a_passage_that_is_added_again_has_the_new_vector(index):
    old, new, ids = random_vectors(10), random_vectors(10, seed=1), np.arange(10)
    index.add(MODEL, ids, old)
    index.add(MODEL, ids[:5], new.taken(range(5)))
    assert_found(index, {row: (new if row < 5 else old)[row] for row in range(10)})


def test_each_model_has_its_own(index, library):
    one, other, ids = random_vectors(20), random_vectors(20, seed=1), np.arange(20)
    index.add(MODEL, ids, one)
    index.add(ANOTHER, ids, other)
    assert_found(index, {row: one[row] for row in range(20)})
    assert_found(index, {row: other[row] for row in range(20)}, ANOTHER)
    have(library, ids[3:10])
    list(index.forget_gone())
    assert_found(index, {row: one[row] for row in range(3, 10)})
    assert_found(index, {row: other[row] for row in range(3, 10)}, ANOTHER)


def test_what_belongs_to_one_model_goes_a_portion_at_a_time(index, library):
    index.add(ANOTHER, np.array([1, 2_000]), random_vectors(2))
    index.add(MODEL, np.array([1]), random_vectors(1, seed=3))
    assert [index.remove_some(ANOTHER) for _ in range(3)] == [True, True, False]
    assert not index.members(ANOTHER).tolist()
    assert index.members(MODEL).tolist() == [1]
    assert not has_strays(library.db)


def test_of_a_long_query_to_a_large_index_the_heaviest_tokens_count(index, monkeypatch):
    monkeypatch.setattr(sparse_index, "_MOST_ROWS", 5)
    tokens = np.arange(1, 5, dtype=np.int32)
    index.add(MODEL, np.array([1, 2_000]), joined([SparseVector(tokens, np.ones(4, np.float32))] * 2))
    query = SparseVector(tokens, np.array([0.25, 0.75, 0.125, 0.5], np.float32))
    assert scores_of(index, query) == {1: 1.25, 2_000: 1.25}
    index.add(MODEL, np.arange(10) * 1_024, joined([SparseVector(tokens, np.ones(4, np.float32))] * 10))
    assert set(scores_of(index, query).values()) == {0.75}


def test_a_query_without_anything_known_finds_nothing(index):
    index.add(MODEL, np.array([1]), random_vectors(1))
    assert scores_of(index, SparseVector(np.empty(0, np.int32), np.empty(0, np.float32))) == {}
    assert scores_of(index, SparseVector(np.array([250_001], np.int32), np.ones(1, np.float32))) == {}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sparse_postings SET postings = x'0000003c' WHERE id = (SELECT max(id) FROM sparse_postings)",
        "UPDATE sparse_postings SET postings = 'text' WHERE id = (SELECT max(id) FROM sparse_postings)",
        "DELETE FROM sparse_postings WHERE id = (SELECT max(id) FROM sparse_postings)",
        "UPDATE sparse_blocks SET members = x'00' WHERE number = 1",
        "UPDATE sparse_blocks SET members = 5 WHERE number = 1",
        "UPDATE sparse_blocks SET model_id = 2 WHERE number = 1",
        "UPDATE sparse_blocks SET number = 7 WHERE number = 1",
        "UPDATE sparse_blocks SET checksum = 'x' WHERE number = 1",
    ],
)
def test_damage_is_seen_and_only_its_block_is_dropped(index, library, damage):
    vectors = random_vectors(40)
    index.add(MODEL, np.arange(20), vectors.taken(range(20)))
    index.add(MODEL, np.arange(1_024, 1_044), vectors.taken(range(20, 40)))
    library.db.execute(damage)
    assert [own for own in damaged_blocks(library.db) if own is not None] == [2]
    mend(library.db)
    assert_found(index, {row: vectors[row] for row in range(20)})


def test_postings_of_no_block_are_seen_and_dropped(index, library):
    index.add(MODEL, np.arange(20), random_vectors(20))
    library.db.execute("DELETE FROM sparse_blocks")
    assert has_strays(library.db)
    mend(library.db)
    assert not has_strays(library.db)


def test_an_interrupted_addition_leaves_nothing(index, library):
    broken = SparseVectors(np.array([1, 1]), np.array([5, 6], np.int32), np.array([1.0], np.float32))
    with pytest.raises(IndexError):
        index.add(MODEL, np.array([1, 2_000]), broken)
    assert not index.members(MODEL).tolist()
    assert library.db["sparse_postings"].count == 0


def test_a_posting_stands_in_the_database_only_once(index, library):
    index.add(MODEL, np.arange(20), random_vectors(20))
    with pytest.raises(sqlite3.IntegrityError):
        library.db.execute("INSERT INTO sparse_blocks SELECT 99, model_id, number, members, 0 FROM sparse_blocks")
