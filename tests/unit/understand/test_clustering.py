"""Groups of points, groups of those, and where they lie on the map."""

from __future__ import annotations

import numpy as np
import pytest

from bge_desktop.understand.between import between
from bge_desktop.understand.clustering import centroids_of, gathered, grouped
from bge_desktop.understand.layout import as_before, laid_out, side_by_side
from bge_desktop.understand.matching import matched
from bge_desktop.understand.projection import Projection, nearest
from bge_desktop.understand.spaces import normalised

_DIMENSION = 64


def around(centres: int, each: int, seed: int = 0, noise: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors about so many centres, which have something in common, and the centre of each."""
    random = np.random.default_rng(seed)
    middles = random.standard_normal((centres, _DIMENSION)) + 2.0
    of = np.repeat(np.arange(centres), each)
    vectors = middles[of] + noise * random.standard_normal((len(of), _DIMENSION))
    return normalised(vectors.astype(np.float32)), of


@pytest.mark.parametrize("centres", [3, 7, 12])
def test_true_groups_are_found_with_their_number(centres: int) -> None:
    vectors, of = around(centres, 40)
    groups = grouped(Projection.fitted(vectors)(vectors))
    assert len(set(zip(groups.tolist(), of.tolist(), strict=True))) == groups.max() + 1 == centres


def test_it_is_the_same_each_time() -> None:
    points = Projection.fitted(around(6, 30)[0])(around(6, 30)[0])
    assert grouped(points).tolist() == grouped(points).tolist()
    nowhere = np.full((len(points), 2), np.nan, np.float32)
    assert np.array_equal(laid_out(points, nowhere), laid_out(points, nowhere))


def test_groups_of_groups_hold_what_is_near() -> None:
    random = np.random.default_rng(1)
    far = 4 * random.standard_normal((3, _DIMENSION))
    middles = np.concatenate([own + random.standard_normal((4, _DIMENSION)) for own in far])
    of = np.repeat(np.arange(12), 20)
    points = normalised((middles[of] + 0.2 * random.standard_normal((240, _DIMENSION))).astype(np.float32))
    above = gathered(points, of)
    assert len(above) == 12
    assert [len(set(above[4 * n : 4 * n + 4])) for n in range(3)] == [1, 1, 1]
    assert gathered(points[:60], of[:60]).tolist() == [0, 1, 2]


@pytest.mark.parametrize("count", [3, 5, 10, 11])
def test_few_documents_and_equal_ones_are_grouped_too(count: int) -> None:
    for vectors in (around(1, count)[0], np.repeat(around(1, 1)[0], count, axis=0)):
        points = Projection.fitted(vectors)(vectors)
        groups = grouped(points)
        assert sorted(set(groups.tolist())) == list(range(groups.max() + 1))
        places = laid_out(points, np.full((count, 2), np.nan, np.float32))
        assert np.isfinite(places).all()
        assert abs(places).max() <= 1.0001


def test_the_nearest_centroid_is_that_of_the_own_group() -> None:
    vectors, of = around(5, 20)
    points = Projection.fitted(vectors)(vectors)
    rows, distances = nearest(points, centroids_of(points, of))
    assert rows.tolist() == of.tolist()
    expected = np.linalg.norm(points - centroids_of(points, of)[of], axis=1)
    np.testing.assert_allclose(distances, expected, atol=1e-3)


def test_a_projection_is_stored_and_read() -> None:
    vectors, _ = around(4, 20)
    projection = Projection.fitted(vectors)
    again = Projection.of_bytes(projection.as_bytes(), _DIMENSION)
    assert again is not None
    np.testing.assert_array_equal(again(vectors), projection(vectors))
    assert Projection.of_bytes(b"", _DIMENSION) is None
    assert Projection.of_bytes(b"spoilt", _DIMENSION) is None


def test_what_is_alike_lies_together_on_the_map() -> None:
    vectors, of = around(4, 30)
    places = laid_out(Projection.fitted(vectors)(vectors), np.full((120, 2), np.nan, np.float32))
    middles = np.stack([places[of == own].mean(axis=0) for own in range(4)])
    assert (np.linalg.norm(places[:, None] - middles, axis=2).argmin(axis=1) == of).mean() > 0.95


def test_the_map_stays_as_it_was_when_documents_come() -> None:
    vectors, of = around(4, 30)
    projection = Projection.fitted(vectors)
    before = laid_out(projection(vectors), np.full((120, 2), np.nan, np.float32))
    more = np.concatenate([vectors, around(4, 3, seed=0)[0]])
    known = dict(enumerate(map(tuple, before.tolist())))
    after = laid_out(projection(more), as_before(np.arange(len(more)), known))
    moved = [np.linalg.norm(after[:120][of == own].mean(0) - before[of == own].mean(0)) for own in range(4)]
    assert max(moved) < 0.4


def test_a_new_document_lies_between_the_nearest() -> None:
    known = normalised(np.eye(4, dtype=np.float32))
    places = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    assert np.linalg.norm(between(known[3:], known, places)[0] - [1, 1]) < 0.01
    assert between(known[:1], known[:1], places[:1]).tolist() == [[0, 0]]


def test_two_maps_lie_side_by_side_as_large_as_they_have_documents() -> None:
    random = np.random.default_rng(0)
    one, other = (random.uniform(-1, 1, (count, 2)).astype(np.float32) for count in (400, 100))
    left, right = side_by_side([one, other])
    assert left.min() >= 0
    assert right.max() <= 1
    assert left[:, 0].max() < right[:, 0].min()
    assert 1.8 < np.ptp(left[:, 1]) / np.ptp(right[:, 1]) < 2.2
    [alone] = side_by_side([one])
    assert 0 <= alone.min() < 0.02
    assert 0.98 < alone.max() <= 1


def test_topics_go_on_where_most_of_their_documents_are() -> None:
    old = {7: [1, 2, 3, 4], 8: [5, 6, 7, 8], 9: [9, 10]}
    new = {0: [1, 2, 3, 11, 12], 1: [5, 6], 2: [4, 7, 8], 3: [13]}
    assert matched(old, new, named=()) == {0: 7, 1: 8}
    assert matched(old, {0: [1, 5], 1: [2, 6]}, named=()) == {}
    assert matched(old, {0: [1, 5], 1: [20]}, named=[8]) == {0: 8}
    assert matched({}, new, named=()) == {}
