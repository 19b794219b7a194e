"""Keys from any program: under a real X server, and as the other systems know them."""

from __future__ import annotations

import sys

import pytest

from bge_desktop.ui import mac_keys, windows_keys, x11_keys
from bge_desktop.ui.global_shortcut import NoKeys, system_keys
from bge_desktop.ui.keys_state import COMMAND, KeysState, state_text
from tests.x_server import run_on, x_server

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="X servers are Linux's here")
START = """
import subprocess, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from bge_desktop.ui.global_shortcut import system_keys
from bge_desktop.ui.x11_keys import X11Keys

app = QApplication([])
keys = system_keys(app)
assert isinstance(keys, X11Keys)
keys.pressed.connect(lambda token: print("pressed"))
keys.state_changed.connect(lambda state: print(state.value))

def press(*what):
    subprocess.run(["xdotool", *what], check=True)
    for _ in range(20):
        app.processEvents()
        subprocess.run(["xdotool", "getmouselocation"], check=True, capture_output=True)  # a round trip to the server
"""


@pytest.fixture(scope="module")
def display():
    with x_server() as name:
        yield name


@on_linux
@pytest.mark.parametrize(
    ("keys", "typed"),
    [("Ctrl+Alt+Space", "ctrl+alt+space"), ("Meta+K", "super+k"), ("Ctrl+Shift+7", "ctrl+shift+7"), ("F9", "F9")],
)
def test_keys_are_heard_whichever_program_is_used_until_they_are_given_back(display, keys, typed):
    script = START + 'keys.hold(sys.argv[1]); press("key", sys.argv[2])\nkeys.hold(""); press("key", sys.argv[2])\n'
    lines = run_on(display, script + 'keys.close(); print("end")', keys, typed)
    assert lines == ["held", "pressed", "none", "end"]


@on_linux
def test_caps_lock_and_num_lock_make_no_difference(display):
    script = START + (
        'keys.hold("Ctrl+Alt+Space"); press("key", "Caps_Lock"); press("key", "ctrl+alt+space")\n'
        'press("key", "Num_Lock"); press("key", "ctrl+alt+space")\n'
        'press("key", "Caps_Lock"); press("key", "Num_Lock"); keys.close()'
    )
    assert [line for line in run_on(display, script) if line == "pressed"] == ["pressed", "pressed"]


@on_linux
def test_other_keys_and_other_modifiers_are_left_to_others(display):
    script = START + 'keys.hold("Ctrl+Alt+Space")\nfor own in ("ctrl+space", "alt+space", "space", "ctrl+alt+a"):\n'
    assert "pressed" not in run_on(display, script + '    press("key", own)\nkeys.close()')


@on_linux
def test_keys_that_another_program_has_are_not_taken(display):
    script = START + (
        'keys.hold("Ctrl+Alt+Space"); other = X11Keys(app)\n'
        'other.state_changed.connect(lambda state: print("other", state.value))\n'
        'other.hold("Ctrl+Alt+Space"); keys.close(); other.hold("Ctrl+Alt+Space"); other.close()'
    )
    assert run_on(display, script) == ["held", "other taken", "other held"]


@on_linux
def test_a_key_that_is_held_down_is_pressed_once(display):
    script = START + (
        'keys.hold("F9")\npress("keydown", "F9"); press("sleep", "1"); press("keyup", "F9"); keys.close()'
    )
    assert [line for line in run_on(display, script) if line == "pressed"] == ["pressed"]


@on_linux
def test_without_a_server_it_is_said(monkeypatch, qtbot):
    monkeypatch.setenv("DISPLAY", ":987654")
    own, told = x11_keys.X11Keys(), []
    own.state_changed.connect(told.append)
    own.hold("F9")
    own.hold("")
    own.close()
    assert told == [KeysState.IMPOSSIBLE, KeysState.NONE]


def test_a_system_that_gives_keys_to_no_program_says_so(qapp):
    own = system_keys(qapp)
    assert isinstance(own, NoKeys)  # the offscreen platform is one
    told = []
    own.state_changed.connect(told.append)
    own.hold("F9")
    own.hold("")
    assert told == [KeysState.IMPOSSIBLE, KeysState.NONE]


@pytest.mark.parametrize("state", KeysState)
def test_each_state_is_told_where_there_is_something_to_do(state):
    text = state_text(state)
    assert bool(text) is (state not in (KeysState.NONE, KeysState.HELD))
    assert (COMMAND in text) is (state in (KeysState.REFUSED, KeysState.IMPOSSIBLE))


@pytest.mark.parametrize(
    ("keys", "x11", "windows", "mac"),
    [
        ("Ctrl+Alt+Space", (0x20, 12), (0x4003, 0x20), (49, 0x900)),
        ("Meta+K", (ord("k"), 64), (0x4008, ord("K")), (40, 0x1000)),
        ("Ctrl+Shift+0", (ord("0"), 5), (0x4006, ord("0")), (29, 0x300)),
        ("F1", (0xFFBE, 0), (0x4000, 0x70), (122, 0)),
        ("Alt+F12", (0xFFC9, 8), (0x4001, 0x7B), (111, 0x800)),
        ("Ctrl+F", (ord("f"), 4), (0x4002, ord("F")), (3, 0x100)),
    ],
)
def test_keys_are_known_as_each_system_numbers_them(keys, x11, windows, mac):
    assert (x11_keys.parsed(keys), windows_keys.codes(keys), mac_keys.codes(keys)) == (x11, windows, mac)


def test_every_letter_and_digit_is_a_key_on_every_system():
    for key in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789":
        assert x11_keys.parsed(f"Ctrl+{key}")[0] == ord(key.lower())
        assert windows_keys.codes(f"Ctrl+{key}")[1] == ord(key)
    assert len({mac_keys.codes(f"Ctrl+{key}")[0] for key in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}) == 36
