"""The points of a vector graph, and the passages that each of them stands for.

Passages with the very same vector (the same footer on a thousand pages) share a point. In a graph they would be linked
to each other and to nothing else: the heuristic that chooses links (Malkov and Yashunin 2016, algorithm 4) keeps those
that are nearer to the new point than to one another, which points in one place never are. A search that comes there
finds no way out.
"""

from __future__ import annotations

import hashlib
from collections.abc import KeysView, Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]


class Points:
    """Points, numbered from 0 on, and the ids of the passages of each.

    Args:
        passages: the ids of the passages of each point; none where all of them have been removed.

    Attributes:
        passages: the same, as it is now.
        empty: how many points have no passage.
    """

    def __init__(self, passages: Sequence[Sequence[int]] = ()) -> None:
        self.passages = [list(ids) for ids in passages]
        self.empty = sum(not ids for ids in self.passages)
        self._of_passage = {number: point for point, ids in enumerate(self.passages) for number in ids}
        self._of_vector: dict[bytes, int] = {}

    @property
    def passage_ids(self) -> KeysView[int]:
        """The ids of all passages."""
        return self._of_passage.keys()

    def recognise(self, points: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Learn the vectors [len(points), dimension] of points; passages that are added with one share its point."""
        self._of_vector.update(zip(map(_digest, vectors), points, strict=True))

    def has(self, passage_id: int) -> bool:
        """Whether a passage has a point."""
        return passage_id in self._of_passage

    def add(self, passage_id: int, vector: NDArray[np.float32]) -> int:
        """Give a passage that has none the point of its vector, which may be a new one or an empty one; return it."""
        point = self._of_vector.setdefault(_digest(vector), len(self.passages))
        if point == len(self.passages):
            self.passages.append([])
        elif not self.passages[point]:
            self.empty -= 1
        self.passages[point].append(passage_id)
        self._of_passage[passage_id] = point
        return point

    def remove(self, passage_id: int) -> int | None:
        """Take a passage from its point, if it has one; return the point if that is empty now."""
        point = self._of_passage.pop(passage_id, None)
        if point is None:
            return None
        self.passages[point].remove(passage_id)
        self.empty += not self.passages[point]
        return None if self.passages[point] else point

    def expand(self, points: Ids, scores: Scores) -> tuple[Ids, Scores]:
        """Return the ids of the passages of points, and for each the score of its point."""
        own = [self.passages[point] for point in points.tolist()]
        ids = np.array([number for ids in own for number in ids], np.int64)
        return ids, np.repeat(scores, [len(ids) for ids in own])


def _digest(vector: NDArray[np.float32]) -> bytes:
    return hashlib.blake2b(vector.tobytes(), digest_size=16).digest()
