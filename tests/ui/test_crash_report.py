"""What went wrong the last time: told quietly, shown in full to who wants it, and once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from bge_desktop.logs.files import log_folder
from bge_desktop.logs.reports import CrashReport
from bge_desktop.messages import ErrorReport
from bge_desktop.ui.crash_report import CrashNotice, CrashReportDialog
from bge_desktop.ui.message_bar import MessageBar, Offer

TEXT = '# BGE Desktop 0.1.0\nFatal Python error: Segmentation fault\n\n  File "bge_desktop/ui/app.py", line 12 in run\n'


@pytest.fixture
def library(tmp_path):
    os.makedirs(log_folder(tmp_path))
    return str(tmp_path)


@pytest.fixture
def leave(library):
    def written(text):
        with open(os.path.join(log_folder(library), "running-100000000-1.txt"), "w") as file:
            file.write(text)

    return written


def dialogs(window):
    return [child for child in window.findChildren(CrashReportDialog) if child.isVisible()]


def test_a_crash_is_told_and_its_report_shown_and_copied(qtbot, window, library, leave):
    leave(TEXT)
    CrashNotice(library, window.message_bar, window).look()
    bar = window.message_bar
    assert bar.isVisible()
    assert "ended unexpectedly last time" in bar.text()
    assert "Nothing was lost" in bar.text()
    assert bar.offer_button.text() == "Show Report"
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    [dialog] = dialogs(window)
    assert dialog.text.toPlainText() == TEXT
    assert dialog.text.isReadOnly()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == TEXT
    assert dialog.copy_button.text() == "Copied"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialogs(window))


def test_it_is_told_once(window, library, leave):
    leave(TEXT)
    CrashNotice(library, window.message_bar, window).look()
    window.message_bar.close_button.click()
    CrashNotice(library, window.message_bar, window).look()
    assert not window.message_bar.isVisible()


def test_without_a_report_nothing_is_told(window, library, leave):
    leave("# BGE Desktop 0.1.0\n")
    CrashNotice(library, window.message_bar, window).look()
    assert not window.message_bar.isVisible()


def test_what_did_not_end_the_app_is_not_called_a_crash(window, library, leave):
    leave("# BGE Desktop 0.1.0\nKeyError\n# It went on and ended in good order.\n")
    CrashNotice(library, window.message_bar, window).look()
    assert "Something went wrong" in window.message_bar.text()


def test_only_what_can_be_done_is_offered(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show()
    done = []
    bar.show_report(ErrorReport("First", "It failed."))
    assert not bar.offer_button.isVisible()
    bar.show_report(ErrorReport("Second", "It failed."), Offer("Mend", lambda: done.append(True)))
    assert not bar.offer_button.isVisible()
    bar.close_button.click()
    assert bar.offer_button.isVisible()
    bar.offer_button.click()
    assert done == [True]
    assert not bar.isVisible()


# The app itself, with a worker that does nothing and something that goes wrong once the window is there.
SCRIPT = """
import faulthandler, os, signal, sys, threading, types
from PySide6.QtCore import QTimer, qFatal
from bge_desktop.__main__ import main
from bge_desktop.ui import app

class Worker:
    def __init__(self, library, emit, *, device): pass
    def start(self):
        QTimer.singleShot(0, act)
        QTimer.singleShot(50, app.QApplication.closeAllWindows)
    def submit(self, request): pass
    def stop(self, timeout=5.0): pass

def stumble():
    raise KeyError("diagnosis")

def in_thread():
    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()

act = lambda: {act}
sys.modules["bge_desktop.worker"] = types.SimpleNamespace(Worker=Worker)
sys.exit(main(["--library", sys.argv[1]]))
"""


def run_app(library, act):
    return subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("{act}", act), library],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


@pytest.mark.parametrize(
    ("act", "is_crash", "words"),
    [
        ("faulthandler._sigsegv()", True, ["Segmentation fault", "bge_desktop/ui/app.py"]),
        ("qFatal('diagnosis')", True, ["Qt ended the program", "Fatal Python error: Aborted"]),
        ("stumble()", False, ["The main thread met", "KeyError", "in stumble"]),
        ("in_thread()", False, ["A thread met", "KeyError", "in stumble"]),
    ],
)
def test_the_real_app_leaves_a_report_that_the_next_one_tells(window, library, act, is_crash, words):
    finished = run_app(library, act)
    assert (finished.returncode != 0) == is_crash
    CrashNotice(library, window.message_bar, window).look()
    assert ("ended unexpectedly" in window.message_bar.text()) == is_crash
    window.message_bar.offer_button.click()
    [dialog] = dialogs(window)
    text = dialog.text.toPlainText()
    for word in (*words, "BGE Desktop 0", "PySide6-Essentials 6", "SQLite 3", "openvino"):
        assert word in text
    assert "diagnosis" not in text
    dialog.close()


def test_the_real_app_leaves_nothing_when_all_is_well(library):
    assert run_app(library, "None").returncode == 0
    assert os.listdir(log_folder(library)) == []


def test_the_dialog_says_where_the_report_is(qtbot, tmp_path):
    dialog = CrashReportDialog(CrashReport(str(tmp_path / "crash-2026-11-28.txt"), TEXT, is_crash=True))
    qtbot.addWidget(dialog)
    assert any("crash-2026-11-28.txt" in label.text() for label in dialog.findChildren(QLabel))
