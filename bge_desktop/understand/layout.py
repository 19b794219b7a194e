"""The map: each document a point, near to those that are about the same.

t-SNE of at most a few thousand documents, so that it takes seconds and looks alike at every size; the others lie among
those of their nearest. Whoever has seen the map before finds it again: it starts from where the documents were, and is
turned to fit best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import TSNE

from bge_desktop.understand.between import between
from bge_desktop.understand.spaces import Vectors

Places = NDArray[np.float32]

_SEED = 0
_LANDMARKS = 3_000
_SPREAD = 1e-4  # of the places that t-SNE starts from
_GAP = 0.04  # between the maps of two spaces


def laid_out(points: Vectors, before: Places) -> Places:
    """Return where documents lie [n, 2], about the middle 0, none farther than 1.

    Args:
        points: as of a `Projection` [n, k].
        before: where they lay, in whatever size; NaN where they are new [n, 2].
    """
    landmarks = np.arange(0, len(points), -(-len(points) // _LANDMARKS))
    places = np.empty((len(points), 2), np.float32)
    places[landmarks] = _t_sne(points[landmarks], before[landmarks])
    others = np.setdiff1d(np.arange(len(points)), landmarks)
    places[others] = between(points[others], points[landmarks], places[landmarks])
    return _turned(_within(places), before)


def side_by_side(maps: Sequence[Places]) -> list[Places]:
    """Return maps as of `laid_out` as one, within 0 to 1 and as round as they were: each as large as it has documents.

    Args:
        maps: at least one.
    """
    sizes = [float(np.sqrt(len(own))) for own in maps]
    width = sum(sizes) * (1 + _GAP * (len(maps) - 1))
    scale, left, found = 1 / width, 0.0, []
    for own, size in zip(maps, sizes, strict=True):
        found.append(np.float32(scale * size / 2) * (own + 1) + _corner(left, 0.5 - scale * size / 2))
        left += scale * size + _GAP * sum(sizes) / width
    return found


def _corner(x: float, y: float) -> Places:
    return np.array([x, y], np.float32)


def _t_sne(points: Vectors, before: Places) -> Places:
    if len(points) < 4:
        return np.pad(points, ((0, 0), (0, 2)))[:, :2]
    perplexity = min(30.0, (len(points) - 1) / 3)
    model = TSNE(perplexity=perplexity, init=_start(points, before), random_state=_SEED, metric="euclidean", n_jobs=1)
    found: Places = model.fit_transform(points).astype(np.float32)
    return found


def _start(points: Vectors, before: Places) -> Places:
    """Return where t-SNE is to start: where the documents were, and else as the first two axes have it."""
    known = np.flatnonzero(np.isfinite(before).all(axis=1))
    start = points[:, :2].astype(np.float32)
    if len(known) > len(points) // 2:
        start = before.astype(np.float32)
        new = np.setdiff1d(np.arange(len(points)), known)
        start[new] = between(points[new], points[known], before[known])
    spread = float(start.std(axis=0).max())
    centred: Places = (start - start.mean(axis=0)) * np.float32(_SPREAD / max(spread, 1e-12))
    return centred


def _within(places: Places) -> Places:
    centred = places - (places.max(axis=0) + places.min(axis=0)) / 2
    found: Places = centred / max(float(np.abs(centred).max()), 1e-12)
    return found


def _turned(places: Places, before: Places) -> Places:
    """Return places turned and mirrored so that they lie as near as can be to where they were (Procrustes)."""
    known = np.isfinite(before).all(axis=1)
    if known.sum() < 2:
        return places
    then = before[known] - before[known].mean(axis=0)
    u, _, v = np.linalg.svd((places[known] - places[known].mean(axis=0)).T @ then)
    return _within((places @ (u @ v)).astype(np.float32))


def as_before(documents: NDArray[np.int64], before: Mapping[int, tuple[float, float]]) -> Places:
    """Return where documents lay [n, 2]; NaN where they are new."""
    nowhere = (np.nan, np.nan)
    return np.array([before.get(document, nowhere) for document in documents.tolist()], np.float32).reshape(-1, 2)
