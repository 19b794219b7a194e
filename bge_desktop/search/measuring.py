"""Measuring how a model's scores are spread over the documents of a library: what is usual of it there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.m3 import SPARSE
from bge_desktop.bge.models import Cosines
from bge_desktop.library.ids import starts_of
from bge_desktop.library.spread import Spread
from bge_desktop.search.pooling import pooled

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]
Scores = NDArray[np.float64]

# Of fewer documents than these, nothing can be told; of more than those, no more.
LEAST_DOCUMENTS, _MOST_DOCUMENTS = 10, 200
_MOST_PASSAGES = 16  # of each document
_QUERIES, _QUERY_CHARACTERS = 32, 60
# What a model that tells nothing apart would have: its scores are divided by it.
_LEAST_DEVIATION = 0.005


def sample(passages: Ids, documents: Ids) -> tuple[Ids, Ids]:
    """Return passages [m] of at most 200 documents, evenly spread, and the documents that they are of [m].

    Args:
        passages: ids [n].
        documents: of each, those of one behind each other [n].
    """
    starts = starts_of(documents)
    lengths = np.diff(starts, append=len(documents))
    chosen = np.unique(np.linspace(0, len(starts) - 1, min(len(starts), _MOST_DOCUMENTS)).round().astype(np.int64))
    rows = [starts[own] + np.arange(min(int(lengths[own]), _MOST_PASSAGES)) for own in chosen]
    taken = np.concatenate([np.empty(0, np.int64), *rows]).astype(np.int64)
    return passages[taken], documents[taken]


def asking(passages: Ids) -> Ids:
    """Return the places of passages, evenly spread, that queries are made of [q]."""
    return np.unique(np.linspace(0, len(passages) - 1, min(len(passages), _QUERIES)).round().astype(np.int64))


def as_query(text: str) -> str:
    """Return how a passage begins: about what one might type."""
    return " ".join(text.split())[:_QUERY_CHARACTERS]


def measured(queries: Vectors, places: Ids, vectors: Vectors, documents: Ids, lexical: Scores | None = None) -> Spread:
    """Return how scores are spread over some documents: as a search has them for queries, else cosines.

    Args:
        queries: normalised vectors of queries [q, dimension].
        places: of the passages that these were made of [q]: their documents are not compared with them.
        vectors: of passages [n, dimension].
        documents: of each passage, those of one behind each other [n].
        lexical: of queries with passages, by lexical weights, where the model gives any [q, n].
    """
    starts = starts_of(documents)
    rows = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(documents)))
    scores = (queries @ vectors.T).astype(np.float64)
    if lexical is not None:
        scores += SPARSE * lexical
    by_query = [
        np.delete(pooled(rows, own, len(starts)), rows[place]) for own, place in zip(scores, places, strict=True)
    ]
    return Spread(_spread(by_query), _spread(_nearest(vectors, starts)), _spread(_whole(vectors, starts)))


def _nearest(vectors: Vectors, starts: Ids) -> list[NDArray[np.float64]]:
    """Return, for the first passage of each document, the best cosine among each other document's passages."""
    cosines = (vectors[starts] @ vectors.T).astype(np.float64)
    best = np.maximum.reduceat(cosines, starts, axis=1)
    return [np.delete(own, row) for row, own in enumerate(best)]


def _whole(vectors: Vectors, starts: Ids) -> list[NDArray[np.float64]]:
    """Return the cosines of each document's mean vector to those of the others."""
    means = np.add.reduceat(vectors.astype(np.float64), starts, axis=0)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return [np.delete(own, row) for row, own in enumerate(means @ means.T)]


def _spread(groups: Sequence[NDArray[np.float64]]) -> Cosines:
    """Return the mean, over groups, of their means and of their deviations."""
    mean = float(np.mean([own.mean() for own in groups]))
    deviation = float(np.mean([own.std() for own in groups]))
    return Cosines(round(mean, 4), max(round(deviation, 4), _LEAST_DEVIATION))
