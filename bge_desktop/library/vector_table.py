"""Vectors by passage id, side by side in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32] | NDArray[np.float16]


class VectorTable:
    """Vectors in no particular order, each under its id.

    Args:
        ids: each once [n].
        vectors: [n, dimension]; those that are added are kept in the same precision.
    """

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        self._ids, self._count = ids.copy(), len(ids)
        self._vectors: Vectors = vectors.copy()

    def __len__(self) -> int:
        return self._count

    @property
    def ids(self) -> Ids:
        """The ids [n], as they are until the next change."""
        return self._ids[: self._count]

    @property
    def vectors(self) -> Vectors:
        """The vectors [n, dimension], as they are until the next change."""
        return self._vectors[: self._count]

    def of(self, ids: Ids) -> tuple[Ids, Vectors]:
        """Return those of the ids that are there, ascending [m], and their vectors [m, dimension]."""
        rows = np.flatnonzero(np.isin(self.ids, ids))
        rows = rows[np.argsort(self._ids[rows])]
        return self._ids[rows], self._vectors[rows]

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors [n, dimension]; ids that are there already get the new vector."""
        self.remove(ids)
        end = self._count + len(ids)
        self._reserve(end)
        self._ids[self._count : end] = ids
        self._vectors[self._count : end] = vectors
        self._count = end

    def remove(self, ids: Ids) -> None:
        """Remove vectors; ids that are not there are passed over."""
        gone = np.isin(self.ids, ids)
        kept = self._count - int(gone.sum())
        # the last ones move into the gaps: copying all that stay would take 0.1 s for 100,000
        gaps, movers = np.flatnonzero(gone[:kept]), kept + np.flatnonzero(~gone[kept:])
        self._ids[gaps], self._vectors[gaps] = self._ids[movers], self._vectors[movers]
        self._count = kept

    def _reserve(self, count: int) -> None:
        if count <= len(self._ids):
            return
        size = max(count, 2 * len(self._ids), 1024)  # doubling keeps adding in small portions linear
        ids, vectors = np.empty(size, np.int64), np.empty((size, self._vectors.shape[1]), self._vectors.dtype)
        ids[: self._count], vectors[: self._count] = self.ids, self.vectors
        self._ids, self._vectors = ids, vectors
