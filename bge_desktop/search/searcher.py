"""A search: all documents scored, and the best shown with the passage that answers."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.library import Library
from bge_desktop.library.words import fold
from bge_desktop.messages import LabelOfDocument, Mode, SearchResult, displayable
from bge_desktop.search.frequent_words import read_frequent_words
from bge_desktop.search.fusion import WEIGHTS
from bge_desktop.search.lexical import WordQuery, word_query
from bge_desktop.search.near_duplicates import Folding
from bge_desktop.search.query_language import Query
from bge_desktop.search.ranking import QueryVectors, Ranking
from bge_desktop.search.results import FoundFile, files_of
from bge_desktop.search.shown_passage import places_of, shown_passage
from bge_desktop.search.spelling import Spelling

__all__ = ["QueryVectors", "Searcher"]

_LOOKED_AT = 100  # documents at a time, for near-duplicates of those that are shown
_ALL_READ = object()
_NO_PASSAGE = StoredPassage(id=0, document_id=0, start=0, end=0, page=None, text="")


@dataclass(frozen=True)
class Found:
    """The results, best first, and what the person should know of how the query was understood.

    `total` and `is_ranked` are as in the message `SearchAnswer`.
    """

    results: tuple[SearchResult, ...]
    hints: tuple[str, ...] = ()
    total: int = 0
    is_ranked: bool = True


class Searcher:
    """Answers queries from a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.spelling = Spelling(library.db)
        self._frequent = read_frequent_words(library)

    def read_ahead(self) -> bool:
        """Read some more of what the first searches would have to wait for; return whether that is all.

        It takes some hundredths of a second, and is for between other work.
        """
        return self.spelling.read_some() and next(self._frequent, _ALL_READ) is _ALL_READ

    def words(self, query: Query) -> WordQuery:
        """Return what to look for of a query's text in this library: misspelt words have the nearest beside them."""
        return word_query(self._library, query.text, self.spelling.corrections)

    def search(
        self,
        query: Query,
        vectors: QueryVectors,
        limit: int,
        mode: Mode = Mode.HYBRID,
        words: WordQuery | None = None,
    ) -> Found:
        """Return the best documents, each once with its best passage, best first.

        Args:
            query: what was typed, taken apart.
            vectors: what each model that its text was put to gave of it; none to search by words.
            limit: the most documents to return.
            mode: which scores count.
            words: what to look for, where that is known already.
        """
        ranking = Ranking(self._library, query, words or self.words(query), vectors, WEIGHTS[mode])
        folding, files = self._folded(ranking, limit)
        results = tuple(self._results(ranking, folding, files))
        hints = (*query.hints, *ranking.hints, *_spelling_hints(ranking.words))
        return Found(results, hints, ranking.found if folding.is_full else len(results), ranking.is_ranked)

    def _folded(self, ranking: Ranking, limit: int) -> tuple[Folding, dict[int, list[FoundFile]]]:
        """Return the first documents, as many as asked for, each with its near-duplicates; and the files of all these.

        Those that no file has any more are left out, so that more of the order are looked at than are shown; and some
        at least, so that it does not hang on the limit how many are folded under a document.
        """
        documents, folding = self._library.catalogue.documents, Folding(limit)
        files: dict[int, list[FoundFile]] = {}
        for rows in ranking.portions(_LOOKED_AT):
            found = files_of(self._library.db, documents[rows].tolist())
            shown = [document for document in documents[rows].tolist() if document in found]
            folding.add(shown, self._library.documents.signatures.of(shown))
            files |= found
            if folding.is_full:
                break
        return folding, files

    def _results(self, ranking: Ranking, folding: Folding, files: dict[int, list[FoundFile]]) -> list[SearchResult]:
        documents = list(folding.under)
        rows = self._library.catalogue.rows_of_documents(np.array(documents, np.int64))
        best = ranking.best_passages(rows)
        passages = self._library.documents.by_id(list(best.values()))
        counts, labels = self._library.catalogue.passages_per_row(), self._library.labels.of(documents)
        return [
            self._result(
                ranking,
                row,
                _best_named(files[document], ranking),
                passages.get(best.get(row, 0), _NO_PASSAGE),
                tuple(file.path for other in folding.under[document] for file in files[other]),
                int(counts[row]),
                labels.get(document, ()),
            )
            for row, document in zip(rows.tolist(), documents, strict=True)
        ]

    def _result(
        self,
        ranking: Ranking,
        row: int,
        files: list[FoundFile],
        passage: StoredPassage,
        near_duplicates: tuple[str, ...],
        passages: int,
        labels: tuple[LabelOfDocument, ...],
    ) -> SearchResult:
        shown = shown_passage(passage, ranking.words)
        return SearchResult(
            path=files[0].path,
            folder=files[0].folder,
            title=files[0].title,
            modified=files[0].modified,
            score=float(ranking.total[row]),
            page=shown.page,
            start=shown.start,
            end=shown.end,
            passage=shown.passage,
            why=ranking.why(row),
            marks=shown.marks,
            sentence=shown.sentence,
            copies=tuple(other.path for other in files[1:]),
            near_duplicates=near_duplicates,
            place=shown.place,
            places=places_of(passage),
            passages=passages,
            labels=labels,
            is_exact=ranking.is_exact(row),
        )


def _best_named(files: list[FoundFile], ranking: Ranking) -> list[FoundFile]:
    """Return the files of a document with the one first whose name holds the most of what was looked for."""
    return sorted(files, key=lambda file: -ranking.words_in_name(displayable(os.path.basename(file.path))))


def _spelling_hints(words: WordQuery) -> list[str]:
    return [
        f"“{typed}” is in no document; searched for “{'”, “'.join(others)}”."
        for typed, others in words.corrected.items()
        if not fold(others[0]).startswith(fold(typed))  # which is still being typed
    ]
