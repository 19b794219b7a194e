from __future__ import annotations

import pytest

from bge_desktop.messages import ErrorReport, Progress
from bge_desktop.settings import Settings
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.notifications import Notifications

FULL = ErrorReport("The disk is full", "Make room; indexing then goes on by itself.")


@pytest.fixture
def choices(tmp_path):
    own = Choices(str(tmp_path), Settings())
    yield own
    own.close()


@pytest.fixture
def heard(stage, choices):
    told = []
    stage.is_hidden = True
    stage.notifications = Notifications(
        stage.bridge, choices, lambda: stage.is_hidden, lambda title, message: told.append((title, message))
    )
    return told


@pytest.fixture
def emit(stage, qtbot):
    def emitted(event):
        signal = stage.bridge.failed if isinstance(event, ErrorReport) else stage.bridge.progressed
        with qtbot.waitSignal(signal):
            stage.worker.emit(event)

    return emitted


def test_what_needs_a_person_is_told_once_until_it_is_over(heard, emit):
    for _ in range(3):
        emit(FULL)
        emit(Progress(pending=3, busy=True))
    assert heard == [(FULL.title, FULL.message)]
    emit(Progress())
    emit(FULL)
    assert len(heard) == 2


def test_each_kind_is_told(heard, emit):
    emit(FULL)
    emit(ErrorReport("The folder cannot be read", "Check its permissions.", "/x"))
    assert [title for title, _ in heard] == ["The disk is full", "The folder cannot be read"]


def test_what_the_window_shows_and_what_has_been_seen_to_is_not_told(heard, emit, stage):
    emit(ErrorReport("The library was damaged and has been repaired", "A copy is kept.", is_over=True))
    stage.is_hidden = False
    emit(FULL)
    assert heard == []


def test_after_the_window_was_looked_at_it_is_told_again(heard, emit, stage):
    emit(FULL)
    stage.notifications.forget()
    emit(FULL)
    assert len(heard) == 2


def test_who_wants_none_gets_none(heard, emit, choices):
    choices.change(notifications=False)
    emit(FULL)
    assert heard == []


def test_a_name_that_is_no_text_can_be_told(heard, emit):
    emit(ErrorReport("Cannot be read", "caf\udce9.txt"))
    assert heard == [("Cannot be read", "caf\ufffd.txt")]
