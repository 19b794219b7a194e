"""The metrics of a ranking with one right answer a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

# How many documents of a list are looked at.
DEPTH = 10

# The rank, from 1, of the right answer of each query [queries]; infinite where it is not among the first ten.
Ranks = NDArray[np.float64]
# A metric of each query [queries], 0 to 1.
Values = NDArray[np.float64]


def ndcg(ranks: Ranks) -> Values:
    """Return the normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) of each query."""
    values: Values = 1 / np.log2(ranks + 1)
    return values


def reciprocal_rank(ranks: Ranks) -> Values:
    """Return one divided by the rank of each query."""
    return 1 / ranks


def recall(ranks: Ranks) -> Values:
    """Return 1 for each query whose answer is among the ten, 0 for the others."""
    return np.isfinite(ranks).astype(np.float64)


METRICS: Mapping[str, Callable[[Ranks], Values]] = {
    f"ndcg@{DEPTH}": ndcg,
    f"mrr@{DEPTH}": reciprocal_rank,
    f"recall@{DEPTH}": recall,
}


def means(ranks: Ranks) -> dict[str, float]:
    """Return the mean of each metric over the queries, by its name."""
    return {name: float(metric(ranks).mean()) for name, metric in METRICS.items()}
