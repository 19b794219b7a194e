"""When the worker looks for a better order, and when it gives up."""

from __future__ import annotations

import numpy as np
import pytest

from bge_desktop.errors import EncoderError
from bge_desktop.messages import ErrorReport, Reranked, RerankingBegun, SearchResult, Why
from bge_desktop.settings import Settings
from bge_desktop.worker.queue import Priority
from bge_desktop.worker.reranking import Reranking

SETTINGS = Settings(reranking_ms=60_000)


class Queue:
    """The worker's queue, run by hand: what is for later is run last."""

    def __init__(self) -> None:
        self.ready, self.later = [], []

    def put(self, _priority: Priority, job) -> None:
        self.ready.append(job)

    def put_later(self, _seconds: float, _priority: Priority, job) -> None:
        self.later.append(job)

    def run(self) -> None:
        while self.ready or self.later:
            (self.ready or self.later).pop(0)()


class Held:
    """A scorer that answers when a test says so: the last document is the best."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self.given_up = 0
        self._waiting = []

    def get_ready(self) -> None: ...

    def give_up(self) -> None:
        self.given_up += 1
        self._waiting.clear()

    def score(self, query, passages, done) -> None:
        self.asked.append((query, list(passages)))
        self._waiting.append((passages, done))

    def answer(self, error: EncoderError | None = None) -> None:
        passages, done = self._waiting.pop(0)
        done(error or np.array([float(passage.split()[1]) for passage in passages], np.float32))


@pytest.fixture
def queue():
    return Queue()


@pytest.fixture
def told():
    return []


@pytest.fixture
def scorer():
    return Held()


@pytest.fixture
def reranking(queue, told, scorer):
    own = Reranking(queue, told.append)
    own.choose(SETTINGS, encoder=None)
    own.use(scorer)
    return own


def results(*numbers: int) -> list[SearchResult]:
    texts = [f"Passage {number}" for number in numbers]
    return [
        SearchResult(f"/{n}", "/", "", 0.0, 0.0, None, 0, 9, t, Why.MEANING)
        for n, t in zip(numbers, texts, strict=True)
    ]


def look_through(queue, scorer) -> None:
    queue.run()
    while scorer._waiting:
        scorer.answer()
        queue.run()


def test_a_better_order_follows_the_answer_after_a_pause(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(7, results(1, 2, 3))
    assert queue.ready == []
    assert len(queue.later) == 1
    look_through(queue, scorer)
    assert told == [RerankingBegun(7), Reranked(7, ("/3", "/2", "/1"))]


def test_a_newer_query_within_the_pause_is_the_one_that_is_looked_at(reranking, queue, scorer, told):
    for generation, text in ((1, "depos"), (2, "deposit")):
        reranking.ask(text)
        reranking.look(generation, results(1, 2))
    look_through(queue, scorer)
    assert {query for query, _ in scorer.asked} == {"deposit"}
    assert [event.generation for event in told] == [2, 2]


def test_a_newer_query_has_the_scorer_stop_and_the_older_one_is_told_no_more(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(1, results(1, 2, 3, 4))
    queue.run()
    reranking.ask("lease")
    assert scorer.given_up == 2  # for the first query, too
    queue.run()
    assert told == [RerankingBegun(1)]


def test_scores_that_come_too_late_start_nothing(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(1, results(1, 2, 3, 4))
    queue.run()
    scorer.answer()
    reranking.ask("lease")
    queue.run()
    assert told == [RerankingBegun(1)]
    assert len(scorer.asked) == 1


def test_the_same_query_asked_again_is_answered_at_once_from_what_is_known(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(1, results(1, 2))
    look_through(queue, scorer)
    asked = len(scorer.asked)
    reranking.ask("deposit")
    reranking.look(2, results(2, 1))
    assert told[-1] == Reranked(2, ("/2", "/1"))
    assert (len(scorer.asked), queue.later) == (asked, [])


def test_only_what_has_come_since_is_scored(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(1, results(1, 2))
    look_through(queue, scorer)
    reranking.ask("deposit")
    reranking.look(2, results(1, 2, 5))
    look_through(queue, scorer)
    assert scorer.asked[-1] == ("deposit", ["Passage 5"])
    assert told[-1] == Reranked(2, ("/5", "/2", "/1"))


def test_what_is_under_way_is_worth_knowing_where_the_same_is_asked_again(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(1, results(1, 2))
    queue.run()
    reranking.ask("deposit")
    reranking.look(2, results(1, 2))
    scorer.answer()
    queue.run()
    assert len(scorer.asked) == 1
    assert told[-1] == Reranked(2, ("/2", "/1"))


def test_an_error_is_told_once_and_the_first_order_holds(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(1, results(1, 2))
    queue.run()
    scorer.answer(EncoderError("Re-ranking failed", "The model x does not run here."))
    queue.run()
    report = ErrorReport("Re-ranking failed", "The model x does not run here. Results stay in their first order.")
    assert told == [RerankingBegun(1), report, Reranked(1, ())]
    reranking.ask("lease")
    reranking.look(2, results(1, 2))
    queue.run()
    assert len(told) == 3


def test_a_reranker_that_is_not_there_is_told_once(queue, told, tmp_path):
    reranking, missing = Reranking(queue, told.append), Settings(reranker=str(tmp_path / "gone"))
    for _ in range(2):
        reranking.choose(missing, encoder=None)
        reranking.ask("deposit")
        reranking.look(1, results(1, 2))
        queue.run()
    [report] = told
    assert (report.title, report.path) == ("Model cannot be read", missing.reranker)


def test_other_settings_leave_what_is_known_alone(reranking, queue, scorer, told):
    reranking.ask("deposit")
    reranking.look(1, results(1, 2))
    look_through(queue, scorer)
    reranking.choose(Settings(threads=2), encoder=None)
    reranking.ask("deposit")
    reranking.look(2, results(1, 2))
    assert told[-1] == Reranked(2, ("/2", "/1"))


def test_nothing_is_looked_at_without_a_text(reranking, queue, told):
    reranking.ask("")
    reranking.look(1, results(1, 2))
    queue.run()
    assert told == []
