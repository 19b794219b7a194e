"""Where a document lies on the map whose nearest ones have their places."""

from __future__ import annotations

import numpy as np

from bge_desktop.understand.spaces import Vectors

_NEIGHBOURS = 3
_PORTION = 2_000
_STEEPNESS = 10.0  # of how the weight falls with the cosine


def between(points: Vectors, known: Vectors, places: Vectors) -> Vectors:
    """Return where documents lie [n, 2]: between the nearest of those whose places are known.

    Args:
        points: of the documents, normalised [n, k].
        known: the points of those, at least one [m, k].
        places: theirs [m, 2].
    """
    found = np.empty((len(points), 2), np.float32)
    count = min(_NEIGHBOURS, len(known))
    for start in range(0, len(points), _PORTION):
        cosines = points[start : start + _PORTION] @ known.T
        nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        weights = np.exp(_STEEPNESS * np.take_along_axis(cosines, nearest, axis=1))[..., np.newaxis]
        found[start : start + _PORTION] = (places[nearest] * weights).sum(axis=1) / weights.sum(axis=1)
    return found
