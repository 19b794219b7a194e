"""Answering queries: words at once, meaning as soon as the encoder has the query's vector."""

from __future__ import annotations

import dataclasses
import functools
import gc
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from bge_desktop.bge.embeddings import Embeddings, QueryVector, Vectors
from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model, as_read
from bge_desktop.bge.script import Language
from bge_desktop.errors import UserError
from bge_desktop.library.library import Library
from bge_desktop.library.storage import explained
from bge_desktop.messages import (
    ErrorReport,
    Event,
    FindPassages,
    FoundPassages,
    Mode,
    Search,
    SearchAnswer,
    SearchResult,
    Sentences,
    Span,
)
from bge_desktop.search.further import further_passages
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.queries import languages_for, understood
from bge_desktop.search.reranking import OwnScorer
from bge_desktop.search.searcher import Found, QueryVectors, Searcher
from bge_desktop.search.telling import SentenceTask, sentence_tasks
from bge_desktop.worker.counting import FacetCounting
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.reranking import Reranking

# An encoder that runs answers within this time; words alone are shown when it has not (it is starting, say).
_PATIENCE_S = 0.08
# The sentences are wanted when one stops typing to read.
_READING_S = 0.25
_SENTENCES_FOR = 6
_CACHED_QUERIES = 256


_Place = tuple[str, int, int]  # the path of a result, and the range of its passage


class _Asked:
    """The query in hand: what is known of it so far, and the models that are in use while it is asked."""

    def __init__(self, request: Search, searcher: Searcher, models: Mapping[Language, Model]) -> None:
        self.request, self.models = request, models
        self.started = time.perf_counter()
        self.query = understood(request.query, request.documents)
        self.words = searcher.words(self.query)
        self.text = self.words.put_right(self.query.text)
        self.vectors: dict[Language, QueryVector] = {}
        self.waiting: set[Model] = set()
        self.is_answered = self.is_blank = not request.query.strip() and request.documents is None

    def take(self, model: Model, vector: QueryVector) -> None:
        """Take note of what a model gave of the text, for all languages that it reads."""
        self.vectors |= dict.fromkeys([language for language, own in self.models.items() if own == model], vector)


