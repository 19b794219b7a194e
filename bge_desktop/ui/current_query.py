"""A query that somebody looks at: asked, answered, asked for more, and asked again while the library changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from bge_desktop.messages import Event, Facets, FindPassages, FoundPassages, Request, Search, SearchAnswer, Sentences

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
    """

    answered = Signal(object)
    """A `SearchAnswer`."""
    sentences_found = Signal(object)
    """`Sentences` of the results."""
    facets_counted = Signal(object)
    """`Facets`, of the whole library where nothing is typed."""
    passages_found = Signal(object)
    """`FoundPassages` of a result."""

    def __init__(
        self,
        submit: Callable[[Request], None],
        generations: Iterator[int],
        parent: QObject,
        *,
        refresh_ms: int,
        limit: int = FIRST_LIMIT,
        facets: bool = True,
    ) -> None:
        super().__init__(parent)
        self._submit, self._generations, self._facets = submit, generations, facets
        self._query, self._generation, self._limit, self._first_limit = "", 0, limit, limit
        self._unanswered = self._asked_again = self._outdated = self._is_aside = False
        self._timer = QTimer(self, singleShot=True, interval=refresh_ms)
        self._timer.timeout.connect(self._refresh)

    def search(self, query: str) -> None:
        """Ask for the results of a query; of a blank one there are facets only."""
        self._query, self._asked_again, self._limit = query, False, self._first_limit
        self.ask()

    def ask(self) -> None:
        """Ask, unless the query is set aside: then later."""
        if self._is_aside:
            return
        self._generation = next(self._generations)
        self._outdated = False
        self._unanswered = bool(self._query.strip())
        self._submit(Search(self._query, self._generation, self._limit, facets=self._facets))

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

    def _raise_limit(self, limit: int) -> None:
        if limit > self._limit and not self._unanswered:
            self._limit = limit
            self._asked_again = True
            self.ask()

    def _is_meant(self, event: SearchAnswer | Sentences | Facets | FoundPassages) -> bool:
        return event.generation == self._generation and not self._is_aside

    def _take_answer(self, answer: SearchAnswer) -> None:
        if not self._query.strip():
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
