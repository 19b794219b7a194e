"""The scores of every document for one query."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.script import Language
from bge_desktop.library.library import Library
from bge_desktop.library.words import analyse
from bge_desktop.messages import Why
from bge_desktop.search import lexical
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.fusion import Scores, Weights, best_per_document, standardised
from bge_desktop.search.identifiers import holding, identifiers
from bge_desktop.search.lexical import Corrections, Hits
from bge_desktop.search.literal import folded
from bge_desktop.search.query_language import Query

Ids = NDArray[np.int64]
QueryVectors = Mapping[Language, NDArray[np.float32]]

# How many passages the graph is asked for: the best passages of some hundred documents.
_NEIGHBOURS = 500


# The standardised cosine of a document that is far from the query: so counts one in another language than the query's,
# which must have its words to be found.
_FAR = -2.0


# What the English model says of a query with Chinese in it counts half: it reads only some words of the sentence.
_SECOND = 0.5


@dataclass(frozen=True)
class _Part:
    """One score: of passages, and of documents by their best passage.

    Attributes:
        passages: ids [n].
        rows: the document of each passage, as its row in the catalogue [n].
        scores: of the passages [n].
        documents: of every document [documents]; NaN where it has none.
    """

    passages: Ids
    rows: Ids
    scores: Scores
    documents: Scores


class Ranking:
    """Scores all documents of a library for a query.

    Args:
        library: whose documents.
        query: what was typed, taken apart.
        vectors: the normalised vector of the query's text from each model that it was put to.
        weights: how much each score counts.
        corrections: returns the words that a misspelt one may stand for.

    Attributes:
        hints: what the person should know of how the query was taken.
        words: the words that were looked for.
        reasons: the score of every document [documents] for each reason.
        total: their sum [documents]; rows as in the library's catalogue.
    """

    def __init__(
        self, library: Library, query: Query, vectors: QueryVectors, weights: Weights, corrections: Corrections
    ) -> None:
        self._library = library
        self._query = query
        self._weights = weights
        self._count = len(library.catalogue.documents)
        self.hints: list[str] = []
        self._allowed = self._allowed_rows(query)
        self.words = lexical.word_query(library.db, query.text, library.catalogue.passage_count, corrections)
        self._reach = self.words.reach
        self._dense = [
            self._dense_part(language, vector, _SECOND if language == "en" and "zh" in vectors else 1.0)
            for language, vector in vectors.items()
        ]
        self._lexical = self._lexical_part()
        self.reasons: dict[Why, Scores] = {
            Why.MEANING: weights.dense * self._dense_documents(),
            Why.WORDS: weights.passage * np.nan_to_num(self._lexical.documents)
            + weights.document * self._by_document(lexical.document_hits(library.db, self.words))
            + weights.exact * self._exact(query.text),
            Why.NAME: weights.name * self._by_document(lexical.name_hits(library.db, self.words)),
        }
        self.total: Scores = np.sum(list(self.reasons.values()), axis=0)
        self._ranks_all = (bool(vectors) and weights.dense > 0) or not query.text

    def order(self) -> Ids:
        """Return the rows of the documents that are found and allowed, best first.

        By meaning, and where nothing but filters is asked for, all of them are; else those that match.
        """
        order = np.argsort(-self.total, kind="stable")
        found = np.full(self._count, True) if self._ranks_all else self.total > 0
        if self._allowed is not None:
            found &= self._allowed
        rows: Ids = order[found[order]]
        return rows

    def why(self, row: int) -> Why:
        """Return the reason that counted most for a document; meaning, which ranks all of them, where none counts."""
        if not self._query.text:
            return Why.NAME  # of the file, its folder, its kind: nothing that it says was asked for
        best = max(self.reasons, key=lambda reason: float(self.reasons[reason][row]))
        return best if self.reasons[best][row] > 0 else Why.MEANING

    def words_in_name(self, name: str) -> int:
        """Return how many words, and parts of names asked for, a file's name holds."""
        words = sum(self.words.match(word) is not None for word in analyse(name))
        return words + sum(folded(part) in folded(name) for part in self._query.filters.names)

    def best_passages(self, rows: Ids) -> dict[int, int]:
        """Return for each document (by row) its best passage (by id), by dense and lexical score together."""
        is_shown = np.zeros(self._count + 1, bool)  # the last is for passages of no document, whose row is -1
        is_shown[rows] = True
        parts = [*((self._weights.dense, part) for part in self._dense), (self._weights.passage, self._lexical)]
        shown = [(weight, part, is_shown[part.rows]) for weight, part in parts]
        ids, first, place = np.unique(
            np.concatenate([part.passages[own] for _, part, own in shown]), return_index=True, return_inverse=True
        )
        owners = np.concatenate([part.rows[own] for _, part, own in shown])[first]
        scores = np.bincount(place, np.concatenate([weight * part.scores[own] for weight, part, own in shown]))
        order = np.lexsort((ids, -scores))
        documents, best = np.unique(owners[order], return_index=True)
        return dict(zip(documents.tolist(), ids[order[best]].tolist(), strict=True))

    def _allowed_rows(self, query: Query) -> NDArray[np.bool_] | None:
        """Return which documents the query allows [documents]; None where it allows all.

        Phrases that nothing holds are not insisted on: their words may still find what was meant.
        """
        documents = self._library.catalogue.documents
        allowed = allowed_documents(self._library.db, query, documents)
        if allowed is not None and not len(allowed) and query.phrases:
            self.hints.append(f"No document holds “{'” and “'.join(query.phrases)}” word for word.")
            return self._allowed_rows(dataclasses.replace(query, phrases=()))
        return None if allowed is None else np.isin(documents, allowed)

    def _exact(self, text: str) -> Scores:
        """Return [documents]: for each identifier of a text that stands in a document, its share of those that hold it.

        The one document that holds `ERR_4021-B` is what was looked for; that a document is one of a thousand that hold
        `64-bit` says little.
        """
        found = np.zeros(self._count)
        for identifier in identifiers(text):
            rows = self._library.catalogue.rows_of_documents(holding(self._library.db, identifier))
            found[rows[rows >= 0]] += 1 / max(len(rows), 1)
        return found

    def _dense_part(self, language: Language, vector: NDArray[np.float32], share: float) -> _Part:
        index, catalogue = self._library.vectors[language], self._library.catalogue
        # few neighbours would be left of those that the graph finds: under a filter, all that it allows are compared
        among = None if self._allowed is None else catalogue.passages_of_rows(np.flatnonzero(self._allowed))
        near = index.search(vector, _NEIGHBOURS, among)
        rows = catalogue.rows_of_passages(near.ids)
        cosines = near.scores.astype(np.float64)
        best = best_per_document(rows, cosines, self._count, missing=math.nan)
        usual = BUNDLED[language].usual
        documents = share * standardised(best, best, usual)
        if not near.is_exact and len(near.ids):
            # the graph leaves out what is farther than all that it found
            documents = np.where(np.isnan(documents), np.nanmin(documents), documents)
        return _Part(near.ids, rows, share * standardised(cosines, best, usual), documents)

    def _dense_documents(self) -> Scores:
        """The better of the models for each document; as of a far one for documents that none of them has embedded."""
        if not self._dense:
            return np.zeros(self._count)
        best = np.full(self._count, np.nan)
        for part in self._dense:
            best = np.fmax(best, part.documents)
        return np.where(np.isnan(best), _FAR, best)

    def _lexical_part(self) -> _Part:
        hits = self._in_parts(lexical.passage_hits(self._library.db, self.words))
        rows = self._library.catalogue.rows_of_passages(hits.ids)
        return _Part(hits.ids, rows, hits.scores, best_per_document(rows, hits.scores, self._count, missing=math.nan))

    def _by_document(self, hits: Hits) -> Scores:
        rows = self._library.catalogue.rows_of_documents(hits.ids)
        return best_per_document(rows, self._in_parts(hits).scores, self._count, missing=0.0)

    def _in_parts(self, hits: Hits) -> Hits:
        """Return hits with their BM25 as a part of what the query could reach."""
        return Hits(hits.ids, hits.scores / self._reach)
