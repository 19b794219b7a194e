"""Nearest passages by vector: an exact scan while that is fast, the HNSW graph beyond."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.graph import Graph, Ids, Scores
from bge_desktop.library.vector_table import VectorTable

# Measured: scanning 100,000 vectors of 384 numbers takes 3.6 ms, and has no recall to lose.
EXACT_LIMIT = 100_000

# Adding to a graph takes 0.13 ms a vector: one that lacks more than this share is built anew, in the background.
_MOST_MISSING = 0.05

# Under a filter, comparing so many vectors takes as long as asking the graph for so many that enough are allowed.
_MOST_COMPARED = 20_000
# Of what the graph is asked for, half may be of another kind than the rest of the library is: near what is left out.
_SURPLUS = 2


@dataclass(frozen=True)
class Neighbours:
    """Passage ids [n] and their cosines [n], in no particular order.

    They cover every passage among which was searched where `is_exact`, else the nearest ones only.
    """

    ids: Ids
    scores: Scores
    is_exact: bool


class VectorIndex:
    """The vectors of one model.

    Up to `exact_limit` vectors they are scanned. Beyond, they go on being scanned until a graph is there: one is read
    from its cache by `load`, or built by `build_graph`, which may run in another thread, and taken by `adopt`. The
    vectors stay in memory beside the graph, in half precision, as they are stored: hnswlib hands out its own too slowly
    to compare those that a filter allows (30 µs each).

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
        self._is_stale = False
        self._table = VectorTable(np.empty(0, np.int64), np.empty((0, dimension), np.float32))

    def __len__(self) -> int:
        return len(self._table)

    @property
    def has_graph(self) -> bool:
        """Whether searches go through the graph."""
        return self._graph is not None

    @property
    def wants_graph(self) -> bool:
        """Whether it is time to build a graph, or to build it anew."""
        return len(self) > self._limit if self._graph is None else self._is_stale or self._graph.is_worn

    @property
    def is_unsaved(self) -> bool:
        """Whether there is a graph that its cache does not hold as it is, and should."""
        return self._graph is not None and self._has_changed and not self._is_stale

    def load(self, ids: Ids, vectors: NDArray[np.float16], generation: str = "") -> None:
        """Take the stored vectors: ids, ascending [n], vectors [n, dimension].

        A graph is read from its cache only if it was saved as this `generation`.
        """
        graph = Graph.read(self._path, self._dimension, self._tag(generation)) if len(ids) > self._limit else None
        missing = 0 if graph is None else len(graph.missing(ids))
        if graph is None or missing > _MOST_MISSING * len(ids):
            self._graph = None
            self._table = VectorTable(ids, vectors.astype(np.float32))
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
        self._graph, self._has_changed, self._is_stale = graph, True, False
        self._table = VectorTable(ids, vectors)

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, dimension]; ids that are there already get the new vector."""
        self._table.add(ids, vectors)
        if self._graph is not None:
            self._graph.add(ids, vectors)
            self._has_changed = True

    def remove(self, ids: Ids) -> None:
        """Remove vectors; ids that are not there are passed over."""
        before = len(self)
        self._table.remove(ids)
        if self._graph is not None:
            self._graph.remove(ids)
            self._has_changed |= len(self) < before

    def discard_cache(self) -> None:
        """Remove the graph's cache: vectors that were removed stand in it. A graph in use is to be built anew.

        Raises:
            OSError: it cannot be removed.
        """
        for path in (self._path, f"{self._path}.json"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
        self._is_stale = self._graph is not None

    def search(self, vector: NDArray[np.float32], k: int, among: Ids | None = None) -> Neighbours:
        """Return at least the k nearest passages of a normalised vector [dimension] (all, where there are fewer).

        Args:
            vector: what to look for.
            k: how many passages are wanted.
            among: ids of passages, each once; of a graph's neighbours, no others are returned. None for all. Where
                they are few, or few of them are found, all of them are compared.
        """
        if self._graph is None:
            return Neighbours(self._table.ids.copy(), self._table.vectors @ vector, is_exact=True)
        if among is None:
            return Neighbours(*self._graph.search(vector, k), is_exact=False)
        near = self._near_among(self._graph, vector, k, among) if len(among) > _MOST_COMPARED else None
        if near is not None:
            return near
        ids, vectors = self.held(among)
        return Neighbours(ids, vectors @ vector, is_exact=True)

    def _near_among(self, graph: Graph, vector: NDArray[np.float32], k: int, among: Ids) -> Neighbours | None:
        """Return the k nearest of some passages at least; None where the graph's neighbours are mostly others."""
        ids, scores = graph.search(vector, _SURPLUS * k * len(self) // len(among))
        own = np.isin(ids, among)
        return Neighbours(ids[own], scores[own], is_exact=False) if own.sum() >= k else None

    def scan(self, vectors: NDArray[np.float32]) -> tuple[Ids, Scores] | None:
        """Return the ids of all passages [n] and their cosines [n, q] to normalised vectors [q, dimension].

        None where there is a graph instead, which holds too many to compare them all.
        """
        if self._graph is not None:
            return None
        return self._table.ids.copy(), self._table.vectors @ vectors.T

    def held(self, ids: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """Return those of the passages, ascending [n], that have a vector, and their vectors [n, dimension]."""
        held, vectors = self._table.of(ids)
        return held, vectors.astype(np.float32)

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
