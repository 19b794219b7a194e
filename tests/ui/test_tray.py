from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from bge_desktop.messages import FolderState, FolderStatus, Progress
from bge_desktop.ui.tray import Tray, tip_text
from tests.x_server import run_on, x_server

HERE = FolderStatus("/home/me/Documents", FolderState.WATCHED, 9, 0, 0)
PAUSED = FolderStatus("/home/me/Documents", FolderState.PAUSED, 9, 0, 0)

# What the offscreen platform says of an icon in a tray that it has not.
pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindowChanged", extend=True)

# A desktop with a tray: what icons announce themselves to, and that says that there is somebody to show them.
WATCHER = """
from PySide6.QtCore import ClassInfo, Property, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection

app = QCoreApplication([])

@ClassInfo({"D-Bus Interface": "org.kde.StatusNotifierWatcher"})
class Watcher(QObject):
    IsStatusNotifierHostRegistered = Property(bool, lambda self: True)
    ProtocolVersion = Property(int, lambda self: 0)
    @Slot(str)
    def RegisterStatusNotifierItem(self, name):
        print("registered", flush=True)

own = Watcher()
bus, options = QDBusConnection.sessionBus(), QDBusConnection.RegisterOption
assert bus.registerService("org.kde.StatusNotifierWatcher")
assert bus.registerObject("/StatusNotifierWatcher", own, options.ExportAllContents)
app.exec()
"""
TRAY = """
import subprocess, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from bge_desktop.ui.tray import Tray

app = QApplication([])
tray = Tray(look_ms=50)
tray.start()
print("at first", tray.is_available)
watcher = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE, text=True)

def take(is_there):
    print("there" if is_there else "gone")
    if not is_there:
        app.quit()

tray.came_or_went.connect(take)

def leave():
    if tray.is_available and tray.icon.isVisible():
        print(watcher.stdout.readline().strip())
        watcher.kill()
        timer.stop()

timer = QTimer(interval=300)
timer.timeout.connect(leave)
timer.start()
QTimer.singleShot(60000, app.quit)
app.exec()
tray.close()
watcher.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="trays of Linux desktops")
def test_a_tray_may_come_later_and_go():
    with x_server() as display:
        lines = run_on(display, TRAY, WATCHER, bus=True)
    assert lines == ["at first False", "there", "registered", "gone"]


class Desktop:
    """Whether there is a tray is up to the test."""

    def __init__(self):
        self.has_tray = True
        self.tray = Tray(is_there=lambda: self.has_tray, look_ms=20)
        self.tray.show_progress(Progress((HERE,)))

    def texts(self):
        return [action.text() for action in self.tray.menu.actions() if action.isVisible() and action.text()]

    def choose(self, text):
        next(action for action in self.tray.menu.actions() if action.text() == text).trigger()


@pytest.fixture
def desktop(qapp):
    own = Desktop()
    own.tray.start()
    yield own
    own.tray.close()


def test_the_icon_is_there_as_long_as_there_is_a_tray(desktop, qtbot):
    assert desktop.tray.is_available
    with qtbot.waitSignal(desktop.tray.came_or_went, check_params_cb=lambda is_there: not is_there):
        desktop.has_tray = False
    assert desktop.tray.icon is None
    with qtbot.waitSignal(desktop.tray.came_or_went, check_params_cb=lambda is_there: is_there):
        desktop.has_tray = True
    assert desktop.tray.icon.toolTip() == "BGE Desktop\nUp to date"


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Open BGE Desktop", "open_wanted"),
        ("Quick search", "quick_search_wanted"),
        ("Pause indexing", "pause_wanted"),
        ("Settings…", "settings_wanted"),
        ("Quit", "quit_wanted"),
    ],
)
def test_the_menu_says_what_a_person_wants(desktop, qtbot, text, signal):
    with qtbot.waitSignal(getattr(desktop.tray, signal)):
        desktop.choose(text)


def test_what_is_paused_can_be_resumed_and_without_folders_there_is_neither(desktop, qtbot):
    assert "Pause indexing" in desktop.texts()
    assert "Resume indexing" not in desktop.texts()
    desktop.tray.show_progress(Progress((PAUSED,)))
    assert "Pause indexing" not in desktop.texts()
    with qtbot.waitSignal(desktop.tray.resume_wanted):
        desktop.choose("Resume indexing")
    desktop.tray.show_progress(Progress())
    assert not {"Pause indexing", "Resume indexing"} & set(desktop.texts())


def test_a_click_opens_the_window(desktop, qtbot):
    if sys.platform == "darwin":
        pytest.skip("there, it opens the menu")
    with qtbot.waitSignal(desktop.tray.open_wanted):
        desktop.tray.icon.activated.emit(desktop.tray.icon.ActivationReason.Trigger)


def test_a_menu_that_is_made_anew_takes_the_place_of_the_old_one(desktop, qtbot):
    desktop.tray.make_menu()
    assert desktop.tray.icon.contextMenu() is desktop.tray.menu
    with qtbot.waitSignal(desktop.tray.quit_wanted):
        desktop.choose("Quit")


def test_the_tip_changes_with_the_progress(desktop):
    desktop.tray.show_progress(Progress((HERE,), pending=3, busy=True))
    assert desktop.tray.icon.toolTip() == "BGE Desktop\nIndexing: 3 files left"


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (Progress(), "BGE Desktop"),
        (Progress((HERE,)), "BGE Desktop\nUp to date"),
        (Progress((HERE,), busy=True), "BGE Desktop\nLooking for changes…"),
        (Progress((HERE,), pending=1), "BGE Desktop\nIndexing: 1 file left"),
        (Progress((HERE,), pending=1234, busy=True), "BGE Desktop\nIndexing: 1,234 files left"),
        (Progress((PAUSED,), pending=5), "BGE Desktop\nPaused"),
        (Progress((PAUSED, HERE), pending=5), "BGE Desktop\nIndexing: 5 files left"),
        (Progress((HERE,), failed=1), "BGE Desktop\nUp to date\n1 file could not be read"),
        (Progress((HERE,), failed=1234), "BGE Desktop\nUp to date\n1,234 files could not be read"),
    ],
)
def test_the_tip_says_how_far_the_library_is(progress, text):
    assert tip_text(progress) == text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing reads HTML in it")
def test_what_a_name_has_of_html_is_told_as_it_is_written():
    shown = []
    tray = Tray(is_there=lambda: False)
    tray.icon = SimpleNamespace(showMessage=lambda _title, message, *_: shown.append(message))
    tray.notify("Not read", "a <b>bold</b> name.pdf")
    tray.icon = None
    assert shown == ["a ‹b›bold‹/b› name.pdf"]
