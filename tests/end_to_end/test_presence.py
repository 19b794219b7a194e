"""The command with a display: the window, the quick search over it, and the app that goes on in the tray."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time

import pytest

from bge_desktop.handover import ADDRESS_FILE
from tests.end_to_end.command import COMMAND
from tests.ui.test_tray import WATCHER
from tests.x_server import close_window, x_server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X servers are Linux's here")
WINDOW, QUICK = "^BGE Desktop$", "^Quick search"


@contextlib.contextmanager
def ending(process):
    """End a process in good order at the end."""
    try:
        yield
    finally:
        process.terminate()
        process.communicate(timeout=60)


class Desk:
    """A display, a session bus, and the command on them."""

    def __init__(self, display, library):
        self.library = library
        self._environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            self._environment.pop(name, None)

    @contextlib.contextmanager
    def bus(self):
        command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        with ending(bus):
            yield

    @contextlib.contextmanager
    def tray(self):
        watcher = subprocess.Popen(
            [sys.executable, "-c", WATCHER], stdout=subprocess.PIPE, text=True, env=self._environment
        )
        with ending(watcher):
            yield watcher

    @contextlib.contextmanager
    def app(self, *arguments):
        own = self.start(*arguments)
        with ending(own):
            yield own
        assert own.returncode == 0

    def start(self, *arguments):
        return subprocess.Popen([COMMAND, "--library", str(self.library), *arguments], env=self._environment)

    def xdotool(self, *arguments):
        command = ["xdotool", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=self._environment)
        return done.stdout.split()

    def shows(self, name):
        return bool(self.xdotool("search", "--onlyvisible", "--name", name))

    def close(self, name):
        for window in self.xdotool("search", "--onlyvisible", "--name", name):
            close_window(self._environment["DISPLAY"], int(window))


@pytest.fixture
def desk(tmp_path):
    with x_server() as display:
        own = Desk(display, tmp_path / "library")
        with own.bus():
            yield own


def wait_until(condition):
    """The deadline is generous: no test here is a timed one."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def test_the_quick_search_comes_over_the_open_window_by_the_command(desk):
    with desk.app() as app:
        wait_until(lambda: desk.shows(WINDOW))
        wait_until((desk.library / ADDRESS_FILE).exists)
        assert desk.start("open", "--quick").wait(60) == 0
        wait_until(lambda: desk.shows(QUICK))
        assert app.poll() is None


def test_it_goes_on_in_the_tray_and_a_further_start_brings_the_window_back(desk):
    desk.library.mkdir()
    (desk.library / "settings.toml").write_text("close_to_tray = true\n")
    with desk.tray() as tray, desk.app("--hidden") as app:
        assert tray.stdout.readline() == "registered\n"
        wait_until((desk.library / ADDRESS_FILE).exists)
        assert desk.start("--hidden").wait(60) == 0  # at login, where it is open already: nothing comes
        assert not desk.shows(WINDOW)
        for _ in range(2):
            assert desk.start().wait(60) == 0
            wait_until(lambda: desk.shows(WINDOW))
            desk.close(WINDOW)
            wait_until(lambda: not desk.shows(WINDOW))
        assert app.poll() is None


def test_without_a_tray_closing_the_window_ends_it(desk):
    desk.library.mkdir()
    (desk.library / "settings.toml").write_text("close_to_tray = true\n")
    with desk.app() as app:
        wait_until(lambda: desk.shows(WINDOW))
        desk.close(WINDOW)
        assert app.wait(60) == 0


def test_a_hidden_start_without_a_tray_shows_the_window(desk):
    with desk.app("--hidden"):
        wait_until(lambda: desk.shows(WINDOW))
