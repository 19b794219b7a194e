"""Fusion of scores: how alike in meaning, standardised over the documents, plus how much of the query stands in words.

The cosine tells little by itself (one query's best is another's mean), so it is standardised. BM25 is not: it is
divided by what the query could reach at most. So it says the same in three documents and in three hundred thousand,
and one weak word of a long query does not stand out only because a small library has it once. What each part brings is
measured in tests/benchmarks/RESULTS.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.models import Cosines
from bge_desktop.messages import Mode

Scores = NDArray[np.float64]


_USUAL_DOCUMENTS = 10
# The standardised cosine of a document that is far from the query.
_FAR = -2.0

# What is added to each rank: 60 is what Cormack, Clarke and Büttcher (2009) found to work best.
_RANK_CONSTANT = 60


@dataclass(frozen=True)
class Weights:
    """How much each score counts.

    Attributes:
        dense: the standardised cosine.
        passage, document, name: BM25 as a part of what the query could reach.
        exact: an identifier of the query that stands in this document alone.
    """

    dense: float
    passage: float
    document: float
    name: float
    exact: float


HYBRID = Weights(dense=0.5, passage=1.8, document=4.2, name=2.0, exact=6.0)
DENSE = Weights(dense=0.5, passage=0.0, document=0.0, name=0.0, exact=0.0)
LEXICAL = Weights(dense=0.0, passage=1.8, document=4.2, name=2.0, exact=6.0)
WEIGHTS: Mapping[Mode, Weights] = {Mode.HYBRID: HYBRID, Mode.DENSE: DENSE, Mode.LEXICAL: LEXICAL}


def standardised(scores: Scores, documents: Scores, usual: Cosines) -> Scores:
    """Return (score - mean) / deviation with the mean and deviation of the documents' scores.

    What is usual for the model counts like ten more documents: in a library of one or three documents, their own mean
    and deviation would tell nothing.

    Args:
        scores: [n], of passages or documents.
        documents: [documents], NaN for those without a score.
        usual: the mean and deviation that the model's cosines have over many documents.
    """
    known = documents[~np.isnan(documents)]
    share = len(known) / (len(known) + _USUAL_DOCUMENTS)
    mean = share * (known.mean() if len(known) else 0.0) + (1 - share) * usual.mean
    own = np.mean((known - mean) ** 2) if len(known) else 0.0
    variance = share * own + (1 - share) * (usual.deviation**2 + (usual.mean - mean) ** 2)
    result: Scores = (scores - mean) / math.sqrt(variance)
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


def with_other_languages(best: Scores, by_words: Scores) -> Scores:
    """Return the standardised cosines of documents [documents], with what counts for those that have none.

    A document in another language than the query's has no cosine. It counts as a far one; but where it has the query's
    words as the best document that has both, it counts as near as that, and in between in proportion: a name stands in
    documents of both languages. Where no document has both, those that have words are what was looked for, and the
    best of them counts as the nearest of all.

    Args:
        best: standardised cosines [documents]; NaN for those without one.
        by_words: BM25 of the documents [documents].
    """
    is_other = np.isnan(best)
    likeness, nearest = np.zeros(len(best)), _FAR
    with_both = np.where(is_other, 0.0, by_words)
    if with_both.any():
        top = int(np.argmax(with_both))
        likeness = np.clip(by_words / with_both[top], 0.0, 1.0)
        nearest = max(_FAR, float(best[top]))
    elif by_words.any():
        likeness = by_words / by_words.max()
        nearest = float(np.nanmax(best, initial=_FAR))
    return np.where(is_other, _FAR + likeness * (nearest - _FAR), best)


def reciprocal_rank_fusion(orders: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the rows of all documents of some lists, best first, by the sum of 1 / (60 + rank) over the lists.

    Of Cormack, Clarke and Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods": what the fusion of scores is compared with.

    Args:
        orders: for each list, the rows of its documents, best first.
    """
    rows = np.concatenate(orders)
    parts = np.concatenate([1 / (_RANK_CONSTANT + np.arange(1, len(order) + 1)) for order in orders])
    fused = np.bincount(rows, parts)
    best = np.argsort(-fused, kind="stable")
    return best[fused[best] > 0]
