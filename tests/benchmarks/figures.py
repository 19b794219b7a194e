"""Numbers out of measurements: percentiles, medians, and rounds in which all take turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

PERCENTILES = (50, 95, 99)


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and p99 of values, and the largest, under "p50", "p95", "p99" and "worst"."""
    found = {f"p{q}": float(np.percentile(values, q)) for q in PERCENTILES}
    return {**found, "worst": float(max(values))}


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long something takes, by the clock."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def taking_turns(rounds: int, measures: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Measure each so many times, A B C A B C …, so that whatever slows the machine down meets all of them."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            found[name].append(measure())
    return found


def ratio_of_rounds(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median, over rounds, of the one divided by the other in the same round."""
    return statistics.median(own / other for own, other in zip(ours, theirs, strict=True))


def rounded(value: float, digits: int = 3) -> float:
    """Return a number with so many digits that count, or all of its whole ones."""
    return float(round(value)) if abs(value) >= 10 ** (digits - 1) else float(f"{value:.{digits}g}")
