"""Putting documents in the order of their scores, the best of them first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bge_desktop.library.ids import Ids
from bge_desktop.search.fusion import Scores

# As many as are looked at for hardly any query; to sort a quarter of a million takes 20 ms.
_SORTED_FIRST = 1000


def best_first(rows: Ids, scores: Scores, most: int | None = None) -> Ids:
    """Return rows of documents, best first; of those with the same score, the first in the catalogue.

    Args:
        rows: which documents, ascending [n].
        scores: of all documents [documents].
        most: how many are wanted at least; None for all.
    """
    own = scores[rows]
    if most is not None and most < len(rows):
        is_best = own >= np.partition(own, len(rows) - most)[len(rows) - most]
        rows, own = rows[is_best], own[is_best]
    best: Ids = rows[np.argsort(-own, kind="stable")]
    return best


def best_in_portions(rows: Ids, scores: Scores, size: int) -> Iterator[Ids]:
    """Yield what `best_first` returns, `size` rows at a time; the best are sorted first, and often they alone."""
    first = best_first(rows, scores, _SORTED_FIRST)
    yield from _divided(first, size)
    if len(first) < len(rows):
        yield from _divided(best_first(rows, scores)[len(first) :], size)


def _divided(rows: Ids, size: int) -> Iterator[Ids]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
