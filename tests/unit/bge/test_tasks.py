"""The encoder process's queue, with the real tokenizers."""

from __future__ import annotations

import threading
import time

import pytest

from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.tasks import Task, Tasks

SHORT, LONG = "sea", "the sea and the ships that sail on it " * 20


def task(number, texts, kind=TextKind.PASSAGE, language="en"):
    return Task({"id": number, "kind": kind, "texts": texts}, BUNDLED[language])


@pytest.fixture
def tasks():
    return Tasks()


def put(tasks, *own):
    for one in own:
        tasks.put(one)
    return tasks.first()


def test_the_most_urgent_comes_first_and_then_the_oldest(tasks):
    kinds = [TextKind.PASSAGE, TextKind.SENTENCE, TextKind.PASSAGE, TextKind.QUERY]
    put(tasks, *(task(number, [SHORT], kind) for number, kind in enumerate(kinds)))
    came = []
    for _ in kinds:
        came.append(tasks.first().id)
        tasks.drop([came[-1]])
    assert came == [3, 1, 0, 2]


def test_passages_of_several_requests_share_a_batch_by_length(tasks):
    first, second = task(0, [SHORT, LONG]), task(1, [LONG, SHORT])
    batch = tasks.batch(put(tasks, first, second), 512)
    assert batch.texts == [(first, 1), (second, 0)]
    assert first.waiting == [0]
    assert second.waiting == [1]
    assert list(batch.tasks) == [first, second]


def test_a_batch_always_holds_a_text_of_the_oldest_request(tasks):
    oldest = task(0, [SHORT])
    batch = tasks.batch(put(tasks, oldest, task(1, [LONG] * 8)), 512)
    assert batch.texts == [(oldest, 0)]


@pytest.mark.parametrize(
    "other",
    [
        task(1, [SHORT], language="zh"),
        task(1, [SHORT], TextKind.SENTENCE),
        task(1, [SHORT], TextKind.QUERY),
    ],
)
def test_what_another_model_or_somebody_waits_for_shares_no_batch(tasks, other):
    passages = task(0, [SHORT])
    put(tasks, passages, other)
    assert tasks.batch(passages, 512).texts == [(passages, 0)]
    assert tasks.batch(other, 512).texts == [(other, 0)]


def test_queries_share_no_batch_so_that_each_is_answered_as_soon_as_can_be(tasks):
    queries = [task(number, [SHORT], TextKind.QUERY) for number in range(2)]
    assert tasks.batch(put(tasks, *queries), 512).texts == [(queries[0], 0)]


def test_one_that_failed_shares_no_batch_any_more(tasks):
    failed, other = task(0, [SHORT]), task(1, [SHORT])
    failed.is_alone = True
    assert tasks.batch(put(tasks, failed, other), 512).texts == [(failed, 0)]
    assert tasks.batch(other, 512).texts == [(other, 0)]


def test_what_is_put_back_waits_again(tasks):
    own = task(0, [SHORT, LONG, SHORT])
    batch = tasks.batch(put(tasks, own), 4096)
    assert own.waiting == []
    batch.put_back()
    assert sorted(own.waiting) == [0, 1, 2]


def test_sentences_come_in_small_batches(tasks):
    own = task(0, [LONG] * 4, TextKind.SENTENCE)
    assert len(tasks.batch(put(tasks, own), 4096).texts) == 1


def test_while_they_are_held_no_passages_run_but_queries_do(tasks):
    passages, query = task(0, [SHORT]), task(1, [SHORT], TextKind.QUERY)
    tasks.hold(0.2)
    held_until = time.monotonic() + 0.2
    assert put(tasks, passages, query) is query
    tasks.drop([1])
    assert tasks.first() is passages
    assert time.monotonic() >= held_until


def test_closing_ends_the_wait(tasks):
    found = [object()]
    waiting = threading.Thread(target=lambda: found.append(tasks.first()))
    waiting.start()
    tasks.close()
    waiting.join(60)
    assert found[-1] is None
