"""How long it takes from the start of the process to the first painted window, the worker and its imports included."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from tests.benchmarks.conftest import report

_RUNS = 10
# The app itself, with one addition: it says when its window is painted, and leaves.
SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from bge_desktop.__main__ import main
from bge_desktop.ui import app, window
original = window.MainWindow.paintEvent
def paint(self, event):
    original(self, event)
    print("painted", flush=True)
    QTimer.singleShot(0, app.QApplication.closeAllWindows)
window.MainWindow.paintEvent = paint
main(["--library", sys.argv[1]])
"""


def test_window_is_painted(tmp_path):
    seconds = [_start(tmp_path / str(number)) for number in range(_RUNS)]
    report(
        "start", {"runs": _RUNS, "median_s": round(statistics.median(seconds), 3), "worst_s": round(max(seconds), 3)}
    )


def _start(library):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, library], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout.readline().strip() == b"painted"
        return time.perf_counter() - started
