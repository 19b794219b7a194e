"""Learning labels from few examples, on made vectors: three subjects around three directions, and what is none."""

from __future__ import annotations

import numpy as np
import pytest

from bge_desktop.library.label_guesses import LEAST_CONFIDENCE
from bge_desktop.understand.label_confidence import confidences, learn
from bge_desktop.understand.label_learning import NEIGHBOURS, Examples, Learner

DIMENSION, EACH, OTHERS = 32, 60, 200
NONE = np.empty(0, np.int64)


@pytest.fixture(scope="module")
def vectors():
    """Documents of three subjects, one after the other, and behind them those of none."""
    random = np.random.default_rng(5)
    centres = random.standard_normal((3, DIMENSION)) * 1.2
    made = [centre + random.standard_normal((EACH, DIMENSION)) for centre in centres]
    everything = np.concatenate([*made, random.standard_normal((OTHERS, DIMENSION))]).astype(np.float32)
    return everything / np.linalg.norm(everything, axis=1, keepdims=True)


@pytest.fixture
def learner(vectors):
    return Learner(vectors, np.arange(len(vectors)))


def rows(subject):
    return np.arange(subject * EACH, (subject + 1) * EACH)


def examples(subject, count):
    return Examples(rows(subject)[:count], NONE)


def sure_of(vectors, weights):
    return confidences(vectors, np.stack(list(weights.values())))


@pytest.mark.parametrize("count", [3, 8, 40])
def test_a_label_is_learnt_from_examples_alone(vectors, learner, count):
    sure = sure_of(vectors, learn(learner, {7: examples(0, count)}))[:, 0]
    own, others = sure[count:EACH], np.delete(sure, rows(0))
    assert np.mean(own[:, None] > others) > 0.9
    assert own.mean() > 3 * others.mean()


def test_several_labels_are_told_apart(vectors, learner):
    weights = learn(learner, {label: examples(label, 8) for label in range(3)})
    assert list(weights) == [0, 1, 2]
    subjects = np.repeat(range(3), EACH)
    assert np.mean(sure_of(vectors, weights)[: 3 * EACH].argmax(axis=1) == subjects) > 0.9


def test_a_document_may_have_two_labels(vectors):
    both = (vectors[rows(0)] + vectors[rows(1)]) / 2
    both = both / np.linalg.norm(both, axis=1, keepdims=True)
    more = np.concatenate([vectors, both])
    shared = len(vectors) + np.arange(6)
    labels = {own: Examples(np.concatenate([rows(own)[:8], shared]), NONE) for own in (0, 1)}
    sure = sure_of(more, learn(Learner(more, np.arange(len(more))), labels))
    of_both, of_none = sure[len(vectors) + 6 :], sure[3 * EACH : len(vectors)]
    assert (np.median(of_both, axis=0) > np.median(of_none, axis=0)).all()


def test_what_is_rejected_and_what_is_like_it_is_less_sure(vectors, learner):
    accepted = rows(0)[:5]
    before = sure_of(vectors, learn(learner, {1: Examples(accepted, NONE)}))[:, 0]
    after = sure_of(vectors, learn(learner, {1: Examples(accepted, rows(1)[:5])}))[:, 0]
    assert after[rows(1)].mean() < before[rows(1)].mean()
    assert after[rows(0)[5:]].mean() > 2 * after[rows(1)[5:]].mean()


def test_the_same_is_learnt_every_time(vectors):
    labels = {label: examples(label, 5) for label in range(3)}
    one, other = (learn(Learner(vectors, np.arange(len(vectors))), labels) for _ in range(2))
    for label, weights in one.items():
        np.testing.assert_array_equal(weights, other[label])


def unseen(vectors, learner, subjects):
    """Return how sure labels are of what they were not learnt from, and whether it has them."""
    labels = {label: examples(label, 8) for label in subjects}
    sure = sure_of(vectors, learn(learner, labels))
    has = np.stack([np.isin(np.arange(len(vectors)), rows(label)) for label in subjects], axis=1)
    learnt_from = np.concatenate([own.accepted for own in labels.values()])
    return np.delete(sure, learnt_from, axis=0).ravel(), np.delete(has, learnt_from, axis=0).ravel()


def calibration_error(sure, has):
    bins = np.minimum((sure * 10).astype(int), 9)
    return sum(abs(sure[bins == own].sum() - has[bins == own].sum()) for own in range(10)) / len(sure)


def test_confidence_is_about_as_often_right_as_it_says(vectors, learner):
    assert calibration_error(*unseen(vectors, learner, range(3))) < 0.1


@pytest.mark.parametrize("subject", range(3))
def test_the_confidence_of_a_label_that_is_the_only_one_is_a_little_cautious(vectors, learner, subject):
    sure, has = unseen(vectors, learner, [subject])
    proposed = sure >= LEAST_CONFIDENCE
    assert has[proposed].mean() > 0.9
    assert calibration_error(sure[proposed], has[proposed]) < 0.45


def test_where_labels_cover_all_of_a_library_it_is_surer_than_where_they_cover_little(vectors):
    labels = {label: examples(label, 8) for label in range(3)}
    covered, wide = np.arange(3 * EACH), np.arange(len(vectors))
    means = [sure_of(vectors, learn(Learner(vectors, own), labels))[rows(0), 0].mean() for own in (covered, wide)]
    assert means[0] > means[1]


def test_from_examples_that_have_nothing_in_common_nothing_follows(vectors, learner):
    mixed = Examples(np.array([rows(0)[0], rows(1)[0], rows(2)[0]]), NONE)
    assert (sure_of(vectors, learn(learner, {1: mixed})) < LEAST_CONFIDENCE).mean() > 0.95


@pytest.mark.parametrize("count", [2, 3])
def test_a_library_may_hold_nothing_but_the_examples(vectors, count):
    few = vectors[: count + 1]
    learner = Learner(few, np.arange(len(few)))
    sure = sure_of(few, learn(learner, {1: Examples(np.arange(count), NONE)}))
    assert sure.shape == (count + 1, 1)
    assert np.isfinite(sure).all()


def test_a_neighbour_that_is_farther_away_than_the_examples_from_each_other_counts_nothing(vectors):
    learner = Learner(vectors, np.arange(len(vectors)))
    near = list(learner._with_neighbours(rows(0)[:6], rows(0)[:6], 1.0, has=True))[1:]
    assert len(near) == 6
    assert all(len(own.rows) <= NEIGHBOURS for own in near)
    cosines = vectors[rows(0)[:6]] @ vectors[rows(0)[:6]].T
    least = np.median(cosines[np.triu_indices(6, 1)])
    for row, own in zip(rows(0)[:6], near, strict=True):
        assert (vectors[own.rows] @ vectors[row] >= least).all()