class Searching:
    """Answers the newest query; older ones fall away.

    Args:
        library: where to search.
        encoder: what embeds queries.
        queue: of the worker's thread, in which everything here runs.
        emit: takes the answers.

    Attributes:
        reranking: looks more closely at what was answered.
    """

    def __init__(self, library: Library, encoder: Encoder, queue: JobQueue, emit: Callable[[Event], None]) -> None:
        self._library, self._encoder, self._queue, self._emit = library, encoder, queue, emit
        self._searcher = Searcher(library)
        self._counting = FacetCounting(library, queue, emit)
        self.reranking = Reranking(queue, emit, OwnScorer(encoder, library).get)
        self._asked: _Asked | None = None
        # of the query in hand: it is asked again whenever the library has changed
        self._sentences: dict[_Place, Span] = {}
        self._told: str | None = None
        self._known: OrderedDict[tuple[Model, str], QueryVector] = OrderedDict()

    @property
    def unanswered(self) -> Search | None:
        """The newest query, as long as its complete answer is still to come."""
        return self._asked.request if self._asked and not self._asked.is_answered else None

    def words_of(self, typed: str) -> WordQuery:
        """Return what is looked for of the text of a query."""
        if self._asked is not None and self._asked.request.query == typed:
            return self._asked.words
        return self._searcher.words(understood(typed))

    def warm_up(self) -> None:
        """Have ready what the first query will want."""
        self.get_ready()
        self._queue.put(Priority.INDEX, self._read_words)

    def get_ready(self) -> None:
        """Have the encoder started, and the models loaded that a query will want, unless it runs already."""
        self.reranking.get_ready()
        if self._encoder.pid is not None:
            return
        for model in {
            self._library.models[language] for language, index in self._library.vectors.items() if len(index)
        }:
            self._encoder.embed(model, [""], self._hand_over_warmth, TextKind.QUERY)

    def _read_words(self) -> None:
        """Read what the first searches would have to wait for, a portion at a time, before they come."""
        if not self._searcher.read_ahead():
            self._queue.put(Priority.INDEX, self._read_words)
            return
        # all of this stays: looking through it for what is garbage stopped every thread for 40 ms, again and again
        gc.freeze()

    def _hand_over_warmth(self, vectors: Vectors | UserError) -> None:
        if isinstance(vectors, UserError):
            self._queue.put(Priority.NEWS, functools.partial(self._report, vectors))

    def _report(self, error: UserError) -> None:
        self._emit(ErrorReport(error.title, error.message, error.path))

    def search(self, request: Search) -> None:
        """Start answering a query."""
        self._counting.forget()
        try:
            asked = _Asked(request, self._searcher, self._library.models)
        except (sqlite3.Error, OSError) as error:
            self._report(explained(error, self._library.folder))
            self._emit(SearchAnswer(request.query, request.generation, (), 0.0))
            return
        if self._asked is None or asked.text != self._asked.text:
            self._sentences.clear()
        self._asked = asked
        self.reranking.ask(asked.text)
        self._encoder.drop(TextKind.SENTENCE)  # of the query before, whose list nobody reads any more
        if asked.is_blank:
            self._emit(SearchAnswer(request.query, request.generation, (), 0.0))
            self._count_facets(asked, 0.0)
            return
        if request.mode is not Mode.LEXICAL:
            self._ask_for_vectors(asked)
        if asked.waiting:
            self._queue.put_later(_PATIENCE_S, Priority.QUERY, functools.partial(self._answer_by_words, asked))
        else:
            self._answer(asked)

    def find_passages(self, request: FindPassages) -> None:
        """Tell the passages of a document that answer the query in hand; a request that is of another falls away."""
        asked = self._asked
        if asked is None or request.generation != asked.request.generation:
            return
        vectors = asked.vectors if self._is_current(asked) else {}
        found = further_passages(self._library, asked.query, asked.words, vectors, request.path, request.limit)
        self._emit(FoundPassages(request.generation, request.path, found))

    def _is_current(self, asked: _Asked) -> bool:
        """Whether a query is the newest, and the models are in use of which it has its vectors.

        Those of one model tell nothing in the index of another.
        """
        return asked is self._asked and asked.models is self._library.models

    def _ask_for_vectors(self, asked: _Asked) -> None:
        for model in {asked.models[language] for language in languages_for(self._library, asked.text)}:
            known = self._recall(model, asked.text)
            if known is not None:
                asked.take(model, known)
                continue
            asked.waiting.add(model)
            done = functools.partial(self._hand_over, asked, model)
            self._encoder.embed_fully(model, [asked.text], done, TextKind.QUERY)

    def _hand_over(self, asked: _Asked, model: Model, given: Embeddings | UserError) -> None:
        """Bring the encoder's answer into the worker's thread."""
        self._queue.put(Priority.QUERY, functools.partial(self._take_vector, asked, model, given))

    def _take_vector(self, asked: _Asked, model: Model, given: Embeddings | UserError) -> None:
        asked.waiting.discard(model)
        if isinstance(given, UserError):
            self._report_once(given)
        else:
            self._told = None
            asked.take(model, given[0])
            self._remember(model, asked.text, given[0])
        if asked.waiting or asked is not self._asked:
            return
        if self._is_current(asked):
            self._answer(asked)
        else:
            self.search(asked.request)  # anew, of the models that are in use by now

    def _report_once(self, error: UserError) -> None:
        """Tell what is in the way of the meaning part, but not again with each key: words are found all the same."""
        if str(error) != self._told:
            self._report(error)
        self._told = str(error)

    def _recall(self, model: Model, text: str) -> QueryVector | None:
        """Return the vector of a query that a model cannot tell from this one, if there was one lately."""
        key = model, as_read(model, text)
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def _remember(self, model: Model, text: str, vector: QueryVector) -> None:
        key = model, as_read(model, text)
        self._known[key] = vector
        self._known.move_to_end(key)
        if len(self._known) > _CACHED_QUERIES:
            self._known.popitem(last=False)

    def _answer_by_words(self, asked: _Asked) -> None:
        if asked is self._asked and asked.waiting:
            self._emit(self._message(asked, self._searched(asked, {}, Mode.LEXICAL), complete=False))

    def _answer(self, asked: _Asked) -> None:
        found = self._searched(asked, asked.vectors, asked.request.mode)
        results = tuple(map(self._with_sentence, found.results))
        self._emit(self._message(asked, dataclasses.replace(found, results=results), complete=True))
        asked.is_answered = True
        unknown = tuple(r for r in results[:_SENTENCES_FOR] if self._place_of(r) not in self._sentences)
        look_closer = functools.partial(self._ask_for_sentences, asked, unknown)
        self._queue.put_later(_READING_S, Priority.QUERY, look_closer)
        if asked.request.rerank and found.is_ranked:
            self.reranking.look(asked.request.generation, results)
        self._count_facets(asked, _READING_S)

    def _count_facets(self, asked: _Asked, delay_s: float) -> None:
        if asked.request.facets:
            self._counting.begin(asked.request.generation, asked.query, delay_s)

    def _searched(self, asked: _Asked, vectors: QueryVectors, mode: Mode) -> Found:
        """Search; a library that cannot be read is reported, and nothing is found: the window waits for an answer."""
        try:
            return self._searcher.search(asked.query, vectors, asked.request.limit, mode, asked.words)
        except (sqlite3.Error, OSError) as error:
            self._report(explained(error, self._library.folder))
            return Found(())

    def _with_sentence(self, result: SearchResult) -> SearchResult:
        """Return a result with its most telling sentence, where that has been found for this query before."""
        known = self._sentences.get(self._place_of(result))
        return result.with_sentence(known) if known else result

    @staticmethod
    def _place_of(result: SearchResult) -> _Place:
        return result.path, result.start, result.end

    @staticmethod
    def _message(asked: _Asked, found: Found, *, complete: bool) -> SearchAnswer:
        took_ms = (time.perf_counter() - asked.started) * 1000
        return SearchAnswer(
            asked.request.query,
            asked.request.generation,
            found.results,
            took_ms,
            complete,
            found.hints,
            found.total,
            found.is_ranked,
        )

    def _ask_for_sentences(self, asked: _Asked, results: tuple[SearchResult, ...]) -> None:
        if not self._is_current(asked):
            return
        for task in sentence_tasks(results, asked.vectors):
            done = functools.partial(
                self._hand_over_sentences, asked, {r.path: self._place_of(r) for r in results}, task
            )
            self._encoder.embed(asked.models[task.language], task.texts, done, TextKind.SENTENCE)

    def _hand_over_sentences(
        self, asked: _Asked, places: dict[str, _Place], task: SentenceTask, vectors: Vectors | UserError
    ) -> None:
        if isinstance(vectors, UserError):
            return  # the list stands; the query itself reports an encoder that fails
        found = task.best(asked.vectors[task.language].dense, vectors)
        self._queue.put(Priority.QUERY, functools.partial(self._show_sentences, asked, places, found))

    def _show_sentences(self, asked: _Asked, places: dict[str, _Place], found: tuple[tuple[str, Span], ...]) -> None:
        if asked is self._asked:
            self._sentences.update((places[path], span) for path, span in found)
            self._emit(Sentences(asked.request.generation, found))
