"""The process that groups and learns: started on demand, and no failure of it goes unseen."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import time

import pytest

from bge_desktop.errors import UnderstandingError
from bge_desktop.understand.helper import Answer, Helper

_EXAMPLE = {"library": "/nowhere", "spaces": []}


@pytest.fixture
def helper():
    with contextlib.closing(Helper()) as own:
        yield own


def asked(helper, op="group", header=_EXAMPLE):
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    helper.ask(op, header, b"", answers.put)
    return answers


def test_what_an_operation_raises_is_told(helper):
    assert helper.pid is None
    error = asked(helper).get(timeout=60)
    assert isinstance(error, UnderstandingError)
    assert "No library" in str(error)
    assert helper.pid


def test_an_unknown_operation_ends_nothing(helper):
    error = asked(helper, "nonsense").get(timeout=60)
    assert isinstance(error, UnderstandingError)
    pid = helper.pid
    asked(helper).get(timeout=60)
    assert helper.pid == pid


@pytest.mark.skipif(os.name != "posix", reason="stops a process by a signal")
def test_a_process_that_dies_is_told_and_another_one_starts(helper):
    asked(helper).get(timeout=60)
    dead = helper.pid
    os.kill(dead, signal.SIGSTOP)  # so that it owes an answer when it dies
    answers = asked(helper)
    os.kill(dead, signal.SIGKILL)
    error = answers.get(timeout=60)
    assert isinstance(error, UnderstandingError)
    assert "exit status" in error.message
    assert not isinstance(asked(helper).get(timeout=60), Answer)
    assert helper.pid not in (None, dead)


def test_it_leaves_when_it_is_quiet_and_comes_back():
    with contextlib.closing(Helper(quiet_s=0.05)) as helper:
        asked(helper).get(timeout=60)
        deadline = time.monotonic() + 60
        while helper.pid is not None:
            assert time.monotonic() < deadline, "it never left"
            time.sleep(0.05)
        assert isinstance(asked(helper).get(timeout=60), UnderstandingError)


def test_after_closing_nothing_is_asked():
    helper = Helper()
    helper.close()
    answers = asked(helper)
    assert answers.empty()
    assert helper.pid is None
