"""Nearest passages by vector: an exact scan while that is fast, HNSW graphs beyond."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.graph import Graph
from bge_desktop.library.ids import unique
from bge_desktop.library.vector_table import Half, Ids, Scores, Vectors, VectorTable

_Values = TypeVar("_Values", Scores, Half)

# Measured: scanning 250,000 vectors of 384 numbers takes 7 ms, and has no recall to lose.
EXACT_LIMIT = 250_000
# So many passages make a graph: it is built in some seconds, and read and written in less than what one notices.
_GRAPH = 50_000
# One of which more is removed is given up: its passages go into the next ones.
_MOST_REMOVED = 0.2

# Each graph is asked for more than its part of what is wanted: they are not alike, and see the vectors less sharply.
_LEAST_ASKED, _SURPLUS_ASKED = 300, 4
# Under a filter, comparing so many vectors takes as long as asking the graphs for so many that enough are allowed.
_MOST_COMPARED = 20_000
# Of what the graphs are asked for, half may be of another kind than the rest of the library is: near what is left out.
_SURPLUS = 2


@dataclass(frozen=True)
class Neighbours:
    """Passage ids [n] and their cosines [n], in no particular order.

    They cover every passage among which was searched where `is_exact`, else the nearest ones only.
    """

    ids: Ids
    scores: Scores
    is_exact: bool


@dataclass
class _Linked:
    """A graph in use, and how many of its passages are there no more."""

    graph: Graph
    removed: int = 0


class VectorIndex:
    """The vectors of one model, in half precision, as they are stored.

    Up to `exact_limit` they are scanned. Beyond, graphs of 50,000 passages each are wanted, one after the other; what
    is in none of them goes on being scanned. So adding and removing change no graph, what it costs to add a passage
    does not grow with the library, and no more is ever read or written at once than one graph.

    Args:
        dimension: the length of a vector.
        exact_limit: up to how many vectors are scanned.
    """

    def __init__(self, dimension: int, exact_limit: int = EXACT_LIMIT) -> None:
        self._limit, self._size = exact_limit, max(1, min(_GRAPH, exact_limit))
        self._loose, self._linked = VectorTable(dimension), VectorTable(dimension)
        self._graphs: dict[str, _Linked] = {}

    def __len__(self) -> int:
        return len(self._loose) + len(self._linked)

    @property
    def has_graph(self) -> bool:
        """Whether searches go through graphs."""
        return bool(self._graphs)

    @property
    def is_large(self) -> bool:
        """Whether graphs are wanted at all."""
        return len(self) > self._limit

    def next_graph(self) -> Ids | None:
        """Return the passages that the next graph is wanted of, ascending; None where none is wanted."""
        if not self.is_large or len(self._loose) < self._size:
            return None
        return np.sort(np.partition(self._loose.ids, self._size - 1)[: self._size])

    def adopt(self, name: str, graph: Graph) -> None:
        """Search through a graph from now on for those of its passages that are in no other and still there."""
        ids, vectors = self._loose.of(graph.passages)
        self._loose.remove(ids)
        self._linked.add(ids, vectors)
        self._graphs[name] = _Linked(graph, len(graph) - len(ids))

    def give_up(self, name: str) -> None:
        """Scan the passages of a graph from now on."""
        passages = self._graphs.pop(name).graph.passages
        ids, vectors = self._linked.of(passages)
        self._linked.remove(ids)
        self._loose.add(ids, vectors)

    def with_removed(self) -> list[str]:
        """Return the graphs of which some passages are there no more."""
        return [name for name, own in self._graphs.items() if own.removed]

    def worn(self) -> list[str]:
        """Return the graphs of which so many passages are there no more that new ones would be better."""
        return [name for name, own in self._graphs.items() if own.removed > _MOST_REMOVED * len(own.graph)]

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors [n, dimension]; ids, each once, that are there already get the new vector."""
        self._remove_linked(ids)
        self._loose.add(ids, vectors)

    def remove(self, ids: Ids) -> None:
        """Remove vectors; ids that are not there are passed over."""
        self._remove_linked(ids)
        self._loose.remove(ids)

    def _remove_linked(self, ids: Ids) -> None:
        removed = self._linked.remove(ids)
        for own in self._graphs.values() if len(removed) else ():  # as a rule, what is added is new
            own.removed += int(np.isin(removed, own.graph.passages, assume_unique=True).sum())

    def search(self, vector: NDArray[np.float32], k: int, among: Ids | None = None) -> Neighbours:
        """Return at least the k nearest passages of a normalised vector [dimension] (all, where there are fewer).

        Args:
            vector: what to look for.
            k: how many passages are wanted.
            among: ids of passages, each once; where there are graphs, no others are returned. None for all. Where
                they are few, or few of them are found, all of them are compared.
        """
        if not self._graphs:
            return _exact(self._loose.scan(vector[np.newaxis]))
        if among is None:
            return self._near(vector, k)
        if len(among) <= _MOST_COMPARED:
            return self._compared(vector, among)
        return self._near_among(vector, k, among) or self._scanned(vector, among)

    def _near(self, vector: NDArray[np.float32], k: int) -> Neighbours:
        """Return the k nearest of the passages that the graphs find and of those that are in none."""
        asked = max(_LEAST_ASKED, _SURPLUS_ASKED * k // len(self._graphs))
        found = np.concatenate([own.graph.search(vector, asked) for own in self._graphs.values()])
        # one that got another vector may be in two of them
        loose, cosines = self._loose.scan(vector[np.newaxis])
        ids, scores = _joined(self._linked.compare(unique(found), vector), (loose, cosines[:, 0]))
        if len(ids) > k:
            best = np.argpartition(-scores, k)[:k]
            ids, scores = ids[best], scores[best]
        return Neighbours(ids, scores, is_exact=False)

    def _near_among(self, vector: NDArray[np.float32], k: int, among: Ids) -> Neighbours | None:
        """Return the k nearest of some passages at least; None where what is found is mostly others."""
        wanted = _SURPLUS * k * len(self) // len(among)
        if wanted > _MOST_COMPARED:
            return None
        near = self._near(vector, wanted)
        own = _is_in(near.ids, among)
        return Neighbours(near.ids[own], near.scores[own], is_exact=False) if own.sum() >= k else None

    def _compared(self, vector: NDArray[np.float32], among: Ids) -> Neighbours:
        ids, scores = _joined(self._loose.compare(among, vector), self._linked.compare(among, vector))
        return Neighbours(ids, scores, is_exact=True)

    def _scanned(self, vector: NDArray[np.float32], among: Ids) -> Neighbours:
        """Compare all vectors, which are read faster in a row than many of them by their ids."""
        ids, scores = _joined(self._loose.scan(vector[np.newaxis]), self._linked.scan(vector[np.newaxis]))
        own = _is_in(ids, among)
        return Neighbours(ids[own], scores[own, 0], is_exact=True)

    def scan(self, vectors: NDArray[np.float32]) -> tuple[Ids, Scores] | None:
        """Return the ids of all passages [n] and their cosines [n, q] to normalised vectors [q, dimension].

        None where there are graphs instead, since there are too many to compare them all.
        """
        return None if self._graphs else self._loose.scan(vectors)

    def held(self, ids: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """Return those of the passages, ascending [n], that have a vector, and their vectors [n, dimension]."""
        found, vectors = _joined(self._loose.of(ids), self._linked.of(ids))
        order = np.argsort(found)
        return found[order], vectors[order].astype(np.float32)


def _joined(one: tuple[Ids, _Values], other: tuple[Ids, _Values]) -> tuple[Ids, _Values]:
    """Return the ids of both, and what belongs to them."""
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])


def _exact(scanned: tuple[Ids, Scores]) -> Neighbours:
    return Neighbours(scanned[0], scanned[1][:, 0], is_exact=True)


def _is_in(ids: Ids, among: Ids) -> NDArray[np.bool_]:
    """Return which of some ids [n] are among others."""
    # a table by id: looking up ten times as fast as sorting
    is_among = np.zeros(int(max(ids.max(initial=0), among.max(initial=0))) + 1, np.bool_)
    is_among[among] = True
    return is_among[ids]
