"""The HNSW graph of passage vectors, and its cache in a file.

The stored vectors in SQLite are the truth; the file is a cache, written under a temporary name, fsynced and renamed,
beside a small description with a checksum. One that does not match is thrown away and the graph built anew.

Of hnswlib's traps this module keeps clear: `save_index` writes in place and tells of no error, not even of a full
disk; `load_index` believes what it reads; `knn_query` raises when k is over the number of points it can reach;
deleted points stay in the graph (it asks to be built anew past a fifth); many points in one place cut the graph in
pieces (passages with equal vectors share a point).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable
from io import BufferedReader

import hnswlib
import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.points import Ids, Points, Scores
from bge_desktop.own_files import replacing

__all__ = ["Cancelled", "Graph", "Ids", "Scores"]

# Malkov and Yashunin 2016 (arXiv 1603.09320): M links a node, ef the breadth of the search. Measured on 100,000
# passages and 487 real queries, which lie apart from the passages: recall@10 of 0.995 at ef 200, 0.9996 at 500.
_LINKS, _EF_BUILD, _EF_SEARCH = 16, 200, 500
_MOST_DELETED = 0.2
# A graph is built while somebody works: half of the processor is left to them.
_BUILD_THREADS = max(1, (os.cpu_count() or 1) // 2)


_ADDED_AT_ONCE = 2_000  # about a quarter of a second: so soon a cancelled build ends


class Cancelled(Exception):  # noqa: N818 - not an error: somebody wanted it so
    """A graph is no longer wanted, and was left unfinished."""


class Graph:
    """An HNSW graph over normalised vectors; similarity is the inner product, which is their cosine.

    Args:
        dimension: the length of a vector.
        capacity: for how many points to make room at first.
    """

    def __init__(self, dimension: int, capacity: int = 1024) -> None:
        self._index = hnswlib.Index("ip", dimension)
        self._index.init_index(max(capacity, 1), M=_LINKS, ef_construction=_EF_BUILD)
        self._points = Points()

    def __len__(self) -> int:
        return len(self._points.passage_ids)

    @property
    def is_worn(self) -> bool:
        """Whether so much has been deleted that a new graph would search better."""
        return self._points.empty > _MOST_DELETED * len(self._points.passages)

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, dimension] under passage ids [n]; ids that are in the graph get the new vector."""
        self.remove(ids)
        first = len(self._points.passages)
        new: list[int] = []
        for row, number in enumerate(ids.tolist()):
            point = self._points.add(number, vectors[row])
            if point == first + len(new):
                new.append(row)
            elif self._points.passages[point] == [number]:  # it was empty
                self._index.unmark_deleted(point)
        if new:
            self._reserve(first + len(new))
            self._index.add_items(vectors[new], np.arange(first, first + len(new)), num_threads=_BUILD_THREADS)

    def remove(self, ids: Ids) -> None:
        """Delete passages; ids that are not there are passed over."""
        for number in ids.tolist():
            emptied = self._points.remove(number)
            if emptied is not None:
                self._index.mark_deleted(emptied)

    def search(self, vector: NDArray[np.float32], k: int) -> tuple[Ids, Scores]:
        """Return the ids and cosines of at least the k nearest passages; fewer where no more can be reached."""
        k = min(k, len(self._points.passages) - self._points.empty)
        while k:
            self._index.set_ef(max(_EF_SEARCH, k))
            try:
                points, distances = self._index.knn_query(vector, k)
            except RuntimeError:  # some points cannot be reached
                k //= 2
            else:
                return self._points.expand(points[0], 1 - distances[0])
        return np.empty(0, np.int64), np.empty(0, np.float32)

    def missing(self, ids: Ids) -> Ids:
        """Return the rows of `ids` [n] that the graph does not hold."""
        return np.array([row for row, number in enumerate(ids.tolist()) if not self._points.has(number)], np.int64)

    def match(
        self,
        ids: Ids,
        vectors: NDArray[np.float32] | NDArray[np.float16],
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Make the graph hold just these points: add what is missing, delete what is not among them.

        Raises:
            Cancelled: `is_cancelled` said so, now and then asked.
        """
        self.remove(np.array(list(self._points.passage_ids - set(ids.tolist())), np.int64))
        rows = self.missing(ids)
        for start in range(0, len(rows), _ADDED_AT_ONCE):
            if is_cancelled():
                raise Cancelled
            portion = rows[start : start + _ADDED_AT_ONCE]
            self.add(ids[portion], vectors[portion].astype(np.float32))

    def write(self, path: str, fingerprint: str) -> None:
        """Write the cache: the graph to `path`, its description to `path` + ".json", each atomically.

        Raises:
            OSError: the disk is full or the folder is gone.
        """
        passages = self._points.passages
        with replacing(path) as temporary:
            self._index.save_index(os.fsencode(temporary))
            if os.path.getsize(temporary) != self._index.index_file_size():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
            with open(temporary, "rb") as file:
                description = {"fingerprint": fingerprint, "passages": passages, "sha256": _checksum(file, passages)}
        with replacing(f"{path}.json") as temporary, open(temporary, "w", encoding="ascii") as text:
            json.dump(description, text)

    @classmethod
    def read(cls, path: str, dimension: int, fingerprint: str) -> Graph | None:
        """Read the cache; None where there is none, or it is damaged, or another model's."""
        try:
            with open(f"{path}.json", encoding="ascii") as text:
                description = json.load(text)
            with open(path, "rb") as file:
                is_right = description["fingerprint"] == fingerprint
                if not is_right or description["sha256"] != _checksum(file, description["passages"]):
                    return None
                graph = cls(dimension)
                graph._load(path, description["passages"])
                # replaced in between by a writer: what was loaded is not what was checked
                return graph if os.path.samestat(os.fstat(file.fileno()), os.stat(path)) else None
        except (OSError, ValueError, KeyError, TypeError, RuntimeError):
            return None  # a cache that cannot be read is one that is not there

    def _load(self, path: str, passages: list[list[int]]) -> None:
        self._index = hnswlib.Index("ip", self._index.dim)  # into one that has room already, it loads with a warning
        self._index.load_index(os.fsencode(path))
        self._points = Points(passages)
        live = np.array([point for point, ids in enumerate(passages) if ids], np.int64)
        for start in range(0, len(live), _ADDED_AT_ONCE):
            portion = live[start : start + _ADDED_AT_ONCE]
            self._points.recognise(portion.tolist(), self._vectors(portion))

    def _vectors(self, points: Ids) -> NDArray[np.float32]:
        """Return the vectors of points that are not deleted [len(points), dimension]."""
        if not len(points):
            return np.empty((0, self._index.dim), np.float32)
        vectors: NDArray[np.float32] = self._index.get_items(points)
        return vectors

    def _reserve(self, points: int) -> None:
        if points > self._index.get_max_elements():
            self._index.resize_index(max(points, 2 * int(self._index.get_max_elements())))


def _checksum(file: BufferedReader, passages: list[list[int]]) -> str:
    digest = hashlib.file_digest(file, "sha256")
    digest.update(json.dumps(passages).encode("ascii"))
    return digest.hexdigest()
