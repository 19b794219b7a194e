"""When the documents are grouped: asked for at once, by itself only at leisure; and what is told of it."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.errors import RequestError, UnderstandingError
from bge_desktop.library.library import Library
from bge_desktop.messages import ErrorReport, Event, GroupAnew, LibraryChanged, RenameTopic, ShowTopics, Topics
from bge_desktop.understand import grouping
from bge_desktop.understand.helper import Answer
from bge_desktop.worker.grouping import Grouping
from bge_desktop.worker.queue import JobQueue, Priority
from tests.unit.grouped import GroupedLibrary


class Here:
    """Does in this process what the helper does in another, once it is told to."""

    def __init__(self) -> None:
        self.asked = []
        self.error: UnderstandingError | None = None

    def ask(self, op, header, payload, done):
        assert op == "group"
        self.asked.append((header, payload, done))

    def answer(self):
        header, payload, done = self.asked.pop(0)
        if self.error:
            done(self.error)
        else:
            found, made = grouping.group(json.loads(json.dumps(header)), payload)
            done(Answer(found, made))


def run_ready(queue: JobQueue) -> int:
    """Run the jobs that are ready; return how many there were."""
    is_over: list[None] = []
    queue.put(Priority.INDEX, lambda: is_over.append(None))
    count = -1
    while not is_over:
        job = queue.take()
        assert job
        job()
        count += 1
    return count


class Bench:
    """A worker's part by itself."""

    def __init__(self, library: Library) -> None:
        self.grouped, self.helper, self.events = GroupedLibrary(library), Here(), []
        self.queue, self.is_at_leisure, self.is_catching_up = JobQueue(), True, False
        self.part = Grouping(
            library,
            self.helper,
            self.queue,
            self.events.append,
            lambda _: self.is_at_leisure,
            lambda: self.is_catching_up,
        )

    def run(self) -> list[Event]:
        """Run all jobs that are ready; return what was told meanwhile."""
        self.events.clear()
        while run_ready(self.queue):
            pass
        return list(self.events)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with contextlib.closing(Library(str(tmp_path / "library"))) as library:
        own = Bench(library)
        own.grouped.put("baking", 8)
        own.grouped.put("sailing", 8)
        yield own
        own.part.close()


def told(events: list[Event]) -> list[Topics]:
    return [event for event in events if isinstance(event, Topics)]


def test_what_is_asked_for_is_done_and_told_to_who_looks(bench: Bench) -> None:
    bench.part.do(ShowTopics())
    bench.part.do(GroupAnew())
    assert bench.part.is_busy
    [*_, before] = told(bench.run())
    assert (before.topics, before.is_grouping, before.grouped_at, before.unplaced) == ((), True, None, 16)
    bench.helper.answer()
    events = bench.run()
    assert LibraryChanged() in events
    [*_, after] = told(events)
    assert not after.is_grouping
    assert after.grouped_at
    assert sum(topic.documents for topic in after.topics if topic.parent is None) == 16
    assert not bench.part.is_busy


def test_by_itself_it_begins_only_at_leisure(bench: Bench) -> None:
    bench.is_at_leisure = False
    bench.part.look()
    bench.run()
    assert not bench.helper.asked
    assert not bench.part.is_busy
    bench.is_at_leisure = True
    bench.part.look()
    bench.run()
    assert len(bench.helper.asked) == 1
    assert not bench.part.is_busy  # nobody waits for it


def test_new_documents_are_placed_and_told_without_grouping(bench: Bench) -> None:
    bench.grouped.group()
    bench.part.do(ShowTopics(points=False))
    bench.run()
    [document] = bench.grouped.put("baking")
    bench.part.look()
    [*_, last] = told(bench.run())
    assert last.points is None
    assert last.unplaced == 0
    assert bench.grouped.topic_of(document) == bench.grouped.topic_of(1)
    assert not bench.helper.asked


