"""The paired bootstrap: how sure a mean difference between two rankings of the same queries is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_CONFIDENCE = 0.95
_RESAMPLES = 10_000
_SEED = 1993

# Up to five pairs tell nothing at 95 %: were the signs of the differences chance, all five would agree in 2 of 2 ** 5.
_FEWEST = 6

# Differences that cancel out may sum to 1e-17, which is to be no difference.
_DECIMALS = 12

# How many counts are held in memory at once: 32 MB of them.
_COUNTS = 4_000_000


@dataclass(frozen=True)
class Interval:
    """A mean difference with its 95 % confidence interval.

    Attributes:
        difference: the mean over the queries.
        low, high: the bounds of the interval.
        queries: how many queries it comes from.
    """

    difference: float
    low: float
    high: float
    queries: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero, and the queries are enough for an interval to tell anything."""
        return self.queries >= _FEWEST and (self.low > 0 or self.high < 0)


def paired_bootstrap(differences: NDArray[np.float64]) -> Interval:
    """Return the mean of differences with its percentile interval, the same at each call.

    The queries are drawn anew, with replacement, 10,000 times, and the mean of each draw is taken; the interval holds
    the middle 95 % of the means (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", section 13.3; for the
    comparison of rankings: Sakai 2006, "Evaluating evaluation metrics based on the bootstrap").

    What a draw counts is how often each value of a difference comes up in it, which is multinomial. Differences between
    ranks have few values, so that a draw costs the same for fifty queries and for fifty thousand.

    Args:
        differences: of one metric, the one ranking less the other, for each query [queries]; at least one.
    """
    values, counts = np.unique(differences, return_counts=True)
    means = _resampled_means(values, counts)
    low, high = np.quantile(means, [(1 - _CONFIDENCE) / 2, (1 + _CONFIDENCE) / 2])
    return Interval(float(differences.mean()), float(low), float(high), len(differences))


def _resampled_means(values: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the means of draws [resamples] from values [n], each of which stands there so many times."""
    total = counts.sum()
    generator = np.random.default_rng(_SEED)
    means = np.empty(_RESAMPLES)
    portion = max(1, _COUNTS // len(values))
    for start in range(0, _RESAMPLES, portion):
        own = means[start : start + portion]
        own[:] = generator.multinomial(total, counts / total, size=len(own)) @ values / total
    return means.round(_DECIMALS)
