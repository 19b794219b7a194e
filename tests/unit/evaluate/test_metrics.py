import math

import numpy as np
import pytest

from bge_desktop.evaluate.metrics import means, ndcg, recall, reciprocal_rank

RANKS = np.array([1, 3, math.inf, 10])


def test_metrics_of_one_right_answer_a_query():
    np.testing.assert_allclose(ndcg(RANKS), [1, 1 / 2, 0, 1 / math.log2(11)])
    np.testing.assert_allclose(reciprocal_rank(RANKS), [1, 1 / 3, 0, 1 / 10])
    np.testing.assert_array_equal(recall(RANKS), [1, 1, 0, 1])


def test_the_means_are_named_with_the_depth():
    found = means(RANKS)
    assert list(found) == ["ndcg@10", "mrr@10", "recall@10"]
    assert found["ndcg@10"] == pytest.approx((1 + 1 / 2 + 1 / math.log2(11)) / 4)
    assert found["mrr@10"] == pytest.approx((1 + 1 / 3 + 1 / 10) / 4)
    assert found["recall@10"] == 3 / 4
