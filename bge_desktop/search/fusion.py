"""Fusion of scores: each is standardised over the documents, then they are added with weights.

Standardised scores keep how far the best stands out, which ranks lose: on 1,646 known-item queries they reached
nDCG@10 of 0.779 (English) and 0.749 (Chinese), reciprocal rank fusion 0.731 and 0.687.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """How much each standardised score counts."""

    dense: float
    passage: float
    document: float
    name: float


HYBRID = Weights(dense=0.5, passage=0.25, document=0.25, name=0.1)
DENSE = Weights(dense=1.0, passage=0.0, document=0.0, name=0.0)
LEXICAL = Weights(dense=0.0, passage=0.5, document=0.5, name=0.2)


# A score by words deviates by at least this part of what the query could reach. Without it, in a small library the
# one document that holds one weak word of a long query stands out by many deviations and hides the one that answers.
LEAST_DEVIATION = 0.15


@dataclass(frozen=True)
class Standard:
    """A mean and a deviation to standardise by."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, scores: Scores, least: float = 0.0) -> Standard:
        """Return the mean and deviation of scores, the deviation at least `least`; neutral ones for none."""
        if not len(scores):
            return cls(0.0, 0.0)
        return cls(float(scores.mean()), max(float(scores.std()), least))

    def apply(self, scores: Scores) -> Scores:
        """Return (score - mean) / deviation; 0 where all scores are the same, since they then tell nothing."""
        if self.deviation < 1e-9:
            return np.zeros_like(scores)
        result: Scores = (scores - self.mean) / self.deviation
        return result


def best_per_document(rows: NDArray[np.int64], scores: Scores, documents: int, missing: float) -> Scores:
    """Return [documents]: the best score among each document's passages, `missing` where it has none.

    Args:
        rows: [n], the document of each passage; -1 is passed over.
        scores: [n], the passages' scores.
        documents: the number of documents.
        missing: the score of a document without passages.
    """
    best = np.full(documents, -np.inf)
    known = rows >= 0
    np.maximum.at(best, rows[known], scores[known])
    best[np.isinf(best)] = missing
    return best
