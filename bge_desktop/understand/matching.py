"""Which of the new topics are old ones: those that have kept their documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from scipy.optimize import linear_sum_assignment

# A topic is the same as long as it keeps so large a share of its documents.
_MOSTLY = 0.5
# One that a person has named goes on in the one that keeps the most of it, be that little.
_NAMED = 10.0


def matched(
    old: Mapping[int, Collection[int]], new: Mapping[int, Collection[int]], named: Collection[int]
) -> dict[int, int]:
    """Return the old topics that go on, by the new ones that they go on in; each at most once.

    Args:
        old: the documents that the old topics have, of those that there still are.
        new: the documents of the new ones.
        named: the old topics that a person has named.
    """
    if not old or not new:
        return {}
    shares = _shares(old, new)
    bonus = np.array([[_NAMED if topic in named else 0.0] for topic in old])
    rows, columns = linear_sum_assignment(shares + bonus * (shares > 0), maximize=True)
    olds, news = list(old), list(new)
    return {
        news[column]: olds[row]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if shares[row, column] >= (np.finfo(float).tiny if olds[row] in named else _MOSTLY)
    }


def _shares(old: Mapping[int, Collection[int]], new: Mapping[int, Collection[int]]) -> np.ndarray[tuple[int, int]]:
    """Return which share of the documents of each old topic each new one has [old, new]."""
    column = {document: number for number, own in enumerate(new.values()) for document in own}
    shares = np.zeros((len(old), len(new)))
    for row, documents in enumerate(old.values()):
        for document in documents:
            if document in column:
                shares[row, column[document]] += 1 / len(documents)
    return shares
