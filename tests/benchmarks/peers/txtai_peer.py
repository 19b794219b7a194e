"""txtai on the same weights: texts embedded into an index of it, and hybrid search in an index of given vectors.

txtai_peer.py MODEL_FOLDER TEXTS
"""

from __future__ import annotations

import sys
import time

import numpy as np
from serving import lines_of, serve
from txtai import Embeddings
from txtai.vectors import VectorsFactory

folder, texts_path = sys.argv[1:]
texts = lines_of(texts_path)
SETTINGS = {"path": folder, "method": "clspooling"}
searched: list[Embeddings] = []


def encode() -> dict[str, object]:
    """Make an index of all texts; return the seconds."""
    index = Embeddings(SETTINGS)
    index.index(texts[:8])
    started = time.perf_counter()
    index.index(texts)
    return {"seconds": time.perf_counter() - started}


def load(vectors: str) -> dict[str, object]:
    """Make an index for hybrid search of all texts and their vectors, which are given."""
    model = VectorsFactory.create(SETTINGS, None)
    known = dict(zip(texts, np.load(vectors), strict=True))

    def transform(batch: list[str]) -> np.ndarray:
        return np.array([known[text] if text in known else model.encode([text])[0] for text in batch], np.float32)

    index = Embeddings(method="external", transform=transform, hybrid=True)
    index.index(texts)
    searched.append(index)
    return {"count": index.count()}


def search(queries: list[str]) -> dict[str, object]:
    """Return how long each query takes, its own encoding included, in milliseconds."""
    took = []
    for query in queries:
        started = time.perf_counter()
        searched[0].search(query, 20)
        took.append((time.perf_counter() - started) * 1000)
    return {"milliseconds": took}


serve({"encode": encode, "load": load, "search": search})
