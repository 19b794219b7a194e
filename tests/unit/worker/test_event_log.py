"""What of the worker's events is written down."""

from __future__ import annotations

import dataclasses
import logging

import pytest

from bge_desktop.messages import ErrorReport, Failure, FolderState, FolderStatus, Held, LibraryStatus, Progress
from bge_desktop.worker.event_log import EventLog

FOLDER = FolderStatus("/home/ada/diagnosis", FolderState.SCANNING, files=3, pending=2, failed=1)
FAILURES = tuple(Failure(f"/home/ada/{n}.pdf", "Damaged file", "It says diagnosis.") for n in range(2))
BUSY = Progress((FOLDER,), files=3, passages=9, pending=2, failed=1, busy=True)


@pytest.fixture
def told(caplog):
    """Emit events through a log; return what it says and what it passes on."""
    caplog.set_level(logging.INFO, "bge_desktop")

    def emit(*events):
        caplog.clear()
        passed = []
        own = EventLog(passed.append)
        for event in events:
            own.emit(event)
        assert passed == list(events)
        assert "ada" not in caplog.text
        assert "diagnosis" not in caplog.text
        return [record.getMessage() for record in caplog.records]

    return emit


def test_an_error_is_told_by_its_title(told):
    assert told(ErrorReport("Folder not found", "diagnosis", "/home/ada")) == ["Told: Folder not found"]


def test_a_folder_is_told_when_its_state_changes(told):
    watched = dataclasses.replace(FOLDER, state=FolderState.WATCHED, pending=0)
    lines = told(BUSY, BUSY, dataclasses.replace(BUSY, folders=(watched,)))
    assert lines == [
        "Folder 1 of 1 is scanning: 3 files, 2 pending, 1 failed, 0 in part",
        "Folder 1 of 1 is watched: 3 files, 0 pending, 1 failed, 0 in part",
    ]


def test_rest_is_told_with_the_kinds_of_failures(told):
    done = dataclasses.replace(BUSY, busy=False, failures=FAILURES)
    assert told(BUSY, done, done)[1:] == [
        "3 files, 2 of them pending, 9 passages",
        "Of the newest 2 that failed or were read in part: Damaged file (2)",
    ]


def test_the_device_and_what_holds_indexing_are_told_once(told):
    held = Progress(encoder="OpenVINO int8 on the processor", held=Held.BATTERY)
    assert told(held, held, Progress(encoder="OpenVINO int8 on the processor")) == [
        "Embedding runs with OpenVINO int8 on the processor",
        "Indexing is held: battery",
        "Indexing is held: no more",
    ]


def test_the_state_at_the_end_of_a_command_is_told(told):
    status = LibraryStatus((), files=3, passages=9, failed=0, pending=0, models=(), bytes=1)
    assert told(status) == ["3 files, 0 of them pending, 9 passages"]
