import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.search.pooling import pooled

# With what lexical weights add to a cosine.
COSINES = st.lists(st.floats(-1, 1.5), min_size=1, max_size=40)


def pool(*documents, **options):
    """Pool the cosines of the passages of some documents."""
    rows = np.repeat(np.arange(len(documents)), [len(cosines) for cosines in documents])
    return pooled(rows, np.array([cosine for cosines in documents for cosine in cosines]), len(documents), **options)


def by_hand(cosines):
    best = sorted(cosines, reverse=True)[:16]
    return np.log(np.mean(np.exp(30 * np.array(best)))) / 30


@given(st.lists(COSINES, min_size=1, max_size=8))
def test_it_is_the_log_of_the_mean_of_the_exponentials_of_the_best_sixteen(documents):
    np.testing.assert_allclose(pool(*documents), [by_hand(cosines) for cosines in documents], atol=1e-6)


@given(COSINES)
def test_it_lies_between_the_mean_of_the_best_and_the_best(cosines):
    best = sorted(cosines, reverse=True)[:16]
    [own] = pool(cosines)
    assert np.mean(best) - 1e-6 <= own <= best[0] + 1e-6


def test_a_document_of_one_passage_has_its_cosine():
    np.testing.assert_allclose(pool([0.7], [-1.0], [1.0]), [0.7, -1.0, 1.0], atol=1e-9)


def test_of_two_documents_with_the_same_best_passage_the_one_that_is_about_it_throughout_is_nearer():
    throughout, once = pool([0.7, 0.65, 0.6], [0.7, 0.3, 0.3])
    assert throughout > once


def test_a_thousand_other_pages_count_no_more_than_fifteen():
    short, long = pool([0.8, *[0.4] * 15], [0.8, *[0.4] * 1000])
    assert long == pytest.approx(short, abs=1e-9)


def test_a_passage_over_one_counts_in_a_long_document():
    long, short = [0.3] * 19, [0.3]
    np.testing.assert_allclose(
        pool(long, [1.2, *long], short), [by_hand(own) for own in (long, [1.2, *long], short)], atol=1e-6
    )


def test_documents_without_passages_have_no_score_and_passages_without_documents_count_for_nothing():
    scores = pooled(np.array([-1, 1]), np.array([0.9, 0.5]), 3)
    np.testing.assert_array_equal(np.isnan(scores), [True, False, True])
    assert scores[1] == pytest.approx(0.5)
    assert np.isnan(pooled(np.empty(0, np.int64), np.empty(0), 2)).all()


@given(st.lists(COSINES, min_size=1, max_size=8))
def test_passages_that_were_not_seen_count_as_the_least_that_was(documents):
    least = 0.2
    seen = [[cosine for cosine in cosines if cosine > least] for cosines in documents]
    unseen = np.array([len(cosines) - len(near) for cosines, near in zip(documents, seen, strict=True)])
    floored = [[max(cosine, least) for cosine in cosines] for cosines in documents]
    np.testing.assert_allclose(pool(*seen, unseen=unseen, least=least), pool(*floored), atol=1e-6)


def test_the_order_of_the_passages_makes_no_difference():
    random = np.random.default_rng(5)
    rows, cosines, order = random.integers(-1, 50, 2000), random.uniform(-1, 1, 2000), random.permutation(2000)
    np.testing.assert_array_equal(pooled(rows, cosines, 50), pooled(rows[order], cosines[order], 50))
