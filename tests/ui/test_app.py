from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QIcon

from bge_desktop import resources
from bge_desktop.messages import Shown
from bge_desktop.ui import app, theme

HEAVY = (
    *("numpy", "sqlite3", "torch", "hnswlib", "openvino", "tokenizers", "regex", "msgspec", "lxml", "PIL", "cv2"),
    *("pygments", "pypdfium2", "charset_normalizer", "watchdog", "jeepney", "bge_desktop.ui.settings_dialog"),
)
# A child whose worker is a small one of our own: it writes down what was there when it was first imported.
SCRIPT = """
import importlib.abc, importlib.machinery, os, signal, sys, types
from PySide6.QtCore import QObject, QTimer
from bge_desktop.messages import Shown
from bge_desktop.ui import app

painted = []

class Painting(QObject):
    def eventFilter(self, watched, event):
        if event.type() == event.Type.Paint and watched.isWidgetType():
            painted.append(True)
        return False

painting, original = Painting(), app._application

def application():
    own = original()
    own.installEventFilter(painting)
    return own

app._application = application

class Worker:
    def __init__(self, library, emit, *, device):
        print("made", os.path.basename(library), device)
    def start(self):
        print("started")
        {then}
    def submit(self, request):
        print("request", request)
    def stop(self, timeout=5.0):
        print("stopped")

class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name == "bge_desktop.worker":
            return importlib.machinery.ModuleSpec(name, self)
    def exec_module(self, module):
        heavy = [name for name in {heavy} if name in sys.modules]
        print("imported", "painted" if painted else "too early", heavy)
        module.Worker = Worker

sys.meta_path.insert(0, Finder())
print("status", app.run(sys.argv[1], "cpu", sys.argv[3:], Shown(sys.argv[2])))
"""


def run(tmp_path, then: str, *folders: str, shown: Shown = Shown.WINDOW) -> list[str]:
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            SCRIPT.replace("{then}", then).replace("{heavy}", repr(HEAVY)),
            str(tmp_path / "library"),
            shown,
            *folders,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "error"},
    )
    said = [line for line in child.stderr.splitlines() if not line.startswith("This plugin does not support")]
    assert said == []
    assert child.returncode == 0
    return child.stdout.splitlines()


def test_the_worker_is_imported_after_the_first_paint_and_stopped_at_the_end(tmp_path):
    lines = run(tmp_path, "QTimer.singleShot(50, app.QApplication.closeAllWindows)", "notes")
    assert [line for line in lines if "Search(" not in line and "ListLabels(" not in line] == [
        "imported painted []",
        "made library cpu",
        "started",
        f"request AddFolder(path={str(tmp_path / 'notes')!r})",
        "stopped",
        "status 0",
    ]
    assert (tmp_path / "library" / "window.ini").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_window_in_good_order(tmp_path, name):
    lines = run(tmp_path, f"QTimer.singleShot(50, lambda: os.kill(os.getpid(), signal.{name}))")
    assert lines[-2:] == ["stopped", "status 0"]


@pytest.mark.parametrize("shown", [Shown.NOTHING, Shown.QUICK_SEARCH])
def test_a_start_without_the_window_starts_the_worker_at_once_and_ends_in_good_order(tmp_path, shown):
    lines = run(tmp_path, "QTimer.singleShot(50, app.QApplication.quit)", shown=shown)
    assert lines[0].startswith("imported ")
    assert ("started" in lines, lines[-2:]) == (True, ["stopped", "status 0"])


def test_the_garbage_collector_leaves_alone_what_the_worker_needs():
    with app._uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    gc.unfreeze()


def test_an_import_that_fails_leaves_the_garbage_collector_at_work():
    with pytest.raises(ImportError), app._uncollected():
        raise ImportError
    assert gc.isenabled()
    gc.unfreeze()


ICONS = sorted(name for name in os.listdir(resources.path("icons")) if name.endswith(".svg"))


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_can_be_drawn(qapp, name):
    assert not QIcon(resources.path("icons", name)).pixmap(32, 32).isNull()
    image = theme.pixmap(name.removesuffix(".svg"), 24, qapp.palette().text().color(), 2.0).toImage()
    assert image.size().toTuple() == (48, 48)
    assert any(image.pixelColor(x, y).alpha() for x in range(48) for y in range(48))
