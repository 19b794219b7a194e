"""Nearest passages by vector: an exact scan while that is fast, the HNSW graph beyond."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.graph import Graph, Ids, Scores

# Measured: scanning 100,000 vectors of 384 numbers takes 3.6 ms, and has no recall to lose.
EXACT_LIMIT = 100_000

# Adding to a graph takes 0.13 ms a vector: one that lacks more than this share is built anew, in the background.
_MOST_MISSING = 0.05


@dataclass(frozen=True)
class Neighbours:
    """Passage ids [n] and their cosines [n], in no particular order.

    They cover every passage where `is_exact`, else the nearest ones only.
    """

    ids: Ids
    scores: Scores
    is_exact: bool


class VectorIndex:
    """The vectors of one model.

    Up to `exact_limit` vectors they are scanned. Beyond, they go on being scanned until a graph is there: one is read
    from its cache by `load`, or built by `build_graph`, which may run in another thread, and taken by `adopt`.

    Args:
        path: of the graph's cache.
        dimension: the length of a vector.
        fingerprint: of the model; a graph made with another one does not match.
        exact_limit: up to how many vectors are scanned.
    """

    def __init__(self, path: str, dimension: int, fingerprint: str, exact_limit: int = EXACT_LIMIT) -> None:
        self._path, self._dimension, self._fingerprint = path, dimension, fingerprint
        self._limit = exact_limit
        self._graph: Graph | None = None
        self._has_changed = False
        self._count = 0
        self._ids: Ids = np.empty(0, np.int64)
        self._vectors: NDArray[np.float32] = np.empty((0, dimension), np.float32)

    def __len__(self) -> int:
        return self._count if self._graph is None else len(self._graph)

    @property
    def has_graph(self) -> bool:
        """Whether searches go through the graph."""
        return self._graph is not None

    @property
    def wants_graph(self) -> bool:
        """Whether it is time to build a graph, or to build it anew."""
        return self._count > self._limit if self._graph is None else self._graph.is_worn

    @property
    def is_unsaved(self) -> bool:
        """Whether there is a graph that its cache does not hold as it is."""
        return self._graph is not None and self._has_changed

    def load(self, ids: Ids, vectors: NDArray[np.float16], generation: str = "") -> None:
        """Take the stored vectors: ids, ascending [n], vectors [n, dimension].

        A graph is read from its cache only if it was saved as this `generation`.
        """
        graph = Graph.read(self._path, self._dimension, self._tag(generation)) if len(ids) > self._limit else None
        missing = 0 if graph is None else len(graph.missing(ids))
        if graph is None or missing > _MOST_MISSING * len(ids):
            self._graph = None
            self._keep(ids.copy(), vectors.astype(np.float32))
        else:
            is_same = not missing and len(graph) == len(ids)
            self.adopt(graph, ids, vectors)
            self._has_changed = not is_same

    def build_graph(
        self, ids: Ids, vectors: NDArray[np.float16], is_cancelled: Callable[[], bool] = lambda: False
    ) -> Graph:
        """Return a new graph of stored vectors. Touches nothing of this object: any thread may call it.

        Raises:
            Cancelled: `is_cancelled` said so.
        """
        graph = Graph(self._dimension, len(ids))
        graph.match(ids, vectors, is_cancelled)
        return graph

    def adopt(self, graph: Graph, ids: Ids, vectors: NDArray[np.float16]) -> None:
        """Search through `graph` from now on, after bringing it in step with what is stored by now."""
        graph.match(ids, vectors)
        self._graph, self._has_changed = graph, True
        self._keep(np.empty(0, np.int64), np.empty((0, self._dimension), np.float32))

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, dimension]; ids that are there already get the new vector."""
        if self._graph is not None:
            self._graph.add(ids, vectors)
            self._has_changed = True
            return
        self.remove(ids)
        end = self._count + len(ids)
        self._reserve(end)
        self._ids[self._count : end] = ids
        self._vectors[self._count : end] = vectors
        self._count = end

    def remove(self, ids: Ids) -> None:
        """Remove vectors; ids that are not there are passed over."""
        if self._graph is not None:
            before = len(self._graph)
            self._graph.remove(ids)
            self._has_changed |= len(self._graph) < before
            return
        gone = np.isin(self._ids[: self._count], ids)
        kept = self._count - int(gone.sum())
        # the last ones move into the gaps: copying all that stay would take 0.1 s at the limit
        gaps, movers = np.flatnonzero(gone[:kept]), kept + np.flatnonzero(~gone[kept:])
        self._ids[gaps], self._vectors[gaps] = self._ids[movers], self._vectors[movers]
        self._count = kept

    def search(self, vector: NDArray[np.float32], k: int, among: Ids | None = None) -> Neighbours:
        """Return at least the k nearest passages of a normalised vector [dimension] (all, where there are fewer).

        Given passage ids `among` which to look, a graph is not asked for neighbours: all of those are compared.
        """
        if self._graph is not None and among is not None:
            return Neighbours(*self._graph.compare(vector, among), is_exact=True)
        if self._graph is not None:
            return Neighbours(*self._graph.search(vector, k), is_exact=False)
        return Neighbours(self._ids[: self._count].copy(), self._vectors[: self._count] @ vector, is_exact=True)

    def save(self, generation: str) -> None:
        """Write the graph's cache, where there is a graph, as a new generation.

        Raises:
            OSError: the disk is full or the folder is gone.
        """
        if self._graph is not None:
            self._graph.write(self._path, self._tag(generation))
            self._has_changed = False

    def _tag(self, generation: str) -> str:
        return f"{self._fingerprint}/{generation}"

    def _keep(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        self._ids, self._vectors, self._count = ids, vectors, len(ids)

    def _reserve(self, count: int) -> None:
        if count <= len(self._ids):
            return
        size = max(count, 2 * len(self._ids), 1024)  # doubling keeps adding in small portions linear
        ids, vectors = np.empty(size, np.int64), np.empty((size, self._dimension), np.float32)
        ids[: self._count], vectors[: self._count] = self._ids[: self._count], self._vectors[: self._count]
        self._ids, self._vectors = ids, vectors
