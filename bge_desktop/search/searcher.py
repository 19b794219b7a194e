"""A search: the scores of every document from vectors, words and names, fused, and the best shown with a passage."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.script import Language
from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.library import Library
from bge_desktop.messages import Mode, SearchResult, Why
from bge_desktop.search import fusion, lexical, snippets
from bge_desktop.search.fusion import Scores, Standard, Weights
from bge_desktop.search.lexical import Hits
from bge_desktop.search.results import FoundFile, files_of

QueryVectors = Mapping[Language, NDArray[np.float32]]

# How many passages the graph is asked for: the best passages of some hundred documents.
_NEIGHBOURS = 500

_WEIGHTS = {Mode.HYBRID: fusion.HYBRID, Mode.DENSE: fusion.DENSE, Mode.LEXICAL: fusion.LEXICAL}


@dataclass
class _Part:
    """One standardised score: of passages, and of documents by their best passage.

    Attributes:
        passages: ids [n].
        scores: of the passages [n], standardised over the documents.
        documents: the score of every document [documents].
    """

    passages: NDArray[np.int64]
    scores: Scores
    documents: Scores


class Searcher:
    """Answers queries from a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(
        self, query: str, vectors: QueryVectors, limit: int, mode: Mode = Mode.HYBRID
    ) -> tuple[SearchResult, ...]:
        """Return the best documents, each once with its best passage, best first.

        Args:
            query: what was typed.
            vectors: its normalised vector from each model that it was put to; none for a search by words alone.
            limit: the most documents to return.
            mode: which scores count.
        """
        ranking = _Ranking(self._library, query, vectors, _WEIGHTS[mode])
        found: list[SearchResult] = []
        order = np.argsort(-ranking.total, kind="stable")
        for start in range(0, len(order), limit + 5):
            rows = order[start : start + limit + 5]
            found += ranking.results(rows)
            if len(found) >= limit:
                break
        return tuple(found[:limit])


class _Ranking:
    def __init__(self, library: Library, query: str, vectors: QueryVectors, weights: Weights) -> None:
        self._library = library
        self._count = len(library.catalogue.documents)
        self.words = lexical.word_query(library.db, query, library.catalogue.passage_count)
        self._dense = [self._dense_part(language, vector) for language, vector in vectors.items()]
        self._lexical = self._passage_part(lexical.passage_hits(library.db, self.words))
        self._weights = weights
        self._parts = {
            Why.MEANING: weights.dense * self._dense_documents(),
            Why.WORDS: weights.passage * self._lexical.documents
            + weights.document * self._document_scores(lexical.document_hits(library.db, self.words)),
            Why.NAME: weights.name * self._document_scores(lexical.name_hits(library.db, self.words)),
        }
        self.total: Scores = np.sum(list(self._parts.values()), axis=0)

    def _dense_part(self, language: Language, vector: NDArray[np.float32]) -> _Part:
        near = self._library.vectors[language].search(vector, _NEIGHBOURS)
        rows = self._library.catalogue.rows_of_passages(near.ids)
        best = fusion.best_per_document(rows, near.scores.astype(np.float64), self._count, missing=math.nan)
        standard = Standard.of(best[~np.isnan(best)])
        return _Part(near.ids, standard.apply(near.scores.astype(np.float64)), standard.apply(best))

    def _dense_documents(self) -> Scores:
        """The better of the models for each document; 0, the mean, for documents that none of them has embedded."""
        best = np.full(self._count, np.nan)
        for part in self._dense:
            best = np.fmax(best, part.documents)
        return np.where(np.isnan(best), 0.0, best)

    def _passage_part(self, hits: Hits) -> _Part:
        rows = self._library.catalogue.rows_of_passages(hits.ids)
        best = fusion.best_per_document(rows, hits.scores, self._count, missing=0.0)
        standard = Standard.of(best, self._least_deviation())
        return _Part(hits.ids, standard.apply(hits.scores), standard.apply(best))

    def _least_deviation(self) -> float:
        return fusion.LEAST_DEVIATION * self.words.reach

    def _document_scores(self, hits: Hits) -> Scores:
        rows = self._library.catalogue.rows_of_documents(hits.ids)
        best = fusion.best_per_document(rows, hits.scores, self._count, missing=0.0)
        return Standard.of(best, self._least_deviation()).apply(best)

    def results(self, rows: NDArray[np.int64]) -> list[SearchResult]:
        """Return what to show of the documents in these rows; documents that no file has any more are left out."""
        documents = self._library.catalogue.documents[rows]
        files = files_of(self._library.db, documents.tolist())
        passages = self._best_passages(documents)
        return [
            self._result(int(row), files[number], passages.get(number))
            for row, number in zip(rows.tolist(), documents.tolist(), strict=True)
            if number in files
        ]

    def _best_passages(self, documents: NDArray[np.int64]) -> dict[int, StoredPassage]:
        """Return the passage to show of each document: best by dense and lexical score together."""
        scores: dict[int, float] = {}
        parts = [(self._weights.dense, part) for part in self._dense]
        for weight, part in [*parts, (self._weights.passage, self._lexical)]:
            shown = np.isin(self._owners(part.passages), documents)
            for number, score in zip(part.passages[shown].tolist(), part.scores[shown].tolist(), strict=True):
                scores[number] = scores.get(number, 0.0) + weight * score
        best: dict[int, StoredPassage] = {}
        by_score = sorted(scores, key=lambda number: -scores[number])
        stored = self._library.documents.by_id(by_score)
        for number in by_score:
            best.setdefault(stored[number].document_id, stored[number])
        return best

    def _owners(self, passages: NDArray[np.int64]) -> NDArray[np.int64]:
        rows = self._library.catalogue.rows_of_passages(passages)
        return np.where(rows >= 0, self._library.catalogue.documents[rows], -1)

    def _result(self, row: int, files: list[FoundFile], passage: StoredPassage | None) -> SearchResult:
        text = passage.text if passage else ""
        file, copies = files[0], tuple(other.path for other in files[1:])
        return SearchResult(
            path=file.path,
            folder=file.folder,
            title=file.title,
            modified=file.modified,
            score=float(self.total[row]),
            page=passage.page if passage else None,
            start=passage.start if passage else 0,
            end=passage.end if passage else 0,
            passage=text,
            why=max(self._parts, key=lambda why: float(self._parts[why][row])),
            marks=snippets.marks(text, self.words),
            sentence=snippets.telling_sentence(text, self.words, self._telling),
            copies=copies,
        )

    def _telling(self, word: str) -> float:
        # a word of most passages tells little, but more than nothing
        return 0.01 + lexical.weight(self._library.db, word, self._library.catalogue.passage_count)
