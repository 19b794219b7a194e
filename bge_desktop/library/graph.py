"""An HNSW graph over the vectors of some passages, and its cache in a file.

The stored vectors in SQLite are the truth; the files are a cache, each written under a temporary name, fsynced and
renamed, with a checksum. One that does not match is thrown away and the graph built anew.

Of hnswlib's traps this module keeps clear: `save_index` writes in place and tells of no error, not even of a full
disk; `load_index` believes what it reads; `knn_query` raises when k is over the number of points it can reach;
deleted points stay in the graph, and one that is added again stays deleted (a graph does not change once it is built);
many points in one place cut the graph in pieces (passages with equal vectors share a point).
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Mapping
from typing import Any

import hnswlib
import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors import numpy as tensors

from bge_desktop.library.ids import starts_of
from bge_desktop.library.vector_table import Half, Ids
from bge_desktop.own_files import content, replacing

# Malkov and Yashunin 2016 (arXiv 1603.09320): M links a node, ef the breadth of the search.
_LINKS, _EF_BUILD, _LEAST_EF = 16, 200, 300
# The directions that tell most: of 384, these hold 84 % of the squared lengths. A third of the memory, and of the time
# to build, read and write; the few hundred nearest by them hold the nearest by all (see tests/benchmarks/RESULTS.md).
_DIRECTIONS, _LEARNT_FROM = 128, 10_000
# A graph is built while somebody works: half of the processor is left to them.
_BUILD_THREADS = max(1, (os.cpu_count() or 1) // 2)
_ADDED_AT_ONCE = 500  # about a tenth of a second: so soon a cancelled build ends
_LARGEST_DESCRIPTION = 1 << 26  # bytes

Arrays = Mapping[str, NDArray[Any]]


class Cancelled(Exception):  # noqa: N818 - not an error: somebody wanted it so
    """A graph is no longer wanted, and was left unfinished."""


class Graph:
    """A graph over the vectors of passages, projected onto the directions in which they differ most.

    It finds candidates: whoever asks it compares them by their whole vectors.

    Args:
        index: with a point for each different vector, numbered from 0 on.
        basis: the directions [dimension, directions].
        ids: of the passages, those of point 0 first [n].
        starts: where in `ids` those of each point begin, and the end [points + 1].
    """

    def __init__(self, index: hnswlib.Index, basis: NDArray[np.float32], ids: Ids, starts: Ids) -> None:
        self._index, self._basis, self._ids, self._starts = index, basis, ids, starts
        self.passages: Ids = np.sort(ids)

    @classmethod
    def build(cls, ids: Ids, vectors: Half, is_cancelled: Callable[[], bool] = lambda: False) -> Graph:
        """Return a graph of passages [n] by their normalised vectors [n, dimension].

        Raises:
            Cancelled: `is_cancelled` said so, now and then asked.
        """
        points = _points(vectors)
        order = np.argsort(points, kind="stable")
        starts = np.append(starts_of(points[order]), len(points))
        first = order[starts[:-1]]
        basis = _directions(vectors[first])
        index = hnswlib.Index("ip", basis.shape[1])
        index.init_index(max(len(first), 1), M=_LINKS, ef_construction=_EF_BUILD)
        for start in range(0, len(first), _ADDED_AT_ONCE):
            if is_cancelled():
                raise Cancelled
            portion = first[start : start + _ADDED_AT_ONCE]
            numbers = np.arange(start, start + len(portion))
            index.add_items(vectors[portion].astype(np.float32) @ basis, numbers, num_threads=_BUILD_THREADS)
        return cls(index, basis, ids[order], starts)

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, vector: NDArray[np.float32], k: int) -> Ids:
        """Return the passages that are about the k nearest to a vector; fewer where no more can be reached.

        More where the farthest of them have equal vectors.
        """
        projected, k = vector @ self._basis, min(k, len(self._starts) - 1)
        while k:
            self._index.set_ef(max(_LEAST_EF, k))
            try:
                points, _ = self._index.knn_query(projected, k, num_threads=1)
            except RuntimeError:  # some points cannot be reached
                k //= 2
            else:
                return self._passages_of(points[0].astype(np.int64))
        return np.empty(0, np.int64)

    def _passages_of(self, points: NDArray[np.int64]) -> Ids:
        counts = self._starts[points + 1] - self._starts[points]
        before = np.cumsum(counts) - counts
        passages: Ids = self._ids[np.repeat(self._starts[points] - before, counts) + np.arange(counts.sum())]
        return passages

    def write(self, path: str, tag: str) -> None:
        """Write the cache: the graph to `path`, what belongs to it beside it, each atomically.

        Raises:
            OSError: the disk is full or the folder is gone.
        """
        with replacing(path) as temporary:
            self._index.save_index(os.fsencode(temporary))
            if os.path.getsize(temporary) != self._index.index_file_size():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
            arrays: Arrays = {"basis": self._basis, "ids": self._ids, "starts": self._starts}
            described = tensors.save({**arrays, "checksum": _checksum(temporary, tag, arrays)})
        with replacing(description_of(path)) as temporary, open(temporary, "wb") as file:
            file.write(described)

    @classmethod
    def read(cls, path: str, tag: str) -> Graph | None:
        """Read the cache; None where there is none, or it is damaged, or was written with another tag."""
        try:
            arrays = tensors.load(content(description_of(path), _LARGEST_DESCRIPTION))
            checksum = arrays.pop("checksum")
            if not os.path.isfile(path) or checksum.tolist() != _checksum(path, tag, arrays).tolist():
                return None
            index = hnswlib.Index("ip", arrays["basis"].shape[1])
            index.load_index(os.fsencode(path))
            return cls(index, **arrays)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError):
            return None  # a cache that cannot be read is one that is not there


def description_of(path: str) -> str:
    """Return the path of the file that belongs to a graph's."""
    return f"{path}.safetensors"


def _points(vectors: Half) -> Ids:
    """Return a number for each vector [n], the same for equal ones.

    The heuristic that chooses links keeps those that are nearer to the new point than to one another (Malkov and
    Yashunin 2016, algorithm 4), which points in one place never are: a search that came there would find no way out.
    """
    seen: dict[bytes, int] = {}
    digests = (hashlib.blake2b(vector.tobytes(), digest_size=16).digest() for vector in vectors)
    return np.fromiter((seen.setdefault(digest, len(seen)) for digest in digests), np.int64, len(vectors))


def _directions(vectors: Half) -> NDArray[np.float32]:
    """Return the directions [dimension, directions] that keep the most of the vectors' inner products.

    The eigenvectors of their second moments (Eckart and Young 1936); of some of them, which tell the same.
    """
    every = -(-len(vectors) // _LEARNT_FROM) or 1
    sample = vectors[::every].astype(np.float32)
    _, directions = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(directions[:, ::-1][:, :_DIRECTIONS], np.float32)


def _checksum(path: str, tag: str, arrays: Arrays) -> NDArray[np.uint8]:
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(tag.encode())
    for name in sorted(arrays):
        digest.update(repr((name, arrays[name].shape, str(arrays[name].dtype))).encode())
        digest.update(arrays[name].tobytes())
    return np.frombuffer(digest.digest(), np.uint8)
