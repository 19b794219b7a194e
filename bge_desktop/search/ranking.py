"""The scores of every document for one query."""

from __future__ import annotations

import copy
import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.embeddings import QueryVector
from bge_desktop.bge.models import Model
from bge_desktop.bge.script import Language
from bge_desktop.library.folding import folded
from bge_desktop.library.library import Library
from bge_desktop.library.words import analyse
from bge_desktop.messages import Why
from bge_desktop.search import exactness, lexical
from bge_desktop.search.best_first import best_first, best_in_portions
from bge_desktop.search.bm25 import Hits, HitsInRows
from bge_desktop.search.feedback import Feedback
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.fusion import Scores, Weights, best_per_document, with_other_languages
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.meaning import MeaningScores, by_meaning
from bge_desktop.search.names import name_hits
from bge_desktop.search.query_language import Query
from bge_desktop.search.similar import PassageScores
from bge_desktop.search.unmatched import unmatched

Ids = NDArray[np.int64]
QueryVectors = Mapping[Language, QueryVector]

# How many times as much as an exact name the whole name of a file counts: more than all else comes to.
_NAMED = 4.0


# What the English model says of a query with Chinese in it counts half: it reads only some words of the sentence.
_SECOND = 0.5


@dataclass(frozen=True)
class _Parts:
    """Each score of every document [documents], before it is weighed: as the fields of `Weights`.

    Besides, `named` is 1 where the query is the whole name of a file, and a share of that where it is its folder's.
    """

    dense: Scores
    passage: Scores
    document: Scores
    name: Scores
    exact: Scores
    named: Scores


