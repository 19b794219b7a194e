"""How sure it is that a document has a label: from the scores of examples that were held back.

The logistic function takes scores to confidences (Platt, 1999); its slope and offset are those of all labels together,
since one label among them has too few examples. What the labels know nothing of, the part of the library that none of
them is about, stands among what they are not, as much as there is of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.understand.label_learning import Examples, Flags, Labels, Learner, Numbers, Rows, fitted_weights

_FOLDS = 8
_C = 10.0
_QUANTILES = (0.25, 0.5, 0.75)
# A label is believed to be about so much of a library, or its examples where they are more, as firmly as if so many
# examples said so.
_USUAL_COVERAGE, _BELIEF = 0.05, 5
# Examples are scored a little higher than what else has the label: they are what came to mind.
_SLACK = 1.3
_LEAST_COVERAGE = 0.02


@dataclass(frozen=True)
class _HeldBack:
    """Scores by labels that were not learnt from these documents.

    Attributes:
        scores: of examples [labels, n].
        has: whether each has the label [labels, n].
        of_rest: the scores of documents drawn at random from the library, by each of several fits [labels, m].
        drawn: how many documents that were.
    """

    scores: Numbers
    has: Flags
    of_rest: Numbers
    drawn: int


def learn(learner: Learner, labels: Labels) -> dict[int, NDArray[np.float32]]:
    """Return the weights of labels, and behind them the offset [dimension + 1]: what `confidences` takes.

    Args:
        learner: of the space of the documents.
        labels: each with two accepted examples or more.
    """
    held = _held_back(learner, labels)
    alone = len(labels) == 1 and held.of_rest.size > 0
    slope, offset = _calibration_alone(held) if alone else _calibration(held, len(labels))
    found = {}
    for label, weights in learner.fit(labels).items():
        found[label] = (weights * slope).astype(np.float32)
        found[label][-1] += offset
    return found


def confidences(vectors: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how sure it is that documents have labels, 0 to 1 [n, labels].

    Args:
        vectors: of documents, normalised [n, dimension].
        weights: as of `learn` [labels, dimension + 1].
    """
    scores = vectors @ weights[:, :-1].T + weights[:, -1]
    found: NDArray[np.float32] = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return found


def _held_back(learner: Learner, labels: Labels) -> _HeldBack:
    decided = np.unique(np.concatenate([own.decided for own in labels.values()]))
    rest = np.setdiff1d(learner.rest, decided)
    scores, of_rest, held = [], [], []
    for kept, tested in _folds(labels):
        fitted = learner.fit(kept)
        scores.append(learner.scores(tested, fitted))
        of_rest.append(learner.scores(rest, fitted))
        held.append(tested)
    rows = np.concatenate(held)
    has = np.stack([np.isin(rows, own.accepted) for own in labels.values()])
    return _HeldBack(np.concatenate(scores, axis=1), has, np.concatenate(of_rest, axis=1), len(rest))


def _folds(labels: Labels) -> Iterator[tuple[Labels, Rows]]:
    """Yield the examples that are learnt from, and the rows that are held back of all labels; each once at least."""
    count = min(_FOLDS, min(len(own.accepted) for own in labels.values()))
    for number in range(count):
        kept = {label: _without(own, number, count) for label, own in labels.items()}
        held = [np.setdiff1d(own.decided, kept[label].decided) for label, own in labels.items()]
        yield kept, np.unique(np.concatenate(held))


def _without(own: Examples, number: int, count: int) -> Examples:
    accepted, rejected = (rows[np.arange(len(rows)) % count != number] for rows in (own.accepted, own.rejected))
    return Examples(accepted, rejected)


def _calibration(held: _HeldBack, labels: int) -> tuple[float, float]:
    """Return by which slope and offset a score becomes what the logistic function takes."""
    scores = np.concatenate([held.scores.ravel(), held.of_rest.ravel()])
    deviation = float(held.scores.std()) or 1.0
    positives = np.append(held.has.ravel(), np.zeros(held.of_rest.size, bool))
    weights = np.append(np.ones(held.scores.size), np.full(held.of_rest.size, _weight_of_rest(held, labels)))
    # of the positives, so much may be mistaken (Platt)
    doubt = 1 / (held.has.sum() + 2)
    slope, offset = fitted_weights(
        np.append(scores, scores[positives])[:, np.newaxis] / deviation,
        np.append(positives, np.zeros(positives.sum(), bool)),
        np.append(np.where(positives, weights * (1 - doubt), weights), weights[positives] * doubt),
        _C,
    )
    return slope / deviation, offset


def _calibration_alone(held: _HeldBack) -> tuple[float, float]:
    """Return the same of a label that is the only one: nobody has said what it is not.

    Documents of the library that have it unseen are not to count as what it is not: the loss is the one of positive and
    unlabelled examples (du Plessis, Niu and Sugiyama, 2015).
    """
    from scipy.optimize import minimize

    deviation = float(held.of_rest.std()) or 1.0
    rest, inside = held.of_rest.ravel() / deviation, held.scores[held.has] / deviation
    values = np.column_stack([rest, np.ones(len(rest))])
    coverage = min(_coverage(held, 1), 1 - 1 / (len(inside) + 2))
    expected = coverage * np.array([inside.mean(), 1.0])
    penalty = np.array([coverage / len(inside), 0.0])  # of a slope that few examples speak for

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        scores = values @ weights
        gradient = values.T @ (0.5 + 0.5 * np.tanh(scores / 2)) / len(rest) - expected + penalty * weights
        return np.logaddexp(0, scores).mean() - expected @ weights + penalty @ weights**2 / 2, gradient

    slope, offset = minimize(loss, np.array([1.0, 0.0]), jac=True).x
    if slope <= 0:  # they are no more like each other than like any document: nothing follows
        return 0.0, float(np.log(_USUAL_COVERAGE / (1 - _USUAL_COVERAGE)))
    return slope / deviation, offset


def _weight_of_rest(held: _HeldBack, labels: int) -> float:
    """Return what a document of the library weighs beside an example."""
    count = held.has.any(axis=0).sum()
    coverage = _coverage(held, labels)
    return float((1 - coverage) / coverage * count / max(1, held.of_rest.shape[1]))


def _coverage(held: _HeldBack, labels: int) -> float:
    """Return about which part of the library has any of the labels.

    No more than is scored as high, by some label, as its examples are.
    """
    inside = held.scores[:, held.has.any(axis=0)].max(axis=0)
    rest = held.of_rest.max(axis=0, initial=-np.inf)
    shares = [
        (np.sum(rest >= least) + 0.5) / (len(rest) + 1) / np.mean(inside >= least)
        for least in np.quantile(inside, _QUANTILES)
    ]
    usual = min(1.0, max(_USUAL_COVERAGE * labels, len(inside) / (len(inside) + held.drawn)))
    expected = (len(inside) * min(1.0, *shares) + _BELIEF * usual) / (len(inside) + _BELIEF)
    return float(min(1.0, max(_LEAST_COVERAGE, _SLACK * expected)))
