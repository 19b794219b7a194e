"""How near the passages and documents of a library are to a query in meaning, by one of its models.

Where the model gives lexical weights as well, these count 0.3 beside the cosine (`bge.m3`): the words that it finds
telling, in whatever form they stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.embeddings import QueryVector
from bge_desktop.bge.m3 import SPARSE
from bge_desktop.bge.script import Language
from bge_desktop.library.library import Library
from bge_desktop.library.sparse_index import SparseIndex, scores_of
from bge_desktop.library.vector_index import Neighbours
from bge_desktop.search.fusion import Scores, standardised
from bge_desktop.search.pooling import pooled
from bge_desktop.search.similar import PassageScores

Ids = NDArray[np.int64]

# How many passages the graph is asked for: the best passages of some hundred documents.
_NEIGHBOURS = 500


@dataclass(frozen=True)
class MeaningScores(PassageScores):
    """One score: of passages, and of documents by their passages.

    Attributes:
        documents: of every document [documents]; NaN where it has none.
    """

    documents: Scores


def by_meaning(
    library: Library, languages: Sequence[Language], query: QueryVector, allowed: NDArray[np.bool_] | None
) -> MeaningScores:
    """Return the standardised scores of passages, and of every document with passages that the model has read.

    Args:
        library: of the documents.
        languages: of the passages, which one model reads: its cosines compare across them.
        query: what the model gave of it.
        allowed: which documents will be shown [documents]; None for all.
    """
    return _Comparison(library, languages, query).scores(allowed)


class _Comparison:
    def __init__(self, library: Library, languages: Sequence[Language], query: QueryVector) -> None:
        self._library, self._query, self._catalogue = library, query, library.catalogue
        self._indexes = [library.vectors[language] for language in languages]
        self._models = [library.vectors.in_use[language] for language in languages]
        self._count = len(self._catalogue.documents)
        self._lexical = self._by_lexical_weights()

    def scores(self, allowed: NDArray[np.bool_] | None) -> MeaningScores:
        # few neighbours would be left of those that the graph finds: under a filter, all that it allows are compared
        among = None if allowed is None else self._catalogue.passages_of_rows(np.flatnonzero(allowed))
        near = self._near(among)
        ids, found = self._fused(self._with_lexical(near, among))
        rows = self._catalogue.rows_of_passages(ids)
        documents = pooled(rows, found, self._count) if near.is_exact else self._pooled_near(rows, found)
        spread = self._pooled_sample() if any(index.has_graph for index in self._indexes) else documents
        usual = self._models[0].spread.query
        return MeaningScores(ids, rows, standardised(found, spread, usual), standardised(documents, spread, usual))

    def _near(self, among: Ids | None) -> Neighbours:
        """Return the passages that are nearest by the cosine: all of them where they are few."""
        found = [index.search(self._query.dense, _NEIGHBOURS, among) for index in self._indexes]
        ids, scores = np.concatenate([own.ids for own in found]), np.concatenate([own.scores for own in found])
        return Neighbours(ids, scores, is_exact=all(own.is_exact for own in found))

    def _by_lexical_weights(self) -> tuple[Ids, Scores]:
        """Return the passages with any of the words that the model finds telling in the query [n], and their scores."""
        if self._query.sparse is None:
            return np.empty(0, np.int64), np.empty(0)
        sparse = SparseIndex(self._library.db)
        found = [sparse.search(model.id, self._query.sparse) for model in self._models]
        ids, scores = (np.concatenate(own) for own in zip(*found, strict=True))
        is_there = self._catalogue.places_of_passages(ids) >= 0
        ids, scores = ids[is_there], scores[is_there]
        order = np.argsort(ids)
        return ids[order], scores[order]

    def _with_lexical(self, near: Neighbours, among: Ids | None) -> Neighbours:
        """Return what was found near, and where that is not all, what is best by lexical weights as well."""
        ids, scores = self._lexical
        if near.is_exact or not len(ids):
            return near
        if among is not None:
            is_allowed = np.isin(ids, among)
            ids, scores = ids[is_allowed], scores[is_allowed]
        best = ids[np.argsort(-scores, kind="stable")[:_NEIGHBOURS]]
        further = self._near(np.setdiff1d(best, near.ids))
        return Neighbours(
            np.concatenate([near.ids, further.ids]), np.concatenate([near.scores, further.scores]), is_exact=False
        )

    def _fused(self, near: Neighbours) -> tuple[Ids, Scores]:
        """Return the ids of passages [n], and their cosines with what their lexical weights add [n]."""
        return near.ids, near.scores.astype(np.float64) + SPARSE * scores_of(near.ids, self._lexical)

    def _pooled_near(self, rows: Ids, scores: Scores) -> Scores:
        """Pool what the graph found: it leaves out what is farther than all of that."""
        found = np.bincount(rows[rows >= 0], minlength=self._count)
        unseen = self._catalogue.passages_per_row() - found
        return pooled(rows, scores, self._count, unseen, float(scores.min(initial=1.0)))

    def _pooled_sample(self) -> Scores:
        """Pool the passages of some documents: the mean of the nearest alone would be nobody's."""
        ids, found = self._fused(self._near(self._catalogue.sample()))
        return pooled(self._catalogue.rows_of_passages(ids), found, self._count)
