"""A query that somebody looks at: asked, answered, asked for more, and asked again while the library changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from bge_desktop.messages import (
    Event,
    Facets,
    FindPassages,
    FoundPassages,
    Request,
    Reranked,
    RerankingBegun,
    RerankingEvent,
    Search,
    SearchAnswer,
    Sentences,
)

FIRST_LIMIT, _MOST_RESULTS = 50, 10_000
_MORE = 4
"""How many times as many results are asked for once the end of the list is reached."""


class CurrentQuery(QObject):
    """One of the places that ask. The worker answers one query at a time: all others are to be set aside meanwhile.

    Args:
        submit: takes requests.
        generations: numbers that no other query gets.
        parent: the owner.
        refresh_ms: how often, at most, the query is asked again while the library changes.
        limit: how many results are asked for at first.
        facets: whether facets are wanted, too.
        rerank: whether a better order is wanted, too, where a reranker is chosen.
    """

    answered = Signal(object)
    """A `SearchAnswer`."""
    sentences_found = Signal(object)
    """`Sentences` of the results."""
    facets_counted = Signal(object)
    """`Facets`, of the whole library where nothing is typed."""
    passages_found = Signal(object)
    """`FoundPassages` of a result."""
    reranking_changed = Signal(bool)
    """Whether a better order is being looked for."""
    reranked = Signal(object)
    """`Reranked`."""

    def __init__(
        self,
        submit: Callable[[Request], None],
        generations: Iterator[int],
        parent: QObject,
        *,
        refresh_ms: int,
        limit: int = FIRST_LIMIT,
        facets: bool = True,
        rerank: bool = True,
    ) -> None:
        super().__init__(parent)
        self._submit, self._generations, self._facets, self._rerank = submit, generations, facets, rerank
        self._query, self._generation, self._limit, self._first_limit = "", 0, limit, limit
        self._documents: tuple[int, ...] | None = None
        self._unanswered = self._asked_again = self._outdated = self._is_aside = False
        self._timer = QTimer(self, singleShot=True, interval=refresh_ms)
        self._timer.timeout.connect(self._refresh)

    @property
    def documents(self) -> tuple[int, ...] | None:
        """The documents that it keeps to, by their ids; None where it looks at all of them."""
        return self._documents

    def keep_to(self, documents: tuple[int, ...] | None) -> None:
        """From the next search on, look only at these documents, by their ids; None for all of them."""
        self._documents = documents

    def search(self, query: str) -> None:
        """Ask for the results of a query; of a blank one there are facets only, unless it keeps to some documents."""
        self._query, self._asked_again, self._limit = query, False, self._first_limit
        self.ask()

    def ask(self) -> None:
        """Ask, unless the query is set aside: then later."""
        if self._is_aside:
            return
        self._generation = next(self._generations)
        self._outdated = False
        self._unanswered = self._has_answer
        self._submit(self._request())

    def more(self, count: int) -> None:
        """Ask for more results, unless the `count` on show are all."""
        if count >= self._limit:
            self._raise_limit(min(self._limit * _MORE, _MOST_RESULTS))

    def all(self) -> None:
        """Ask for all results, up to 10,000."""
        self._raise_limit(_MOST_RESULTS)

    def find_passages(self, path: str) -> None:
        """Ask for the passages of a result."""
        self._submit(FindPassages(self._generation, path))

    def set_aside(self, is_aside: bool) -> None:
        """Leave the worker to another query, or come back and ask again."""
        if is_aside != self._is_aside:
            self._is_aside = is_aside
            if not is_aside:
                self._asked_again = True
                self.ask()

    def note_change(self) -> None:
        """Ask again, now or soon: the library has changed."""
        self._outdated = True
        self._refresh()

    def stop(self) -> None:
        """Ask no more by itself."""
        self._timer.stop()

    def take(self, event: Event) -> None:
        """Pass on what belongs to the query as it is now."""
        match event:
            case SearchAnswer() if self._is_meant(event):
                self._take_answer(event)
            case Sentences() if self._is_meant(event):
                self.sentences_found.emit(event)
            case Facets() if self._is_meant(event):
                self.facets_counted.emit(event)
            case FoundPassages() if self._is_meant(event):
                self.passages_found.emit(event)
            case RerankingBegun() | Reranked() if self._is_meant(event):
                self.reranking_changed.emit(isinstance(event, RerankingBegun))
                if isinstance(event, Reranked):
                    self.reranked.emit(event)

    def _request(self) -> Search:
        return Search(
            self._query,
            self._generation,
            self._limit,
            facets=self._facets,
            documents=self._documents,
            rerank=self._rerank,
        )

    @property
    def _has_answer(self) -> bool:
        """Whether the query finds anything: a blank one has no answer but the documents that it keeps to."""
        return bool(self._query.strip()) or self._documents is not None

    def _raise_limit(self, limit: int) -> None:
        if limit > self._limit and not self._unanswered:
            self._limit = limit
            self._asked_again = True
            self.ask()

    def _is_meant(self, event: SearchAnswer | Sentences | Facets | FoundPassages | RerankingEvent) -> bool:
        return event.generation == self._generation and not self._is_aside

    def _take_answer(self, answer: SearchAnswer) -> None:
        if not self._has_answer:
            return
        self._unanswered = not answer.complete  # from here on, who is told of it may ask for more
        # Asked again, the list on show is better than half an answer: it would only flicker.
        if answer.complete or not self._asked_again:
            self.answered.emit(answer)
        if answer.complete:
            self._refresh()

    def _refresh(self) -> None:
        # While an answer is outstanding a newer question would only put it off.
        if self._outdated and not (self._unanswered or self._is_aside or self._timer.isActive()):
            self._asked_again = True
            self._timer.start()
            self.ask()
