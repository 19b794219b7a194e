import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.bge.models import Cosines
from bge_desktop.search.fusion import best_per_document, reciprocal_rank_fusion, standardised

USUAL = Cosines(0.5, 0.1)


def test_many_documents_are_standardised_by_their_own_mean_and_deviation():
    scores = np.random.default_rng(1).normal(0.2, 0.03, 100_000)
    result = standardised(scores, scores, USUAL)
    np.testing.assert_allclose([result.mean(), result.std()], [0, 1], atol=0.01)


def test_a_single_document_stands_out_by_what_is_usual_for_the_model():
    near, far = (standardised(np.array([score]), np.array([score]), USUAL)[0] for score in (0.8, 0.5))
    assert near > 1
    assert far == 0


def test_documents_without_a_score_count_for_nothing_and_stay_without():
    with_gap = standardised(np.array([0.1, np.nan]), np.array([0.1, np.nan, 0.3]), USUAL)
    without = standardised(np.array([0.1]), np.array([0.1, 0.3]), USUAL)
    np.testing.assert_array_equal(with_gap, [*without, np.nan])


def test_no_scores_at_all_are_no_error():
    assert len(standardised(np.array([]), np.array([]), USUAL)) == 0


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=20))
def test_the_order_stays(scores):
    result = standardised(np.array(scores), np.array(scores), USUAL)
    assert np.all(np.diff(result[np.argsort(scores)]) >= 0)


def test_a_document_counts_by_its_best_passage():
    rows = np.array([0, 0, 2, -1])
    best = best_per_document(rows, np.array([1.0, 3.0, -5.0, 99.0]), 3, missing=0.0)
    np.testing.assert_array_equal(best, [3, 0, -5])


def test_reciprocal_ranks_of_several_lists_add_up():
    lists = [np.array([3, 0, 2]), np.array([2, 3])]
    scores = {3: 1 / 61 + 1 / 62, 2: 1 / 63 + 1 / 61, 0: 1 / 62}
    assert reciprocal_rank_fusion(lists).tolist() == sorted(scores, key=scores.get, reverse=True) == [3, 2, 0]


def test_documents_that_are_in_no_list_are_not_found():
    nothing = np.array([], np.int64)
    assert reciprocal_rank_fusion([nothing, np.array([7, 1])]).tolist() == [7, 1]
    assert reciprocal_rank_fusion([nothing, nothing]).tolist() == []


def test_alike_documents_keep_the_order_of_their_rows():
    assert reciprocal_rank_fusion([np.array([4, 1]), np.array([1, 4])]).tolist() == [1, 4]
