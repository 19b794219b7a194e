"""The nearest of the same vectors: faiss, exact and by HNSW, and usearch, each with its default settings but for one.

vectors_peer.py VECTORS QUERIES K
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import faiss
import numpy as np
from serving import serve
from usearch.index import Index

NEIGHBOURS = 32  # of a node of faiss's graph, which has no default
LOOKED_AT = 256  # nodes of it in a search: with the 16 that are its default, it finds three of four
vectors, queries = (np.load(path).astype(np.float32) for path in sys.argv[1:3])
K = int(sys.argv[3])
Search = Callable[[np.ndarray], np.ndarray]


def faiss_search(index: faiss.Index) -> Search:
    """Return a search of an index of faiss."""
    index.add(vectors)
    return lambda query: index.search(query[None], K)[1][0]


def usearch_search() -> Search:
    """Return a search of an index of usearch."""
    index = Index(ndim=vectors.shape[1], metric="ip", dtype="f32")
    index.add(np.arange(len(vectors)), vectors)
    return lambda query: index.search(query, K).keys


def flat() -> Search:
    """Return faiss's exact scan."""
    return faiss_search(faiss.IndexFlatIP(vectors.shape[1]))


def hnsw() -> Search:
    """Return faiss's graph."""
    index = faiss.IndexHNSWFlat(vectors.shape[1], NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efSearch = LOOKED_AT
    return faiss_search(index)


made = {"faiss, exact": flat(), "faiss, HNSW": hnsw(), "usearch": usearch_search()}


def search(engine: str) -> dict[str, object]:
    """Return how long each query takes, in milliseconds, and the rows that it finds."""
    took, found = [], []
    for query in queries:
        started = time.perf_counter()
        rows = made[engine](query)
        took.append((time.perf_counter() - started) * 1000)
        found.append([int(row) for row in rows])
    return {"milliseconds": took, "found": found}


serve({"search": search})
