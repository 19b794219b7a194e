"""A search: all documents scored, and the best shown with the passage that answers."""

from __future__ import annotations

import os
from dataclasses import dataclass

from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.library import Library
from bge_desktop.messages import Mode, SearchResult, displayable
from bge_desktop.search import fusion, snippets
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.query_language import Query
from bge_desktop.search.ranking import Ids, QueryVectors, Ranking
from bge_desktop.search.results import FoundFile, files_of
from bge_desktop.search.spelling import Spelling

__all__ = ["QueryVectors", "Searcher"]

_WEIGHTS = {Mode.HYBRID: fusion.HYBRID, Mode.DENSE: fusion.DENSE, Mode.LEXICAL: fusion.LEXICAL}
_NO_PASSAGE = StoredPassage(id=0, document_id=0, start=0, end=0, page=None, text="")


@dataclass(frozen=True)
class Found:
    """The results, best first, and what the person should know of how the query was understood."""

    results: tuple[SearchResult, ...]
    hints: tuple[str, ...] = ()


class Searcher:
    """Answers queries from a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.spelling = Spelling(library.db)

    def search(self, query: Query, vectors: QueryVectors, limit: int, mode: Mode = Mode.HYBRID) -> Found:
        """Return the best documents, each once with its best passage, best first.

        Args:
            query: what was typed, taken apart.
            vectors: the normalised vector of its text from each model that it was put to; none to search by words.
            limit: the most documents to return.
            mode: which scores count.
        """
        ranking = Ranking(self._library, query, vectors, _WEIGHTS[mode], self.spelling.corrections)
        order = ranking.order()
        found: list[SearchResult] = []
        # documents that no file has any more are left out, so that a portion may give fewer than it holds
        for start in range(0, len(order), limit):
            found += self._results(ranking, order[start : start + limit])
            if len(found) >= limit:
                break
        return Found(tuple(found[:limit]), (*query.hints, *ranking.hints, *_spelling_hints(ranking.words)))

    def _results(self, ranking: Ranking, rows: Ids) -> list[SearchResult]:
        documents = self._library.catalogue.documents[rows].tolist()
        files = files_of(self._library.db, documents)
        best = ranking.best_passages(rows)
        passages = self._library.documents.by_id(list(best.values()))
        return [
            self._result(
                ranking, row, _best_named(files[document], ranking), passages.get(best.get(row, 0), _NO_PASSAGE)
            )
            for row, document in zip(rows.tolist(), documents, strict=True)
            if document in files
        ]

    def _result(self, ranking: Ranking, row: int, files: list[FoundFile], passage: StoredPassage) -> SearchResult:
        marks, sentence = snippets.snippet(passage.text, ranking.words)
        return SearchResult(
            path=files[0].path,
            folder=files[0].folder,
            title=files[0].title,
            modified=files[0].modified,
            score=float(ranking.total[row]),
            page=passage.page,
            start=passage.start,
            end=passage.end,
            passage=passage.text,
            why=ranking.why(row),
            marks=marks,
            sentence=sentence,
            copies=tuple(other.path for other in files[1:]),
        )


def _best_named(files: list[FoundFile], ranking: Ranking) -> list[FoundFile]:
    """Return the files of a document with the one first whose name holds the most of what was looked for."""
    return sorted(files, key=lambda file: -ranking.words_in_name(displayable(os.path.basename(file.path))))


def _spelling_hints(words: WordQuery) -> list[str]:
    return [
        f"“{typed}” is in no document; searched for “{'”, “'.join(others)}”."
        for typed, others in words.corrected.items()
    ]
