"""A better order of the best documents, once one stops typing to read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.scoring import Scorer, Scores
from bge_desktop.errors import UserError
from bge_desktop.messages import ErrorReport, Event, Reranked, RerankingBegun, SearchResult
from bge_desktop.search.reranking import CloserLook, scorer_for
from bge_desktop.settings import Settings
from bge_desktop.worker.queue import JobQueue, Priority

# Later than the most telling sentences, which are wanted first.
_PAUSE_S = 0.5


@dataclass(frozen=True, eq=False)
class _Look:
    """What is being looked at, and by what: the answer of a generation to the text of a query."""

    generation: int
    text: str
    documents: CloserLook
    scorer: Scorer


class Reranking:
    """Looks more closely at the best documents of the newest answer, a few at a time.

    What it has found is kept as long as the same is asked: the library may change every second while it is indexed.

    Args:
        queue: of the worker's thread, in which everything here runs.
        emit: takes what is told.
        own: returns what scores with the library's own models, where these can; asked where no reranker is chosen.
    """

    def __init__(
        self, queue: JobQueue, emit: Callable[[Event], None], own: Callable[[], Scorer | None] = lambda: None
    ) -> None:
        self._queue, self._emit, self._own = queue, emit, own
        self._wants_own = False
        self._scorer: Scorer | None = None
        self._chosen, self._budget_s = "", 0.0
        self._look: _Look | None = None
        self._text = ""
        self._known: dict[str, float] = {}  # scores by passage, for the text, by the one that follows
        self._known_by: Scorer | None = None

    def choose(self, settings: Settings, encoder: Encoder) -> None:
        """Have the settings hold. A reranker that cannot be used is told once; the first order holds without it.

        Args:
            settings: of the library.
            encoder: what a cross-encoder runs in.
        """
        self._budget_s, self._wants_own = settings.reranking_ms / 1000, settings.multi_vectors
        if settings.reranker == self._chosen:
            return
        self._chosen = settings.reranker
        try:
            self.use(scorer_for(settings.reranker, encoder))
        except UserError as error:
            self.use(None)
            self._emit(ErrorReport(error.title, error.message, error.path))

    def use(self, scorer: Scorer | None) -> None:
        """Look with another scorer from now on; with none, not at all."""
        self._scorer, self._look = scorer, None

    @property
    def _in_use(self) -> Scorer | None:
        """What scores now: the library's models may have changed."""
        return self._scorer or (self._own() if self._wants_own else None)

    def get_ready(self) -> None:
        """Have what scores loaded: a query will want it."""
        if scorer := self._in_use:
            scorer.get_ready()

    def ask(self, text: str) -> None:
        """Take note of what is asked for by now: a look at the answer to something else is given up."""
        self._look = None
        if text != self._text:
            self._text, self._known = text, {}
            if scorer := self._in_use:
                scorer.give_up()

    def look(self, generation: int, results: Sequence[SearchResult]) -> None:
        """Look at the complete answer soon; what needs no more looking at is told at once."""
        scorer = self._in_use
        if scorer is None or not (self._text and results):
            return
        if scorer is not self._known_by:
            self._known, self._known_by = {}, scorer
        documents = CloserLook(results, self._budget_s, self._known)
        look = self._look = _Look(generation, self._text, documents, scorer)
        if documents.next_passages():
            self._queue.put_later(_PAUSE_S, Priority.QUERY, functools.partial(self._begin, look))
        else:
            self._finish(look)

    def _begin(self, look: _Look) -> None:
        if look is self._look:
            self._emit(RerankingBegun(look.generation))
            self._go_on(look)

    def _go_on(self, look: _Look) -> None:
        if passages := look.documents.next_passages():
            look.scorer.score(look.text, passages, functools.partial(self._hand_over, look, passages))
        else:
            self._finish(look)

    def _hand_over(self, look: _Look, passages: Sequence[str], scores: Scores | UserError) -> None:
        """Bring the scores into the worker's thread."""
        self._queue.put(Priority.QUERY, functools.partial(self._take, look, passages, scores))

    def _take(self, look: _Look, passages: Sequence[str], scores: Scores | UserError) -> None:
        if isinstance(scores, UserError):
            self._give_up(look.scorer, scores)
            return
        look.documents.take(passages, scores)  # worth knowing where the same has been asked again meanwhile
        if look is self._look:
            self._go_on(look)

    def _finish(self, look: _Look) -> None:
        self._emit(Reranked(look.generation, look.documents.paths()))

    def _give_up(self, scorer: Scorer, error: UserError) -> None:
        """Look no more with what failed: each query would meet the same error again. The first order is not touched."""
        if scorer is not self._in_use:
            return
        self._scorer, self._wants_own = None, False
        self._emit(ErrorReport(error.title, f"{error.message} Results stay in their first order.", error.path))
        if self._look:
            self._emit(Reranked(self._look.generation, ()))
