from __future__ import annotations

import contextlib
import os
import threading
import time

import pytest

from bge_desktop.errors import UserError
from bge_desktop.handover import ADDRESS_FILE, address, client
from bge_desktop.handover.channel import Channel, ChannelError
from bge_desktop.handover.forms import Done
from bge_desktop.handover.server import Server, Visit
from bge_desktop.messages import AddFolder, ErrorReport, IndexNow, LibraryStatus, Progress, Rescan, WindowWanted

STATUS = LibraryStatus((), 3, 4, 0, 0, (), 5, embedded=6)


@pytest.fixture(autouse=True)
def nothing_is_leaked():
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive(), thread


@pytest.fixture
def library(tmp_path):
    return str(tmp_path)


class Writer:
    """Takes visits, and answers each with the replies that it was given."""

    def __init__(self, library, *replies, is_window=False):
        self.replies, self.is_window = replies, is_window
        self.visits, self.wanted = [], []
        self.has_visit = threading.Event()
        self.server = Server(library, self.take, self.show)

    def take(self, visit):
        self.visits.append(visit)
        self.has_visit.set()
        for reply in self.replies:
            visit.tell(reply)

    def show(self, wanted):
        self.wanted.append(wanted)
        return self.is_window

    def close(self):
        self.server.close()


@contextlib.contextmanager
def writing(library, *replies, **options):
    with contextlib.closing(Writer(library, *replies, **options)) as writer:
        yield writer


def test_requests_are_handed_over_and_the_state_comes_back(library):
    shown = []
    with writing(library, Progress(files=1), Progress(files=2), STATUS) as writer:
        assert client.until_done(library, [AddFolder("/x"), Rescan()], shown.append) == STATUS
        [visit] = writer.visits
        assert (visit.requests, visit.waits) == ((IndexNow(), AddFolder("/x"), Rescan()), True)
    assert shown == [Progress(files=1), Progress(files=2)]


def test_who_does_not_wait_hears_that_it_was_taken_up(library):
    with writing(library, Done()) as writer:
        assert client.taken(library, [Rescan()])
        assert not writer.visits[0].waits


@pytest.mark.parametrize("ask", [lambda *_: client.until_done(*_, print), client.taken])
def test_an_error_of_a_request_is_the_askers(library, ask):
    with writing(library, ErrorReport("Folder not found", "Check the path.", "/x")):
        with pytest.raises(UserError) as caught:
            ask(library, [AddFolder("/x")])
        assert (caught.value.title, caught.value.path) == ("Folder not found", "/x")


@pytest.mark.parametrize("is_window", [True, False])
def test_a_window_is_shown_where_there_is_one(library, is_window):
    with writing(library, is_window=is_window) as writer:
        assert client.window_shown(library, WindowWanted(("/x",), "token")) is is_window
        assert writer.wanted == [WindowWanted(("/x",), "token")]
        assert client.writer_process(library) == os.getpid()


def test_without_a_writer_nothing_is_taken_up(library):
    assert client.until_done(library, [Rescan()], print) is None
    assert not client.taken(library, [Rescan()])
    assert not client.window_shown(library, WindowWanted())
    assert client.writer_process(library) is None


def test_who_still_waits_at_the_end_goes_on_by_itself(library):
    answers = []
    writer = Writer(library, Progress())
    asking = threading.Thread(target=lambda: answers.append(client.until_done(library, [Rescan()], lambda _: None)))
    asking.start()
    assert writer.has_visit.wait(10)
    writer.close()
    asking.join()
    assert answers == [None]


def test_an_answer_that_was_given_arrives_though_the_writer_leaves(library):
    answers = []
    writer = Writer(library)
    asking = threading.Thread(target=lambda: answers.append(client.until_done(library, [Rescan()], lambda _: None)))
    asking.start()
    assert writer.has_visit.wait(10)
    writer.visits[0].tell(STATUS)
    writer.close()
    asking.join()
    assert answers == [STATUS]


def connected(library):
    found = address.read(library)
    return Channel(found.connect(1.0), found.key)


def test_one_who_leaves_in_the_middle_is_forgotten(library):
    with writing(library) as writer:
        with contextlib.closing(connected(library)) as channel:
            channel.greet_writer()
            channel.send({"requests": [], "waits": True}, 1.0)
            assert writer.has_visit.wait(10)
        wait_until(lambda: not writer.server._sessions)
        writer.visits[0].tell(Progress())
        assert writer.visits[0]._replies.qsize() == 1  # but for its end, nothing is kept for it


def wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize(
    "message",
    [{}, {"requests": 3}, {"requests": [3]}, {"requests": [{"type": "Search", "fields": {}}]}, {"window": 3}],
)
def test_what_makes_no_sense_is_given_up(library, message):
    with writing(library, STATUS) as writer, contextlib.closing(connected(library)) as channel:
        channel.greet_writer()
        channel.send(message, 1.0)
        with pytest.raises(ChannelError):
            channel.receive(1000, time.monotonic() + 10)
        assert writer.visits == []
        assert client.until_done(library, [Rescan()], print) == STATUS


def test_who_does_not_know_the_key_asks_nothing(library):
    with writing(library, STATUS) as writer:
        stranger = Channel(address.read(library).connect(1.0), "another")
        with contextlib.closing(stranger), pytest.raises(ChannelError):
            stranger.greet_writer()
        assert writer.visits == []


def test_those_who_hang_hold_up_nobody_and_only_a_few_are_served_at_once(library):
    with writing(library, STATUS), contextlib.ExitStack() as stack:
        for _ in range(7):
            stack.enter_context(contextlib.closing(connected(library)))
        assert client.until_done(library, [Rescan()], print) == STATUS
        for _ in range(3):
            stack.enter_context(contextlib.closing(connected(library)))
        assert client.until_done(library, [Rescan()], print) is None
    assert not os.path.exists(os.path.join(library, ADDRESS_FILE))


def test_a_library_that_cannot_be_written_is_not_listened_for(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        Server(str(tmp_path / "nowhere"), print, lambda _: False)


def test_after_its_end_a_visit_takes_no_replies():
    visit = Visit((), waits=True)
    visit.end()
    visit.tell(STATUS)
    assert visit.next_reply(1.0) is None