def test_what_comes_while_the_documents_are_grouped_is_placed_afterwards(bench: Bench) -> None:
    bench.part.do(GroupAnew())
    bench.run()
    header, payload, done = bench.helper.asked[0]
    answer = grouping.group(header, payload)
    [document] = bench.grouped.put("sailing")
    bench.part.look()
    bench.run()
    done(Answer(*answer))
    bench.run()
    assert bench.grouped.topic_of(document) == bench.grouped.topic_of(9)


def test_a_failure_is_told_and_not_tried_again_by_itself(bench: Bench) -> None:
    bench.helper.error = UnderstandingError("Documents could not be compared", "There is no memory.")
    bench.part.look()
    bench.run()
    bench.helper.answer()
    assert ErrorReport("Documents could not be compared", "There is no memory.") in bench.run()
    bench.part.look()
    bench.run()
    assert not bench.helper.asked
    bench.part.do(GroupAnew())
    bench.run()
    assert bench.helper.asked


def test_what_is_asked_for_waits_until_the_documents_have_their_vectors(bench: Bench) -> None:
    bench.grouped.group()
    bench.grouped.wait(range(1, 9))
    bench.is_catching_up = True
    bench.part.do(GroupAnew())
    assert bench.run() == []
    assert not bench.helper.asked
    assert bench.part.is_busy
    bench.grouped.wait([])
    bench.part.look()
    bench.run()
    assert bench.helper.asked


def test_who_asks_is_told_where_the_vectors_do_not_come(bench: Bench) -> None:
    bench.grouped.group()
    before = bench.grouped.state()
    bench.grouped.wait(range(1, 9))
    bench.part.do(ShowTopics())
    bench.part.do(GroupAnew())
    events = bench.run()
    assert [own.title for own in events if isinstance(own, ErrorReport)] == ["The documents cannot be grouped yet"]
    assert not told(events)[-1].is_grouping
    assert not bench.helper.asked
    assert not bench.part.is_busy
    assert bench.grouped.state() == before


@pytest.mark.parametrize("table", ["topics", "topic_places", "topic_spaces"])
def test_a_failed_write_ends_the_grouping_and_the_next_look_begins_anew(bench: Bench, table: str) -> None:
    db = bench.grouped.library.db
    db.execute(f"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'full'); END")
    bench.part.do(ShowTopics())
    bench.part.do(GroupAnew())
    bench.run()
    bench.helper.answer()
    with pytest.raises(sqlite3.Error):
        bench.run()
    assert not bench.part.is_busy
    assert not told(bench.run())[-1].is_grouping
    db.execute("DROP TRIGGER full")
    bench.part.look()
    bench.run()
    bench.helper.answer()
    bench.run()
    assert bench.grouped.topic_of(1)


def test_an_answer_that_cannot_be_read_ends_the_grouping(bench: Bench) -> None:
    bench.part.do(GroupAnew())
    bench.run()
    [(_, _, done)] = bench.helper.asked
    done(Answer({}, b""))
    with pytest.raises(EOFError):
        bench.run()
    assert not bench.part.is_busy
    bench.part.do(GroupAnew())
    bench.run()
    assert len(bench.helper.asked) == 2


def test_nobody_is_told_who_does_not_look(bench: Bench) -> None:
    bench.part.do(ShowTopics())
    bench.part.do(ShowTopics(watch=False))
    bench.grouped.group()
    bench.part.look()
    assert told(bench.run()) == []


def test_a_topic_is_renamed_or_the_error_says_that_it_is_gone(bench: Bench) -> None:
    bench.grouped.group()
    topic = bench.grouped.topic_of(1)
    assert topic
    bench.part.do(ShowTopics())
    bench.part.do(RenameTopic(topic, "  My \n cakes "))
    [*_, last] = told(bench.run())
    assert [(own.name, own.is_named) for own in last.topics if own.id == topic] == [("My cakes", True)]
    with pytest.raises(RequestError):
        bench.part.do(RenameTopic(10_000, "Nobody"))
