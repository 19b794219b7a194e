"""The keys and the quick search together, in a program of its own on a real X server."""

from __future__ import annotations

import sys

import pytest

from tests.x_server import run_on, x_server

SCRIPT = """
import subprocess, sys
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from bge_desktop.settings import Settings
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.presence import Presence
from bge_desktop.ui.window import MainWindow
from bge_desktop.messages import Shown

app, folder = QApplication([]), sys.argv[1]
places = QSettings(folder + "/window.ini", QSettings.Format.IniFormat)
bridge = Bridge(lambda: None)
presence = Presence(app, bridge, Choices(folder, Settings(quick_search_keys="Ctrl+Alt+Space")), folder, places)
window = MainWindow(bridge, places, Opener())
presence.set_window(window, Opener())
presence.start(Shown.WINDOW)

def press(keys):
    subprocess.run(["xdotool", "key", keys], check=True)

def wait_for(condition, then):
    def look():
        if condition():
            timer.stop()
            then()
    timer = QTimer(app, interval=50)
    timer.timeout.connect(look)
    timer.start()

def is_there():
    return presence.quick is not None and presence.quick.isActiveWindow() and presence.quick.bar.hasFocus()

def type_word():
    print("there")
    subprocess.run(["xdotool", "type", "lease"], check=True)
    wait_for(lambda: presence.quick.bar.text() == "lease", go_again)

def go_again():
    print("typed")
    press("ctrl+alt+space")
    wait_for(lambda: not presence.quick.isVisible(), app.quit)

wait_for(lambda: window.isVisible() and window.windowHandle().isExposed(), lambda: press("ctrl+alt+space"))
wait_for(is_there, type_word)
QTimer.singleShot(60000, app.quit)
app.exec()
print("gone" if not presence.quick.isVisible() else "still there")
window.hide()
presence.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="X servers are Linux's here")
def test_the_keys_bring_the_quick_search_and_take_it_away_again(tmp_path):
    with x_server() as display:
        assert run_on(display, SCRIPT, str(tmp_path)) == ["there", "typed", "gone"]
