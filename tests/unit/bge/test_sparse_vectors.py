from __future__ import annotations

import numpy as np
import pytest

from bge_desktop.bge.sparse_vectors import SparseVector, SparseVectors, joined, lexical_weights


def vector(weights: dict[int, float]) -> SparseVector:
    return SparseVector(np.array(list(weights), np.int32), np.array(list(weights.values()), np.float32))


def test_the_score_is_the_sum_of_products_over_tokens_of_both():
    one, other = vector({3: 0.5, 7: 1.0, 9: 2.0}), vector({3: 2.0, 8: 9.0, 9: 0.25})
    assert one.score(other) == pytest.approx(0.5 * 2.0 + 2.0 * 0.25)
    assert one.score(other) == other.score(one)


def test_nothing_is_alike_without_a_common_token():
    assert vector({1: 1.0}).score(vector({2: 1.0})) == 0.0
    assert vector({}).score(vector({})) == 0.0


def test_a_token_counts_by_the_greatest_of_its_weights_and_special_ones_not_at_all():
    ids = np.array([0, 5, 9, 5, 7, 2, 1], np.int32)
    weights = np.array([9.0, 0.25, 0.5, 0.75, 0.0, 9.0, 9.0], np.float32)
    found = lexical_weights(ids, weights, special=np.array([0, 1, 2, 3], np.int32))
    assert dict(zip(found.tokens.tolist(), found.weights.tolist(), strict=True)) == {5: 0.75, 9: 0.5}


def test_texts_come_out_as_they_were_put_together():
    vectors = [vector({4: 1.0}), vector({}), vector({1: 0.5, 2: 0.25})]
    together = joined(vectors)
    again = SparseVectors.from_bytes(together.counts.tolist(), together.to_bytes())
    assert len(again) == 3
    for row, own in enumerate(vectors):
        assert again[row].tokens.tolist() == own.tokens.tolist()
        assert again[row].weights.tolist() == own.weights.tolist()
    assert again.rows.tolist() == [0, 2, 2]
    assert again.taken([2, 0]).tokens.tolist() == [1, 2, 4]
