from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys

import pytest

from bge_desktop.errors import UserError
from bge_desktop.ui import login_item

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="entries of Linux desktops")


@pytest.fixture
def entry(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path / "settings" / "autostart" / "bge-desktop.desktop"


@linux_only
def test_it_is_switched_on_and_off_in_the_desktops_own_place(entry):
    assert not login_item.is_on()
    login_item.switch(True, "/home/me/library")
    assert login_item.is_on()
    assert "--hidden" in entry.read_text()
    login_item.switch(True, "/home/me/library")
    assert os.listdir(entry.parent) == [entry.name]
    login_item.switch(False, "/home/me/library")
    assert not login_item.is_on()
    login_item.switch(False, "/home/me/library")
    assert os.listdir(entry.parent) == []


@linux_only
def test_without_a_place_for_settings_it_is_the_usual_one(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    login_item.switch(True, "/x")
    assert (tmp_path / ".config" / "autostart" / "bge-desktop.desktop").exists()


@linux_only
@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_has_switched_off_is_off_and_can_be_switched_on_again(entry, line):
    login_item.switch(True, "/x")
    entry.write_text(entry.read_text().replace("X-GNOME-Autostart-enabled=true", line))
    assert not login_item.is_on()
    login_item.switch(True, "/x")
    assert login_item.is_on()


@linux_only
def test_an_entry_that_cannot_be_written_is_told(entry):
    entry.parent.parent.mkdir()
    entry.parent.write_text("no folder")
    with pytest.raises(UserError, match="Start at login could not be changed"):
        login_item.switch(True, "/x")


def test_the_command_starts_this_program_on_the_library_without_its_window():
    arguments = login_item.command("/home/me/My Library")
    assert arguments[:4] == [sys.executable, "-P", "-m", "bge_desktop"]
    assert arguments[4:] == ["--library", "/home/me/My Library", "--hidden"]


def exec_line(arguments):
    text = login_item.desktop_entry(arguments)
    return next(line for line in text.splitlines() if line.startswith("Exec="))


@pytest.mark.parametrize(
    ("argument", "written"),
    [
        ("plain", '"plain"'),
        ("two words", '"two words"'),
        ("文件", '"文件"'),
        ("100%", '"100%%"'),
        ('a"b', r'"a\\"b"'),
        ("$HOME", r'"\\$HOME"'),
        ("back\\slash", r'"back\\\\slash"'),
        ("`id`", r'"\\`id\\`"'),
    ],
)
def test_arguments_are_quoted_as_desktop_entries_want_it(argument, written):
    assert exec_line([argument]) == f"Exec={written}"


@linux_only
@pytest.mark.skipif(shutil.which("gio") is None, reason="no program here reads desktop entries")
def test_a_desktop_starts_it_with_the_very_arguments(tmp_path, qtbot):
    wanted = ["two words", "100%", 'a"b', "$HOME", "back\\slash", "`id`", "文件"]
    script = tmp_path / "told.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write(repr(sys.argv[2:]))")
    entry = tmp_path / "own.desktop"
    entry.write_text(login_item.desktop_entry([sys.executable, str(script), str(tmp_path / "told"), *wanted]))
    subprocess.run(["gio", "launch", str(entry)], check=True, timeout=60)
    told = tmp_path / "told"
    qtbot.waitUntil(lambda: told.exists() and told.read_text() == repr(wanted), timeout=30_000)


def test_a_launch_agent_starts_at_login():
    agent = plistlib.loads(login_item.launch_agent(["/usr/bin/python3", "-m", "bge_desktop", "--hidden"]))
    assert agent == {
        "Label": "bge-desktop",
        "ProgramArguments": ["/usr/bin/python3", "-m", "bge_desktop", "--hidden"],
        "RunAtLoad": True,
    }


@pytest.mark.skipif(os.sep != "/", reason="paths with slashes")
def test_on_windows_no_console_opens_at_login():
    line = login_item.windows_command_line(["/python/python.exe", "-m", "bge_desktop", "--library", "my library"])
    assert line == '/python/pythonw.exe -m bge_desktop --library "my library"'
    assert login_item.windows_command_line(["/app/BGE.exe", "--hidden"]) == "/app/BGE.exe --hidden"
