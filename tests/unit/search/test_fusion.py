import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.search.fusion import Standard, best_per_document

SCORES = st.lists(st.floats(-100, 100), min_size=2, max_size=50).map(np.array)


@given(SCORES)
def test_standardised_scores_have_mean_0_and_deviation_1(scores):
    standard = Standard.of(scores)
    result = standard.apply(scores)
    if standard.deviation > 1e-6:
        np.testing.assert_allclose([result.mean(), result.std()], [0, 1], atol=1e-6)


def test_scores_that_are_all_the_same_tell_nothing():
    np.testing.assert_array_equal(Standard.of(np.full(3, 7.0)).apply(np.full(3, 7.0)), [0, 0, 0])


def test_no_scores_at_all_are_no_error():
    assert len(Standard.of(np.array([])).apply(np.array([]))) == 0


def test_a_document_counts_by_its_best_passage():
    rows = np.array([0, 0, 2, -1])
    best = best_per_document(rows, np.array([1.0, 3.0, -5.0, 99.0]), 3, missing=0.0)
    np.testing.assert_array_equal(best, [3, 0, -5])
