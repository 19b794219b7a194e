from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is how Linux desktops do it")

ASK = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from bge_desktop.ui.file_manager import show_in_file_manager
app = QCoreApplication([])
show_in_file_manager("/tmp/caf\\udce9 1.txt", lambda: (print("otherwise"), QTimer.singleShot(0, app.quit)))
QTimer.singleShot(3000, app.quit)
app.exec()
"""


def run(*command: str, **environment: str) -> str:
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=env, check=True).stdout


def test_without_a_session_bus_the_folder_is_opened_instead():
    assert run(sys.executable, "-c", ASK, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent") == "otherwise\n"


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="needs a message bus")
def test_without_a_file_manager_on_the_bus_the_folder_is_opened_instead():
    assert run("dbus-run-session", "--", sys.executable, "-c", ASK, XDG_DATA_DIRS="/nonexistent") == "otherwise\n"


@pytest.mark.skipif(not shutil.which("dbus-monitor"), reason="needs a message bus")
def test_the_file_manager_is_asked_in_its_own_types():
    # what the program prints goes elsewhere: it came in the middle of what the monitor prints
    watch = 'dbus-monitor --session member=ShowItems & sleep 1; "$0" -c "$1" >/dev/null; sleep 1; kill $!'
    seen = run("dbus-run-session", "--", "sh", "-c", watch, sys.executable, ASK, XDG_DATA_DIRS="/nonexistent")
    assert "interface=org.freedesktop.FileManager1; member=ShowItems" in seen
    assert 'array [\n      string "file:///tmp/caf%E9%201.txt"\n   ]\n   string ""' in seen
