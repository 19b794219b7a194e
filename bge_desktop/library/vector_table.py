"""Vectors by passage id, side by side in memory in half precision, and compared with others where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numkong
import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Half = NDArray[np.float16]
Vectors = NDArray[np.float32] | Half
_Integer = TypeVar("_Integer", np.int32, np.int64)

# Rows in a block: adding one takes 13 MB, and nothing is copied when the table grows.
_BLOCK = 16_384


class VectorTable:
    """Normalised vectors in no particular order, each under its id: of 384 numbers, 780 bytes each.

    Args:
        dimension: the length of a vector.
    """

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._ids = np.empty(0, np.int64)
        self._count = 0
        self._blocks: list[Half] = []
        self._rows = np.empty(0, np.int32)  # by id, -1 where there is none

    def __len__(self) -> int:
        return self._count

    @property
    def ids(self) -> Ids:
        """The ids [n]."""
        return self._ids[: self._count].copy()

    def of(self, ids: Ids) -> tuple[Ids, Half]:
        """Return those of some ids, each once, that are there, ascending [m], and their vectors [m, dimension]."""
        rows = self._rows_of(np.sort(ids))
        rows = rows[rows >= 0]
        return self._ids[rows], self._gathered(rows)

    def scan(self, vectors: Vectors) -> tuple[Ids, Scores]:
        """Return all ids [n] and their cosines [n, q] to normalised vectors [q, dimension]."""
        scores = np.empty((self._count, len(vectors)), np.float32)
        half = vectors.astype(np.float16)
        for start, block in self._filled():
            scores[start : start + len(block)] = _cosines(block, half)
        return self.ids, scores

    def compare(self, ids: Ids, vector: NDArray[np.float32]) -> tuple[Ids, Scores]:
        """Return those of some ids, each once, that are there [m], and their cosines [m] to a normalised vector."""
        held, vectors = self.of(ids)
        return held, _cosines(vectors, vector[np.newaxis].astype(np.float16))[:, 0]

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors [n, dimension]; ids, each once, that are there already get the new vector."""
        self.remove(ids)
        start, end = self._count, self._count + len(ids)
        self._reserve(end, int(ids.max(initial=-1)) + 1)
        self._ids[start:end], self._rows[ids] = ids, np.arange(start, end)
        for number in range(start // _BLOCK, len(self._blocks)):
            first, last = max(start, number * _BLOCK), min(end, (number + 1) * _BLOCK)
            own = vectors[first - start : last - start]
            self._blocks[number][first - number * _BLOCK : last - number * _BLOCK] = own
        self._count = end

    def remove(self, ids: Ids) -> Ids:
        """Remove vectors, and return the ids of those that were there [m]."""
        gone = np.unique(self._rows_of(ids))
        gone = gone[gone >= 0]
        removed = self._ids[gone]
        kept = self._count - len(gone)
        self._rows[removed] = -1
        # the last ones move into the gaps: copying all that stay would take 0.1 s for 100,000
        is_moving = np.ones(len(gone), np.bool_)
        is_moving[gone[gone >= kept] - kept] = False
        gaps, movers = gone[gone < kept], kept + np.flatnonzero(is_moving)
        self._ids[gaps], self._rows[self._ids[movers]] = self._ids[movers], gaps
        self._put(gaps, self._gathered(movers))
        self._count = kept
        del self._blocks[-(-kept // _BLOCK) :]
        return removed

    def _rows_of(self, ids: Ids) -> NDArray[np.int64]:
        """Return the row of each id; -1 for those that are not there."""
        rows = np.full(len(ids), -1, np.int64)
        is_known = ids < len(self._rows)
        rows[is_known] = self._rows[ids[is_known]]
        return rows

    def _filled(self) -> Iterator[tuple[int, Half]]:
        """Yield the filled part of each block, and the row that it begins with."""
        for number, block in enumerate(self._blocks):
            start = number * _BLOCK
            yield start, block[: self._count - start]

    def _gathered(self, rows: NDArray[np.int64]) -> Half:
        """Return the vectors of rows [m, dimension]."""
        found = np.empty((len(rows), self._dimension), np.float16)
        of_block, within = np.divmod(rows, _BLOCK)
        for number in np.unique(of_block):
            own = of_block == number
            found[own] = self._blocks[number][within[own]]
        return found

    def _put(self, rows: NDArray[np.int64], vectors: Half) -> None:
        of_block, within = np.divmod(rows, _BLOCK)
        for number in np.unique(of_block):
            own = of_block == number
            self._blocks[number][within[own]] = vectors[own]

    def _reserve(self, count: int, ids: int) -> None:
        """Make room for so many rows, and for ids below a number."""
        while len(self._blocks) * _BLOCK < count:
            self._blocks.append(np.empty((_BLOCK, self._dimension), np.float16))
        self._ids = _grown(self._ids, count, 0)
        self._rows = _grown(self._rows, ids, -1)


def _cosines(vectors: Half, others: Half) -> Scores:
    """Return the cosines [n, q] of normalised vectors [n, dimension] to others [q, dimension]."""
    if not len(vectors):
        return np.empty((0, len(others)), np.float32)
    compared: NDArray[np.float64] = np.asarray(numkong.cdist(others, vectors, metric="dot"))
    return compared.reshape(len(others), len(vectors)).T.astype(np.float32)


def _grown(numbers: NDArray[_Integer], size: int, fill: int) -> NDArray[_Integer]:
    """Return numbers with room for `size` at least: doubling keeps adding in small portions linear."""
    if size <= len(numbers):
        return numbers
    more = np.full(max(size, 2 * len(numbers), 1024), fill, numbers.dtype)
    more[: len(numbers)] = numbers
    return more
