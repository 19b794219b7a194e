"""Re-ranking: the best documents of a query, each read once more together with it."""

from __future__ import annotations

import queue
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.models import Model
from bge_desktop.bge.scoring import CrossEncoderScorer, Scorer, Scores
from bge_desktop.errors import UserError
from bge_desktop.library.library import Library
from bge_desktop.messages import SearchResult, reordered
from bge_desktop.settings import Settings

DEPTH = 20
"""Documents that are looked at: those below are hardly ever what was looked for, and each takes its time."""
_PORTION = 2
"""Passages at a time: more would be no faster on a processor, and the time would be kept to less well."""
_FIRST_ORDER = 0.3
"""How much the first order counts beside the closer look: enough to decide between passages that answer alike."""


def best_first(first: NDArray[np.float64], closer: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the order, best first, of documents by the scores that they were found by and those of the closer look.

    Both are standardised over these documents, and added. The closer look counts most, having read the question and the
    passage together; but it sees one passage of each document, and neither the file's name nor what else it says.
    """
    return np.argsort(-(_FIRST_ORDER * _standardised(first) + _standardised(closer)), kind="stable")


def _standardised(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    deviation = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / deviation if deviation > 0 else np.zeros(len(scores))


class CloserLook:
    """What is known of the best documents of a query, and what to score next, within a time.

    Documents without text cannot be looked at, and those that an exact name asks for need not: both keep their places.

    Args:
        results: the first order.
        budget_s: seconds after which no more are looked at. They count from the first scores on: the scorer may have to
            be loaded for these.
        known: scores by passage, from an earlier look for the same query; those found here are added.
    """

    def __init__(self, results: Sequence[SearchResult], budget_s: float, known: dict[str, float]) -> None:
        self._results = [own for own in results[:DEPTH] if own.passage.strip() and not own.is_exact]
        self._budget_s, self._known = budget_s, known
        self._ends = float("inf")

    def next_passages(self) -> list[str]:
        """Return what to score next, best documents first; nothing when all is known or the time is over."""
        if time.monotonic() >= self._ends:
            return []
        unknown = dict.fromkeys(own.passage for own in self._results if own.passage not in self._known)
        return list(unknown)[:_PORTION]

    def take(self, passages: Sequence[str], scores: Scores) -> None:
        """Take the scores of passages, [passages]."""
        self._ends = min(self._ends, time.monotonic() + self._budget_s)
        self._known.update(zip(passages, scores.tolist(), strict=True))

    def paths(self) -> tuple[str, ...]:
        """Return the documents that were looked at, the best first."""
        scored = [own for own in self._results if own.passage in self._known]
        first = np.array([own.score for own in scored], np.float64)
        closer = np.array([self._known[own.passage] for own in scored], np.float64)
        return tuple(scored[place].path for place in best_first(first, closer).tolist())


def scorer_for(name: str, encoder: Encoder) -> Scorer | None:
    """Return what scores with a reranker, as the settings name it; None where none is chosen.

    Args:
        name: as of `Settings.reranker`.
        encoder: what a cross-encoder runs in.

    Raises:
        ModelError: there is no such reranker, or it cannot be used.
    """
    if not name:
        return None
    from bge_desktop.bge.reranker_folder import read_reranker  # only now: the window's process is to stay small

    return CrossEncoderScorer(encoder, read_reranker(name))


def chosen_scorer(settings: Settings, encoder: Encoder, library: Library) -> Scorer | None:
    """Return what scores as the settings want it; None where nothing does.

    Raises:
        ModelError: there is no such reranker, or it cannot be used.
    """
    own = OwnScorer(encoder, library).get() if settings.multi_vectors else None
    return scorer_for(settings.reranker, encoder) or own


class OwnScorer:
    """Scores by the multi-vectors of a library's own model, which is loaded for queries anyway.

    Args:
        encoder: what embeds queries.
        library: whose models.
    """

    def __init__(self, encoder: Encoder, library: Library) -> None:
        self._encoder, self._library = encoder, library
        self._model: Model | None = None
        self._scorer: Scorer | None = None

    def get(self) -> Scorer | None:
        """Return what scores; None where none of the models gives multi-vectors."""
        model = next((own for own in self._library.models.values() if own.has_heads), None)
        if model != self._model:
            self._model, self._scorer = model, CrossEncoderScorer(self._encoder, model) if model else None
        return self._scorer


def scored_now(scorer: Scorer, query: str, passages: Sequence[str]) -> Scores:
    """Return the scores of passages, [passages], waiting for them.

    Raises:
        UserError: they could not be scored.
    """
    answers: queue.SimpleQueue[Scores | UserError] = queue.SimpleQueue()
    scorer.score(query, passages, answers.put)
    answer = answers.get()
    if isinstance(answer, UserError):
        raise answer
    return answer


def reranked_now(
    scorer: Scorer, query: str, results: Sequence[SearchResult], budget_s: float
) -> tuple[SearchResult, ...]:
    """Return results in the better order, after waiting for it no longer than `budget_s` from the first scores on.

    Raises:
        UserError: passages could not be scored.
    """
    look = CloserLook(results, budget_s, {})
    while passages := look.next_passages():
        look.take(passages, scored_now(scorer, query, passages))
    return reordered(results, look.paths())
