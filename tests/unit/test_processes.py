"""Child processes and the messages that pass, with small children written here."""

from __future__ import annotations

import io
import logging
import queue
import sys

import pytest

from bge_desktop import processes
from bge_desktop.errors import UserError
from bge_desktop.processes import ChildProcess, read_message, write_message

ECHO = """
from bge_desktop.processes import ParentChannel
channel = ParentChannel()
print("noise on standard output")
for header, payload in channel.requests():
    channel.reply({"echo": header}, payload)
"""


@pytest.fixture
def child(monkeypatch, request):
    """A child that runs a piece of code; the messages and the exit status that it gave."""
    code = getattr(request, "param", ECHO)
    monkeypatch.setattr(processes, "child_command", lambda role: [sys.executable, "-c", code])
    messages, exits = queue.SimpleQueue(), queue.SimpleQueue()
    own = ChildProcess("test", lambda *message: messages.put(message), exits.put)
    own.messages, own.exits = messages, exits
    yield own
    own.close()


@pytest.mark.parametrize("child", ["raise SystemExit(7)"], indirect=True)
def test_an_exit_that_is_no_good_one_is_logged(child, caplog):
    caplog.set_level(logging.INFO, "bge_desktop")
    assert child.exits.get(timeout=10) == 7
    assert "A process ended with exit status 7: test" in caplog.text


@pytest.mark.parametrize("child", ["import sys; print('a document', file=sys.stderr)"], indirect=True)
def test_without_a_terminal_what_a_child_prints_is_dropped(child, capfd):
    assert child.exits.get(timeout=10) == 0
    assert capfd.readouterr() == ("", "")


def test_a_message_comes_back_as_it_was_sent():
    stream = io.BytesIO()
    write_message(stream, {"text": "表\udcff"}, b"\x00\xff")
    stream.seek(0)
    assert read_message(stream) == ({"text": "表\udcff"}, b"\x00\xff")
    assert read_message(stream) is None


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x00", b"\x00\x00\x00\x05\x00\x00\x00\x00{}", b"\xff" * 8, b"\0\0\0\2\0\0\0\0[}"]
)
def test_a_stream_that_ends_early_or_lies_ends(data):
    assert read_message(io.BytesIO(data)) is None


def test_a_message_longer_than_allowed_ends_the_stream():
    stream = io.BytesIO()
    write_message(stream, {}, b"12345")
    for largest, expected in ((5, ({}, b"12345")), (4, None)):
        stream.seek(0)
        assert read_message(stream, largest) == expected


def test_an_environment_without_secrets_keeps_what_a_program_needs(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("API_KEY", "secret")
    monkeypatch.setenv("MY_PATH", "secret")
    kept = processes.harmless_environment()
    assert {"PATH", "LC_ALL"} <= kept.keys()
    assert "secret" not in kept.values()


def test_requests_and_replies_pass_although_the_child_prints(child):
    child.send({"n": 1}, b"payload")
    assert child.messages.get(timeout=10) == ({"echo": {"n": 1}}, b"payload")


def test_a_killed_child_is_told_once_and_sending_to_it_is_no_error(child):
    child.kill()
    assert child.exits.get(timeout=10) != 0
    child.send({"n": 1})
    child.close()
    assert child.exits.empty()


@pytest.mark.parametrize(
    "child", ["import os; os.write(1, b'nonsense' * 9); import time; time.sleep(60)"], indirect=True
)
def test_a_child_that_sends_nonsense_is_ended(child):
    assert child.exits.get(timeout=10) != 0


@pytest.mark.parametrize("child", ["import time; time.sleep(60)"], indirect=True)
def test_a_child_that_does_not_leave_is_killed(child):
    child.close(timeout=0.1)
    assert child.exits.get(timeout=10) != 0


def test_a_program_that_cannot_be_started_is_an_error(monkeypatch):
    monkeypatch.setattr(processes, "child_command", lambda role: ["/nowhere/program"])
    with pytest.raises(UserError, match="could not be started"):
        ChildProcess("test", lambda *_: None, lambda _: None)


def test_a_child_never_imports_from_the_current_folder(tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("open('captured', 'w')")
    monkeypatch.chdir(tmp_path)
    exits = queue.SimpleQueue()
    ChildProcess("encoder", lambda *_: None, exits.put).close(timeout=20)
    assert exits.get(timeout=10) == 0
    assert not (tmp_path / "captured").exists()
