"""Learning labels from a few examples each: logistic regression on the documents' vectors, one label against the rest.

What makes few examples go far is the library around them: of each example, the nearest documents that nobody has
decided on count as well, the less the farther they are, and documents drawn at random stand for what a label is not.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEIGHBOURS = 10
"""How many of the nearest documents count with an example, at most."""
# The inverse strength of the regularisation: chosen for eight examples, and good from three to a hundred.
_C = 3.0
# What others' examples weigh together, and the library's documents, where those of the label weigh 1.
_OTHERS, _REST = 3.0, 0.5
_TOLERANCE, _MOST_ROUNDS = 1e-3, 200


@dataclass(frozen=True)
class Examples:
    """What is known of a label: the rows of documents for which a person has accepted it, and rejected it."""

    accepted: Rows
    rejected: Rows

    @property
    def decided(self) -> Rows:
        """The rows of both."""
        return np.concatenate([self.accepted, self.rejected])


Labels = Mapping[int, Examples]
"""Examples by a label's id."""


@dataclass(frozen=True)
class _Weighted:
    """Documents by their rows, whether each has the label, and how much that counts [n each]."""

    rows: Rows
    has: Flags
    weights: Numbers

    @classmethod
    def alike(cls, rows: Rows, weight: float, *, has: bool) -> _Weighted:
        """Return documents that count alike."""
        return cls(rows, np.full(len(rows), has), np.full(len(rows), weight))

    @classmethod
    def joined(cls, parts: Sequence[_Weighted]) -> _Weighted:
        """Return all of some documents."""
        return cls(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.has for part in parts]),
            np.concatenate([part.weights for part in parts]),
        )


class Learner:
    """Learns labels in a space of documents.

    Args:
        vectors: of documents, normalised [n, dimension].
        rest: the rows of documents drawn at random from the library.
    """

    def __init__(self, vectors: Vectors, rest: Rows) -> None:
        self._vectors, self.rest = vectors, rest
        self._near: dict[int, tuple[Rows, Vectors]] = {}

    def fit(self, labels: Labels) -> dict[int, Numbers]:
        """Return the weights of labels, each with accepted examples, and the offset behind them [dimension + 1]."""
        return {label: self._fit(own, _of_others(labels, label)) for label, own in labels.items()}

    def scores(self, rows: Rows, fitted: Mapping[int, Numbers]) -> Numbers:
        """Return what the weights of labels give documents [labels, n]."""
        weights = np.stack(list(fitted.values()))
        found: Numbers = weights[:, :-1] @ self._vectors[rows].T + weights[:, -1:]
        return found

    def _fit(self, own: Examples, others: Rows) -> Numbers:
        chosen = self._weighted(own, others)
        return fitted_weights(self._vectors[chosen.rows], chosen.has, chosen.weights, _C)

    def _weighted(self, own: Examples, others: Rows) -> _Weighted:
        decided = np.concatenate([own.decided, others])
        rest = np.setdiff1d(self.rest, decided)
        count = len(own.accepted)
        parts = [
            *self._with_neighbours(own.accepted, decided, 1.0, has=True),
            *self._with_neighbours(own.rejected, decided, 1.0, has=False),
            *self._with_neighbours(others, decided, _OTHERS * count / max(1, len(others)), has=False),
            _Weighted.alike(rest, _REST * count / max(1, len(rest)), has=False),
        ]
        return _Weighted.joined(parts)

    def _with_neighbours(self, rows: Rows, decided: Rows, weight: float, *, has: bool) -> Iterator[_Weighted]:
        yield _Weighted.alike(rows, weight, has=has)
        falling = weight / np.arange(2, NEIGHBOURS + 2)
        least = self._usual_cosine(rows)
        for row in rows.tolist():
            near, cosines = self._neighbours(row)
            counts = ~np.isin(near, decided) & (cosines >= least)
            yield _Weighted(near[counts], np.full(counts.sum(), has), falling[: len(near)][counts])

    def _usual_cosine(self, rows: Rows) -> float:
        """Return how near some examples are to each other, as a cosine, in the middle of them.

        What is farther away than that may be something else: in a small sample of a library, even the nearest one.
        """
        if len(rows) < 2:
            return np.inf
        cosines = self._vectors[rows] @ self._vectors[rows].T
        return float(np.median(cosines[np.triu_indices(len(rows), 1)]))

    def _neighbours(self, row: int) -> tuple[Rows, Vectors]:
        """Return the rows of the documents that are nearest to one, the nearest first, and their cosines to it."""
        if row not in self._near:
            cosines = self._vectors @ self._vectors[row]
            cosines[row] = -np.inf
            nearest = np.argsort(-cosines)[: min(NEIGHBOURS, len(cosines) - 1)]
            self._near[row] = nearest, cosines[nearest]
        return self._near[row]


def fitted_weights(values: Numbers | Vectors, has: Flags, weights: Numbers, c: float) -> Numbers:
    """Return the weights of a logistic regression, and the offset behind them [values + 1].

    Args:
        values: of each thing [n, values].
        has: whether it is of the class [n]; some are and some are not.
        weights: how much it counts [n].
        c: the inverse strength of the regularisation.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, tol=_TOLERANCE, max_iter=_MOST_ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it may end before it has converged, which is near enough
        model.fit(values, has, sample_weight=weights)
    return np.append(model.coef_[0], model.intercept_[0])


def _of_others(labels: Labels, label: int) -> Rows:
    """Return the examples of other labels that are none of this one. Nobody has said so; of most it is true."""
    accepted = np.concatenate([own.accepted for own in labels.values()])
    return np.setdiff1d(accepted, labels[label].decided)
