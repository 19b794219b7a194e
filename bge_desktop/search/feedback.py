"""What a query says of documents that are like what is wanted, and of those that are not.

This is relevance feedback after Rocchio (1971, "Relevance feedback in information retrieval"): the query is moved
towards what is wanted and away from what is not. Scores are added and taken away in place of vectors, since a query has
more than one; and nothing is taken away from documents that are no more similar to the unwanted one than most are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.library import Library
from bge_desktop.search.fusion import Scores
from bge_desktop.search.query_language import Query
from bge_desktop.search.results import documents_named
from bge_desktop.search.similar import Likeness, PassageScores, likeness

# Each named file is compared with the whole library.
_MOST_NAMED = 8
# Of 60 manual pages most have five others that are more alike than this, and hardly one has fifty. What is beyond
# counts three times: a sibling of the unwanted page falls behind what fits the query half as well.
_NOT_SIMILAR, _AGAINST = 1.25, 3.0


class Feedback:
    """The part of the query that names files.

    Args:
        library: which should have them.
        query: what was typed, taken apart.
        allowed: which documents its filters allow [documents]; None where they allow all.

    Attributes:
        hints: which files the library does not have, or cannot compare.
        left_out: whether a document is one of those named [documents].
        scores: what each document gains or loses [documents].
        passages: what shows best in which way a document is like what is wanted.
        is_wanted: whether there is something that documents are to be like.
    """

    def __init__(self, library: Library, query: Query, allowed: NDArray[np.bool_] | None) -> None:
        self._library, self._allowed = library, allowed
        count = len(library.catalogue.documents)
        self.hints: list[str] = []
        self.left_out: NDArray[np.bool_] = np.zeros(count, bool)
        wanted, unwanted = self._likenesses(query.like, "like"), self._likenesses(query.unlike, "-like")
        self.is_wanted = bool(wanted)
        self.passages: tuple[PassageScores, ...] = tuple(part for own in wanted for part in own.passages)
        self.scores: Scores = np.zeros(count)
        for own in wanted:
            self.scores += _finite(own.documents) / len(wanted)
        if unwanted:
            alike = np.max([_finite(own.documents) for own in unwanted], axis=0)
            self.scores -= _AGAINST * np.maximum(alike - _NOT_SIMILAR, 0)

    def _likenesses(self, named: Sequence[str], key: str) -> list[Likeness]:
        if len(named) > _MOST_NAMED:
            self.hints.append(f"Only the first {_MOST_NAMED} files of {key}: are used.")
        found = (self._likeness(name, key) for name in named[:_MOST_NAMED])
        return [own for own in found if own is not None]

    def _likeness(self, name: str, key: str) -> Likeness | None:
        rows = self._library.catalogue.rows_of_documents(documents_named(self._library.db, name))
        rows = rows[rows >= 0]
        if not len(rows):
            self.hints.append(f"“{name}” is not in the library, so {key}: says nothing.")
            return None
        self.left_out[rows] = True
        found = likeness(self._library, rows, self._allowed)
        if found is None:
            self.hints.append(f"“{name}” holds no text that others could be compared with.")
        return found


def _finite(scores: Scores) -> Scores:
    """Return scores with 0 for what is left out."""
    return np.where(np.isfinite(scores), scores, 0.0)
