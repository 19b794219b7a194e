from __future__ import annotations

import json

import pytest

from bge_desktop.handover.channel import ChannelError
from bge_desktop.handover.forms import Done, form, reply_of, request_of, window_wanted_of
from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    Failure,
    FolderRules,
    FolderState,
    FolderStatus,
    IndexNow,
    LibraryStatus,
    ModelStatus,
    Pause,
    Progress,
    ReloadSettings,
    RemoveFolder,
    Rescan,
    Resume,
    Retry,
    SetRules,
    WindowWanted,
)

RULES = FolderRules(("*.log", "drafts/"), ("build",), True, 7)
REQUESTS = [
    AddFolder("/home/me/\udcff 文件"),
    RemoveFolder("/x"),
    IndexNow(),
    ReloadSettings(),
    Pause(),
    Pause("/x"),
    Resume("/x"),
    Rescan(),
    Rescan("/x"),
    Retry(("/a", "/b")),
    SetRules("/x", RULES),
    SetRules("/x", RULES, FolderRules()),
]
FOLDER = FolderStatus("/x", FolderState.SCANNING, 3, 2, 1, RULES, 1)
FAILURE = Failure("/x/\udcff", "Damaged", "Save it again.", "pdf", 1.5, True)
REPLIES = [
    Progress((FOLDER,), 3, 4, 2, 1, True, "OpenVINO", (FAILURE,)),
    ErrorReport("Folder not found", "Check the path.", "/x"),
    LibraryStatus((FOLDER,), 3, 4, 1, 2, (ModelStatus("bge", "cpu", 384, 4),), 5, (FAILURE,), 6),
    Done(False),
]


def through_json(message):
    return json.loads(json.dumps(form(message)))


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_request_comes_through(request_):
    assert request_of(through_json(request_)) == request_


@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_comes_through(reply):
    assert reply_of(through_json(reply)) == reply


def test_a_second_start_comes_through():
    wanted = WindowWanted(("/home/me/\udcff",), "token")
    assert window_wanted_of(through_json(wanted)) == wanted


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"type": "AddFolder"},
        {"type": "AddFolder", "fields": {}},
        {"type": "AddFolder", "fields": {"path": 3}},
        {"type": "AddFolder", "fields": ["/x"]},
        {"type": ["AddFolder"], "fields": {"path": "/x"}},
        {"type": "Retry", "fields": {"paths": "/x"}},
        {"type": "SetRules", "fields": {"path": "/x", "rules": {"limit_mb": "7"}}},
        {"type": "Search", "fields": {"query": "x", "generation": 1}},
        {"type": "Progress", "fields": {}},
    ],
)
def test_what_is_no_request_is_refused(value):
    with pytest.raises(ChannelError):
        request_of(value)
