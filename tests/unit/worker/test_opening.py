from __future__ import annotations

import contextlib
import threading

import pytest

from bge_desktop.library.library import Library
from bge_desktop.messages import LibraryBusy
from bge_desktop.worker.opening import open_when_free


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path / "library")


def test_a_library_that_is_free_is_opened_without_a_word(folder):
    events = []
    with contextlib.closing(open_when_free(folder, events.append, threading.Event(), waits=True)):
        assert events == []


def test_one_that_is_busy_is_left(folder):
    events = []
    with contextlib.closing(Library(folder)):
        assert open_when_free(folder, events.append, threading.Event(), waits=False) is None
    assert events == [LibraryBusy(True)]


def test_one_that_is_busy_is_waited_for_until_nobody_wants_it_any_more(folder):
    events, stopping = [], threading.Event()

    def take(event):
        events.append(event)
        stopping.set()

    with contextlib.closing(Library(folder)):
        assert open_when_free(folder, take, stopping, waits=True) is None
    assert events == [LibraryBusy(True)]


def test_once_it_is_free_it_is_opened_and_that_is_said(folder):
    events, owner = [], Library(folder)

    def take(event):
        events.append(event)
        if event.is_busy:
            owner.close()

    with contextlib.closing(open_when_free(folder, take, threading.Event(), waits=True)):
        assert events == [LibraryBusy(True), LibraryBusy(False)]