class Ranking:
    """Scores all documents of a library for a query.

    Args:
        library: whose documents.
        query: what was typed, taken apart.
        words: what to look for of its text.
        vectors: what each model that the query's text was put to gave of it.
        weights: how much each score counts.
        among: rows of documents in the library's catalogue: others are left out, and of these every passage is
            compared. None for all that the query allows.

    Attributes:
        hints: what the person should know of how the query was taken.
        words: what was looked for.
        reasons: the score of every document [documents] for each reason.
        total: their sum [documents]; rows as in the library's catalogue.
    """

    def __init__(
        self,
        library: Library,
        query: Query,
        words: WordQuery,
        vectors: QueryVectors,
        weights: Weights,
        among: Ids | None = None,
    ) -> None:
        self._library = library
        self._query = query
        self._count = len(library.catalogue.documents)
        self.hints: list[str] = []
        self._allowed = self._allowed_rows(query) if among is None else np.isin(np.arange(self._count), among)
        is_nothing_allowed = self._allowed is not None and not self._allowed.any()
        self.hints += unmatched(library.db, query.filters, is_nothing_allowed=is_nothing_allowed)
        self._feedback = Feedback(library, query, self._allowed)
        self.hints += self._feedback.hints
        self.words, self._reach = words, words.reach
        self._dense = [
            self._dense_part(own, vectors[own[0]], _SECOND if "zh" in vectors and "zh" not in own else 1.0)
            for own in _by_model(library, vectors)
        ]
        by_text = lexical.text_hits(library, self.words)
        self._lexical = self._lexical_part(by_text.passages)
        by_words = self._by_document(by_text.documents)
        self._parts = _Parts(
            dense=self._dense_documents(by_words),
            passage=np.nan_to_num(self._lexical.documents),
            document=by_words,
            name=self._best_of_files(name_hits(library.db, self.words)),
            exact=exactness.held(library, query.text),
            named=exactness.called(library, query.text),
        )
        self._weigh(weights)

    def with_weights(self, weights: Weights) -> Ranking:
        """Return the ranking of the same query by other weights, without scoring the documents again."""
        other = copy.copy(self)
        other._weigh(weights)
        return other

    def _weigh(self, weights: Weights) -> None:
        parts = self._parts
        self._weights = weights
        self.reasons: dict[Why, Scores] = {
            Why.MEANING: weights.dense * parts.dense + self._feedback.scores,
            Why.WORDS: weights.passage * parts.passage
            + weights.document * parts.document
            + weights.exact * parts.exact,
            Why.NAME: weights.name * parts.name + weights.exact * _NAMED * parts.named,
        }
        self.total: Scores = np.sum(list(self.reasons.values()), axis=0)
        is_by_meaning = (bool(self._dense) and weights.dense > 0) or self._feedback.is_wanted
        self._ranks_all = is_by_meaning or (not self._query.text and not self._asks_for_unknown)

    @property
    def _asks_for_unknown(self) -> bool:
        """Whether all that is asked for is to be like files that the library does not have."""
        return bool(self._query.like) and not self._query.is_restricted

    @property
    def is_ranked(self) -> bool:
        """Whether some documents answer better than others: not where nothing that they say was asked for."""
        return bool(self._query.text) or self._feedback.is_wanted

    def order(self) -> Ids:
        """Return the rows of the documents that are found and allowed, best first.

        By meaning, and where nothing but filters is asked for, all of them are; else those that match.
        """
        return best_first(np.flatnonzero(self._is_found()), self.total)

    def portions(self, size: int) -> Iterator[Ids]:
        """Yield what `order` returns, `size` rows at a time: the first few take a tenth of the time of all."""
        return best_in_portions(np.flatnonzero(self._is_found()), self.total, size)

    @property
    def found(self) -> int:
        """How many documents `order` returns."""
        return int(np.count_nonzero(self._is_found()))

    def _is_found(self) -> NDArray[np.bool_]:
        """Return which documents are found and allowed [documents]."""
        found = np.full(self._count, True) if self._ranks_all else self.total > 0
        found &= ~self._feedback.left_out
        if self._allowed is not None:
            found &= self._allowed
        return found

    def why(self, row: int) -> Why:
        """Return the reason that counted most for a document; meaning, which ranks all of them, where none counts."""
        if not self.is_ranked:
            return Why.NAME  # of the file, its folder, its kind
        best = max(self.reasons, key=lambda reason: float(self.reasons[reason][row]))
        return best if self.reasons[best][row] > 0 else Why.MEANING

    def is_exact(self, row: int) -> bool:
        """Whether an exact name asks for a document: it alone holds that name, or its file is called so."""
        return bool(self._parts.exact[row] >= 1 or self._parts.named[row] >= 1)

    def words_in_name(self, name: str) -> int:
        """Return how many words, and parts of names asked for, a file's name holds."""
        words = len(self.words.matches(analyse(name)))
        return words + sum(folded(part) in folded(name) for part in self._query.filters.names)

    def best_passages(self, rows: Ids) -> dict[int, int]:
        """Return for each document (by row) its best passage (by id), by all scores of passages together."""
        ids, owners, scores = self.scored_passages(rows)
        order = np.lexsort((ids, -scores))
        documents, best = np.unique(owners[order], return_index=True)
        return dict(zip(documents.tolist(), ids[order[best]].tolist(), strict=True))

    def scored_passages(self, rows: Ids) -> tuple[Ids, Ids, Scores]:
        """Return the passages of documents (by row) that have a score: their ids [n], their rows [n], the scores [n].

        All scores of passages count together, as much as they do for the documents.
        """
        is_shown = np.zeros(self._count + 1, bool)  # the last is for passages of no document, whose row is -1
        is_shown[rows] = True
        parts: list[tuple[float, PassageScores]] = [(self._weights.dense, part) for part in self._dense]
        parts += [(self._weights.passage, self._lexical), *((1.0, part) for part in self._feedback.passages)]
        shown = [(weight, part, is_shown[part.rows]) for weight, part in parts]
        ids, first, place = np.unique(
            np.concatenate([part.passages[own] for _, part, own in shown]), return_index=True, return_inverse=True
        )
        owners = np.concatenate([part.rows[own] for _, part, own in shown])[first]
        scores = np.bincount(place, np.concatenate([weight * part.scores[own] for weight, part, own in shown]))
        return ids, owners, scores.astype(np.float64)  # where there are none, of integers

    def _allowed_rows(self, query: Query) -> NDArray[np.bool_] | None:
        """Return which documents the query allows [documents]; None where it allows all.

        Phrases that nothing holds are not insisted on: their words may still find what was meant.
        """
        documents = self._library.catalogue.documents.astype(np.int64)
        allowed = allowed_documents(self._library.db, query, documents)
        if allowed is not None and not len(allowed) and query.phrases and not self._holds_phrases(query):
            self.hints.append(f"No document holds “{'” and “'.join(query.phrases)}” word for word.")
            return self._allowed_rows(dataclasses.replace(query, phrases=()))
        return None if allowed is None else np.isin(documents, allowed)

    def _holds_phrases(self, query: Query) -> bool:
        """Whether some documents have the phrases, and it is something else of the query that leaves them out."""
        phrases = allowed_documents(self._library.db, Query(query.text, query.phrases))
        return phrases is not None and len(phrases) > 0

    def _dense_part(self, languages: Sequence[Language], vector: QueryVector, share: float) -> MeaningScores:
        own = by_meaning(self._library, languages, vector, self._allowed)
        return dataclasses.replace(own, scores=share * own.scores, documents=share * own.documents)

    def _dense_documents(self, by_words: Scores) -> Scores:
        """Return the better of the models for each document [documents]."""
        if not self._dense:
            return np.zeros(self._count)
        best = np.full(self._count, np.nan)
        for part in self._dense:
            best = np.fmax(best, part.documents)
        return with_other_languages(best, by_words)

    def _lexical_part(self, hits: HitsInRows) -> MeaningScores:
        scores = hits.scores / self._reach
        best = best_per_document(hits.rows, scores, self._count, missing=math.nan)
        return MeaningScores(hits.ids, hits.rows, scores, best)

    def _by_document(self, hits: HitsInRows) -> Scores:
        scores = np.zeros(self._count)
        scores[hits.rows] = hits.scores / self._reach
        return scores

    def _best_of_files(self, hits: Hits) -> Scores:
        rows = self._library.catalogue.rows_of_documents(hits.ids)
        return best_per_document(rows, hits.scores, self._count, missing=0.0)


def _by_model(library: Library, languages: Iterable[Language]) -> list[list[Language]]:
    """Return the languages, those together that one model reads."""
    groups: dict[Model, list[Language]] = {}
    for language in languages:
        groups.setdefault(library.models[language], []).append(language)
    return list(groups.values())
