"""Finding the groups that documents fall into, and the groups of these groups.

k-means that starts from Ward's tree, cut where the silhouette is best, after each document has moved towards its
nearest ones: that takes away what it alone has. On labelled descriptions and manual pages the groups are nearer to the
true ones by 1 to 9 points of V-measure than those of k-means on the vectors. HDBSCAN was tried as well: what it groups
it groups better, but it leaves half of the documents in no group.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import silhouette_score

from bge_desktop.understand.projection import nearest
from bge_desktop.understand.spaces import Vectors, normalised

Groups = NDArray[np.int64]
Tree = NDArray[np.float64]  # as of `linkage`

_SEED = 0
# The number of groups is chosen on so many documents, and its silhouette on fewer.
_SAMPLE, _SILHOUETTE_SAMPLE = 3_000, 1_000
# A silhouette that is worse by this share of it is as good as the best: then fewer groups are better.
_AS_GOOD = 0.03
_MOST_GROUPS, _CANDIDATES = 250, 10
_STEPS, _NEIGHBOURS, _SHARE_OF_NEIGHBOURS = 2, 10, 8
# Of few documents, a group may have two.
_FEW, _FEWEST_OF_FEW, _FEWEST_IN_GROUP = 60, 2, 3
_MOST_OF_FEW, _IN_EACH_OF_FEW = 8, 4
# Among so many documents the nearest are looked for, some thousand at a time.
_LOOKED_AMONG, _PORTION = 20_000, 1_000
# So many groups are seen at a glance; there is no level above them.
_NO_LEVEL_ABOVE = 4
_COPIES = 600


def grouped(points: Vectors) -> Groups:
    """Return the group of each document, numbered from 0 without gaps [n].

    Args:
        points: as of a `Projection`, at least three.
    """
    for _ in range(_STEPS):
        points = _drawn_together(points)
    sample = points[:: -(-len(points) // _SAMPLE)]
    start = centroids_of(sample, _best_cut(sample, _most_groups(len(points))))
    return _without_small(points, _k_means(points, start))


def gathered(points: Vectors, groups: Groups) -> Groups:
    """Return for each group the group of groups that it belongs to, numbered from 0 without gaps [groups].

    Where there are few groups, each stands by itself.
    """
    directions, sizes = normalised(centroids_of(points, groups)), np.bincount(groups)
    count = len(sizes)
    if count <= _NO_LEVEL_ABOVE:
        return np.arange(count)
    copies = np.maximum(1, _COPIES * sizes // len(points))  # so that a group counts by its documents
    tree: Tree = linkage(np.repeat(directions, copies, axis=0), "ward")
    parts = _largest_gap(tree[1 - count :, 2], count)  # before those, copies were joined
    found: Groups = _cut(tree, parts)[np.cumsum(copies) - 1]
    return found


def centroids_of(points: Vectors, groups: Groups) -> Vectors:
    """Return the mean of the points [n, k] of each group [groups, k]."""
    sums = np.zeros((int(groups.max(initial=-1)) + 1, points.shape[1]), np.float64)
    np.add.at(sums, groups, points)
    found: Vectors = (sums / np.bincount(groups)[:, np.newaxis]).astype(np.float32)
    return found


def _drawn_together(points: Vectors) -> Vectors:
    """Return the points [n, k], each moved half of the way to the mean of its nearest ones."""
    others = points[:: -(-len(points) // _LOOKED_AMONG)]
    count = 1 + min(_NEIGHBOURS, len(others) // _SHARE_OF_NEIGHBOURS)  # the point itself may be one of them
    found = np.empty_like(points)
    for start in range(0, len(points), _PORTION):
        own = points[start : start + _PORTION]
        near = np.argpartition(-(own @ others.T), count - 1, axis=1)[:, :count]
        found[start : start + _PORTION] = own + others[near].mean(axis=1)
    return normalised(found)


def _best_cut(points: Vectors, most: int) -> Groups:
    """Return the groups of points, of so many at most, that have the best silhouette: by Ward's tree of them all."""
    tree: Tree = linkage(points, "ward")
    most_here = min(most, len(points) - 1)
    numbers = np.unique(np.geomspace(max(2, most_here / 4), most_here, _CANDIDATES).round().astype(int)).tolist()
    cuts = [_cut(tree, number) for number in numbers]
    scores = [_silhouette(points, cut) for cut in cuts]
    enough = max(scores) - _AS_GOOD * abs(max(scores))
    return next(cut for cut, score in zip(cuts, scores, strict=True) if score >= enough)


def _cut(tree: Tree, number: int) -> Groups:
    """Return the groups, about so many, into which a tree falls at some height; numbered from 0 without gaps."""
    return np.unique(fcluster(tree, number, "maxclust"), return_inverse=True)[1]


def _most_groups(documents: int) -> int:
    of_few = min(_MOST_OF_FEW, documents // _IN_EACH_OF_FEW)
    return min(_MOST_GROUPS, max(2, of_few, round(0.75 * math.sqrt(documents))))


def _silhouette(points: Vectors, groups: Groups) -> float:
    if len(np.unique(groups)) < 2:
        return -1.0
    size = min(len(points), _SILHOUETTE_SAMPLE)
    try:
        return float(silhouette_score(points, groups, sample_size=size, random_state=_SEED))
    except ValueError:  # all that were drawn are in one group
        return -1.0


def _k_means(points: Vectors, start: Vectors) -> Groups:
    """Return the groups that k-means makes of points, from centroids to start with."""
    model = KMeans(len(start), init=start, n_init=1, random_state=_SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # fewer different documents than groups
        found = model.fit_predict(points)
    return np.unique(found, return_inverse=True)[1]


def _without_small(points: Vectors, groups: Groups) -> Groups:
    """Have the documents of very small groups join the nearest others."""
    fewest = _FEWEST_OF_FEW if len(points) < _FEW else _FEWEST_IN_GROUP
    is_small = np.bincount(groups) < fewest
    if is_small.all() or not is_small.any():
        return groups
    rows = np.flatnonzero(is_small[groups])
    kept = np.flatnonzero(~is_small)
    found = groups.copy()
    found[rows] = kept[nearest(points[rows], centroids_of(points, groups)[kept])[0]]
    return np.unique(found, return_inverse=True)[1]


def _largest_gap(distances: NDArray[np.float64], count: int) -> int:
    """Return into how many parts some groups fall best: where the next merger would be farthest from the last.

    Args:
        distances: of the mergers, ascending [count - 1].
        count: of the groups.
    """
    usual = math.sqrt(count)
    fewest, most = max(2, round(usual)), min(count - 1, math.ceil(1.7 * usual))
    gaps = {parts: distances[count - parts] - distances[count - parts - 1] for parts in range(fewest, most + 1)}
    return max(gaps, key=lambda parts: gaps[parts])
