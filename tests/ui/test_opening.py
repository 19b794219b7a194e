from __future__ import annotations

import os
import sys

import pytest

from bge_desktop.ui import opening
from bge_desktop.ui.opening import Kind, Opener, kind_of
from bge_desktop.ui.paths import file_url


@pytest.fixture
def urls():
    return []


@pytest.fixture
def opener(qtbot, urls, monkeypatch):
    monkeypatch.setattr(opening, "show_in_file_manager", lambda path, otherwise: otherwise())
    return Opener(open_url=lambda url: urls.append(url) or True)


def make(folder, name: str, mode: int = 0o644) -> str:
    path = os.path.join(str(folder), name)
    with open(path, "w") as stream:
        stream.write("#!/bin/sh\n")
    os.chmod(path, mode)
    return path


def test_a_document_is_opened(opener, urls, tmp_path, qtbot):
    path = make(tmp_path, "a b #1.pdf")
    opener.open(path)
    qtbot.waitUntil(lambda: urls == [file_url(path)])


@pytest.mark.skipif(sys.platform != "linux", reason="only there names are any bytes")
def test_a_name_that_is_not_utf8_is_opened(opener, urls, tmp_path, qtbot):
    path = make(tmp_path, "caf\udce9.txt")
    opener.open(path)
    qtbot.waitUntil(lambda: len(urls) == 1)
    assert urls[0].toEncoded().data().endswith(b"/caf%E9.txt")


@pytest.mark.parametrize("name", ["a.exe", "a.BAT", "a.desktop", "a.jar", "a.ps1", "a.exe.", "a.exe "])
def test_a_program_is_shown_in_its_folder_instead(opener, urls, tmp_path, qtbot, name):
    opener.open(make(tmp_path, name))
    qtbot.waitUntil(lambda: urls == [file_url(str(tmp_path))])


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_is_a_program_is_seen_by_its_permissions_and_behind_links(tmp_path):
    assert kind_of(make(tmp_path, "tool", 0o755)) is Kind.PROGRAM
    assert kind_of(make(tmp_path, "notes.py", 0o755)) is Kind.PROGRAM
    assert kind_of(make(tmp_path, "from-a-usb-stick.pdf", 0o755)) is Kind.DOCUMENT
    assert kind_of(make(tmp_path, "notes.py")) is Kind.DOCUMENT
    os.symlink(make(tmp_path, "evil.sh"), tmp_path / "report.pdf")
    assert kind_of(str(tmp_path / "report.pdf")) is Kind.PROGRAM
    os.mkdir(tmp_path / "Tool.app")
    assert kind_of(str(tmp_path / "Tool.app")) is Kind.PROGRAM


def test_a_folder_is_opened_and_a_file_is_revealed_in_its_folder(opener, urls, tmp_path, qtbot):
    opener.reveal(str(tmp_path))
    opener.reveal(make(tmp_path, "a.pdf"))
    qtbot.waitUntil(lambda: urls == [file_url(str(tmp_path))] * 2)


@pytest.mark.parametrize("action", ["open", "reveal"])
def test_a_file_that_is_gone_is_reported(opener, urls, tmp_path, qtbot, action):
    with qtbot.waitSignal(opener.failed) as failed:
        getattr(opener, action)(str(tmp_path / "gone.pdf"))
    assert failed.args[0].title == "File not found"
    assert "gone.pdf was moved or deleted" in failed.args[0].message
    assert urls == []


def test_a_kind_without_a_program_is_reported(qtbot, tmp_path):
    opener = Opener(open_url=lambda url: False)
    with qtbot.waitSignal(opener.failed) as failed:
        opener.open(make(tmp_path, "a.xyz"))
    assert failed.args[0].title == "Could not open"
