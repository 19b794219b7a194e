from __future__ import annotations

import json
import socket
import struct
import threading
import time

import pytest

from bge_desktop.handover.channel import Channel, ChannelError


@pytest.fixture
def ends():
    """Two ends of a connection with one key, and the second one's socket."""
    first, second = socket.socketpair()
    channels = Channel(first, "key"), Channel(second, "key"), second
    yield channels
    first.close()
    second.close()


def soon():
    return time.monotonic() + 0.2


def framed(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def test_a_message_arrives_as_it_was_sent(ends):
    writer, visitor, _ = ends
    message = {"path": "/tmp/\udcff", "text": "文件 😀", "number": 3, "none": None}
    visitor.send(message, 1.0)
    assert writer.receive(1000, soon()) == message


def greet(writer_key, visitor_key):
    """What each side says of the other: None, or that it does not have the key."""
    first, second = socket.socketpair()
    writer, visitor, found = Channel(first, writer_key), Channel(second, visitor_key), []

    def listen():
        try:
            writer.greet_visitor(soon())
            found.append(None)
        except ChannelError as error:
            found.append(str(error))
        first.close()

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        visitor.greet_writer()
        found.insert(0, None)
    except ChannelError as error:
        found.insert(0, str(error))
    second.close()
    thread.join()
    return found


def test_both_sides_prove_that_they_have_the_key():
    assert greet("key", "key") == [None, None]


def test_neither_goes_on_with_one_who_does_not():
    of_writer, of_visitor = greet("key", "another")
    assert of_writer == "The other side does not have the key"
    assert of_visitor is not None


def test_a_proof_of_one_side_is_none_of_the_other(ends):
    """A writer that is asked to prove itself cannot be made to answer its own question."""
    writer, _, stranger = ends
    thread = threading.Thread(target=lambda: stranger.sendall(framed(json.dumps({"nonce": "n"}).encode())))
    thread.start()
    errors = []

    def listen():
        with pytest.raises(ChannelError) as caught:
            writer.greet_visitor(time.monotonic() + 5)
        errors.append(str(caught.value))

    listening = threading.Thread(target=listen)
    listening.start()
    thread.join()
    answer = Channel(stranger, "").receive(2000, time.monotonic() + 5)
    stranger.sendall(framed(json.dumps({"proof": answer["proof"]}).encode()))
    listening.join()
    assert errors == ["The other side does not have the key"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        framed(b"{"),
        framed(b"[]"),
        framed(b"3"),
        framed(b"\xff\xfe"),
        framed(b"[" * 900 + b"]" * 900),
        struct.pack(">I", 1 << 31),
        framed(b'{"nonce": 3}'),
        framed('{"nonce": "é"}'.encode()),
        framed(b"{}"),
        b"",
        b"\0\0",
        struct.pack(">I", 20) + b"cut",
    ],
)
def test_garbage_is_given_up(ends, garbage):
    writer, _, stranger = ends
    stranger.sendall(garbage)
    stranger.shutdown(socket.SHUT_WR)
    with pytest.raises(ChannelError):
        writer.greet_visitor(time.monotonic() + 5)


def test_one_who_says_nothing_is_given_up(ends):
    with pytest.raises(ChannelError):
        ends[0].greet_visitor(soon())


def test_one_who_says_a_little_now_and_then_gains_no_time(ends):
    writer, _, stranger = ends
    is_over = threading.Event()

    def drip():
        stranger.sendall(struct.pack(">I", 1000))
        while not is_over.wait(0.02):
            stranger.sendall(b" ")

    thread = threading.Thread(target=drip)
    thread.start()
    with pytest.raises(ChannelError):
        writer.greet_visitor(soon())
    is_over.set()
    thread.join()


def test_one_who_does_not_read_is_given_up(ends):
    with pytest.raises(ChannelError):
        ends[0].send({"text": "x" * (8 << 20)}, 0.1)


def test_whether_the_other_side_has_left(ends):
    writer, visitor, _ = ends
    assert not writer.has_ended()
    visitor.close()
    assert writer.has_ended()


def test_one_who_waits_for_ever_is_woken(ends):
    writer, _, _ = ends
    caught = []

    def wait():
        with pytest.raises(ChannelError) as error:
            writer.receive(100)
        caught.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    writer.shut_down()
    thread.join()
    assert caught
