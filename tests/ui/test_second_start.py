from __future__ import annotations

import os
import threading

import pytest
from PySide6.QtCore import Qt

from bge_desktop.handover.server import Server
from bge_desktop.messages import AddFolder, LibraryBusy, Progress, Shown, WindowWanted
from bge_desktop.ui.second_start import GivingWay, bring_forward, handed_over


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "library"
    path.mkdir()
    return str(path)


@pytest.fixture
def other(library):
    """Another process that listens for the library: what it was asked to show."""
    return Other(library)


class Other:
    def __init__(self, library):
        self.library, self.wanted = library, []

    def opens(self, *, with_window=True):
        def take(wanted):
            self.wanted.append(wanted)
            return with_window

        self.server = Server(self.library, print, take)


def test_without_another_window_nothing_is_handed_over(library):
    assert not handed_over(library, ["/x"])


@pytest.mark.parametrize("with_window", [True, False])
def test_the_folders_and_the_desktops_token_are_handed_to_a_window(library, other, monkeypatch, with_window):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token")
    other.opens(with_window=with_window)
    assert handed_over(library, ["papers"]) is with_window
    assert other.wanted == [WindowWanted((os.path.abspath("papers"),), "token")]
    other.server.close()


@pytest.mark.parametrize("shown", Shown)
def test_what_is_to_come_to_the_front_is_handed_over(library, other, shown):
    other.opens()
    assert handed_over(library, [], shown)
    assert other.wanted[0].shown is shown
    other.server.close()


def test_the_quick_search_or_nothing_comes_in_the_place_of_the_window(window, stage, qtbot):
    window.hide()
    with qtbot.waitSignal(stage.bridge.quick_search_wanted, check_params_cb=lambda token: token == "token"):
        stage.worker.emit(WindowWanted((), "other", Shown.NOTHING))
        stage.worker.emit(WindowWanted((), "token", Shown.QUICK_SEARCH))
    assert not window.isVisible()


def test_a_window_in_the_tray_is_brought_to_the_front(window, stage, qtbot):
    window.close()
    stage.worker.emit(WindowWanted((), "token"))
    qtbot.waitUntil(window.isVisible)


def test_an_older_desktops_token_serves_as_well(library, other, monkeypatch):
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "older")
    other.opens()
    assert handed_over(library, [])
    assert other.wanted == [WindowWanted((), "older")]
    other.server.close()


def test_a_minimised_window_comes_back(window, qtbot):
    window.showMinimized()
    bring_forward(window, "")
    assert window.isVisible()
    assert not window.windowState() & Qt.WindowState.WindowMinimized


def test_the_open_window_shows_itself_and_takes_the_folders(window, stage, qtbot):
    window.hide()
    stage.worker.emit(WindowWanted(("/home/me/Papers",), "token"))
    qtbot.waitUntil(window.isVisible)
    assert stage.worker.of(AddFolder) == [AddFolder("/home/me/Papers")]


def test_while_the_library_is_busy_it_is_said_and_no_longer(window, stage, qtbot):
    stage.worker.emit(LibraryBusy())
    qtbot.waitUntil(window.message_bar.isVisible)
    assert window.message_bar.text().startswith("Another BGE Desktop is at work\n")
    assert not window.message_bar.is_alarm()
    stage.worker.emit(LibraryBusy(False))
    qtbot.waitUntil(lambda: not window.message_bar.isVisible())


def test_a_window_that_waits_gives_way_to_one_that_owns_the_library(window, stage, qtbot, library, other):
    giving = GivingWay(library, stage.bridge, window)
    stage.bridge.add_folder("/home/me/Papers")
    stage.worker.emit(LibraryBusy())
    qtbot.waitUntil(window.message_bar.isVisible)
    with qtbot.waitSignal(giving.given, timeout=10_000):
        other.opens()
    assert other.wanted[0].folders == ("/home/me/Papers",)
    stage.worker.emit(LibraryBusy(False))
    other.server.close()


def test_a_start_without_a_window_brings_no_other_window_forward(window, stage, qtbot, library, other):
    giving = GivingWay(library, stage.bridge, window, Shown.NOTHING)
    other.opens()
    with qtbot.waitSignal(giving.given, timeout=10_000):
        stage.worker.emit(LibraryBusy())
    assert other.wanted[0].shown is Shown.NOTHING
    with qtbot.waitSignal(stage.bridge.busy_changed):
        stage.worker.emit(LibraryBusy(False))
    other.server.close()


def test_a_window_that_has_the_library_gives_way_to_nobody(window, stage, qtbot, library):
    giving = GivingWay(library, stage.bridge, window)
    with qtbot.waitSignal(stage.bridge.busy_changed, check_params_cb=lambda is_busy: not is_busy):
        stage.worker.emit(LibraryBusy())
        stage.worker.emit(LibraryBusy(False))
    qtbot.waitUntil(lambda: not [thread for thread in threading.enumerate() if thread.name == "giving-way"])
    with qtbot.assertNotEmitted(giving.given, wait=1100):
        giving._given.emit()  # asked while the library was still busy, and answered by this very window


def test_what_the_worker_has_taken_is_not_handed_over_any_more(stage, qtbot):
    stage.bridge.add_folder("/home/me/Papers")
    assert stage.bridge.waiting_folders() == ("/home/me/Papers",)
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(Progress())
    assert stage.bridge.waiting_folders() == ()
