from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QWidget

from bge_desktop.messages import (
    ErrorReport,
    LibraryStatus,
    Pause,
    ReloadSettings,
    ReportStatus,
    Resume,
    SettingsChanged,
    Shown,
    WindowWanted,
)
from bge_desktop.settings import Settings, load, save
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.keys_state import KeysState
from bge_desktop.ui.presence import Presence
from bge_desktop.ui.tray import Tray

# What the offscreen platform says of an icon in a tray that it has not.
pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindowChanged", extend=True)


class Desk:
    """An app's presence on a desktop that has a tray or has not."""

    def __init__(self, app, bridge, window, opener, folder):
        self.has_tray = True
        self.library = os.path.join(folder, "library")
        self.tray = Tray(is_there=lambda: self.has_tray, look_ms=20)
        self.told = []
        self.tray.notify = lambda title, message: self.told.append(title)
        self.choices = Choices(self.library, Settings())
        self.places = QSettings(os.path.join(folder, "places.ini"), QSettings.Format.IniFormat)
        self.presence = Presence(app, bridge, self.choices, self.library, self.places, self.tray)
        self.window = window
        self.presence.set_window(window, opener)


class Opener(QObject):
    failed = Signal(object)

    def __init__(self):
        super().__init__()
        self.opened, self.revealed = [], []

    def open_result(self, result):
        self.opened.append(result)

    def reveal(self, path):
        self.revealed.append(path)


@pytest.fixture
def opener():
    return Opener()


@pytest.fixture
def desk(qapp, stage, window, opener, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    own = Desk(qapp, stage.bridge, window, opener, str(tmp_path))
    quits = qapp.quitOnLastWindowClosed()
    yield own
    own.presence.close()
    qapp.setQuitOnLastWindowClosed(quits)


def start(desk, shown=Shown.WINDOW):
    desk.presence.start(shown, wait_ms=50)


# --- the tray -----------------------------------------------------------------------------------------------------


def test_closing_the_window_quits_unless_a_person_wants_it_in_the_tray(desk, qapp):
    start(desk)
    assert qapp.quitOnLastWindowClosed()
    desk.choices.change(close_to_tray=True)
    assert not qapp.quitOnLastWindowClosed()
    desk.choices.change(close_to_tray=False)
    assert qapp.quitOnLastWindowClosed()


def test_without_a_tray_closing_the_window_always_quits(desk, qapp, qtbot):
    desk.has_tray = False
    desk.choices.change(close_to_tray=True)
    start(desk)
    assert qapp.quitOnLastWindowClosed()
    desk.has_tray = True
    qtbot.waitUntil(lambda: not qapp.quitOnLastWindowClosed())
    desk.has_tray = False
    qtbot.waitUntil(qapp.quitOnLastWindowClosed)


def test_the_first_time_it_is_told_that_it_goes_on_in_the_tray(desk, qtbot):
    desk.choices.change(close_to_tray=True)
    start(desk)
    for _ in range(2):
        desk.window.close()
        qtbot.waitUntil(lambda: desk.told == ["BGE Desktop goes on in the tray"])
        desk.tray.open_wanted.emit()
        qtbot.waitUntil(desk.window.isVisible)
    assert desk.told == ["BGE Desktop goes on in the tray"]


def test_where_closing_quits_nothing_is_told(desk, qtbot):
    start(desk)
    desk.window.close()
    qtbot.wait(20)
    assert desk.told == []


def test_a_window_in_the_tray_comes_back_when_the_tray_goes(desk, qtbot):
    desk.choices.change(close_to_tray=True)
    start(desk)
    desk.window.close()
    desk.has_tray = False
    qtbot.waitUntil(desk.window.isVisible)


def test_a_tray_that_is_gone_for_a_moment_brings_no_window(desk, qtbot):
    desk.choices.change(close_to_tray=True)
    desk.presence.start(Shown.WINDOW, wait_ms=300)
    desk.window.close()
    desk.has_tray = False
    qtbot.waitUntil(lambda: not desk.tray.is_available)
    desk.has_tray = True
    qtbot.waitUntil(lambda: desk.tray.is_available)
    qtbot.wait(350)
    assert not desk.window.isVisible()


def test_a_start_without_the_window_stays_in_the_tray(desk, qtbot):
    desk.window.hide()
    start(desk, Shown.NOTHING)
    qtbot.wait(100)
    assert not desk.window.isVisible()


def test_a_start_without_the_window_waits_a_little_for_a_tray_and_then_shows_it(desk, qtbot):
    desk.window.hide()
    desk.has_tray = False
    start(desk, Shown.NOTHING)
    assert not desk.window.isVisible()
    qtbot.waitUntil(desk.window.isVisible)


def test_a_tray_that_comes_a_little_later_is_waited_for(desk, qtbot):
    desk.window.hide()
    desk.has_tray = False
    desk.presence.start(Shown.NOTHING, wait_ms=300)
    desk.has_tray = True
    qtbot.wait(400)
    assert desk.tray.is_available
    assert not desk.window.isVisible()


def test_the_menu_of_the_tray_reaches_the_worker(desk, stage):
    start(desk)
    desk.tray.pause_wanted.emit()
    desk.tray.resume_wanted.emit()
    assert stage.worker.requests[-2:] == [Pause(), Resume()]


# --- notifications ------------------------------------------------------------------------------------------------


def test_what_goes_wrong_is_told_by_the_desktop_while_the_window_is_hidden(desk, stage, qtbot):
    start(desk)
    full = ErrorReport("The disk is full", "Make room.")
    for is_hidden in (False, True, True):
        desk.window.setVisible(not is_hidden)
        with qtbot.waitSignal(stage.bridge.failed):
            stage.worker.emit(full)
    assert desk.told == ["The disk is full"]
    desk.window.show()
    desk.window.hide()
    with qtbot.waitSignal(stage.bridge.failed):
        stage.worker.emit(full)
    assert desk.told == ["The disk is full"] * 2


# --- quick search and its keys ------------------------------------------------------------------------------------


def test_the_quick_search_opens_and_shows_with_the_windows_own_opener(desk, opener, make_result, qtbot):
    start(desk)
    desk.tray.quick_search_wanted.emit()
    quick, result = desk.presence.quick, make_result()
    qtbot.waitUntil(quick.isVisible)
    quick.open_wanted.emit(result)
    quick.reveal_wanted.emit(result.path)
    assert (opener.opened, opener.revealed) == ([result], [result.path])


def test_what_cannot_be_opened_is_told_by_the_window_also_where_that_was_hidden(desk, opener, qtbot):
    start(desk)
    desk.window.hide()
    opener.failed.emit(ErrorReport("File not found", "It was moved."))
    qtbot.waitUntil(desk.window.isVisible)


def test_show_all_brings_the_window_with_the_query(desk, stage, qtbot):
    start(desk)
    desk.window.hide()
    desk.presence.show_quick_search()
    desk.presence.quick.window_wanted.emit("deposit")
    qtbot.waitUntil(desk.window.isVisible)
    assert desk.window.search_bar.text() == "deposit"


def test_a_further_start_may_bring_the_quick_search(desk, stage, qtbot):
    start(desk)
    stage.worker.emit(WindowWanted((), "token", Shown.QUICK_SEARCH))
    qtbot.waitUntil(lambda: desk.presence.quick is not None and desk.presence.quick.isVisible())


def test_the_app_may_be_started_with_the_quick_search(desk, qtbot):
    desk.window.hide()
    start(desk, Shown.QUICK_SEARCH)
    qtbot.waitUntil(desk.presence.quick.isVisible)
    assert not desk.window.isVisible()


class Keys(QObject):
    pressed = Signal(str)
    state_changed = Signal(object)

    def __init__(self, parent):
        super().__init__(parent)
        self.asked = []

    def hold(self, keys):
        self.asked.append(keys)
        self.state_changed.emit(KeysState.TAKEN if keys else KeysState.NONE)

    def close(self):
        self.asked.append("closed")


def test_the_keys_are_those_of_the_settings_and_it_is_said_where_they_do_not_work(
    qapp, stage, window, opener, tmp_path, monkeypatch, qtbot
):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("bge_desktop.ui.presence.system_keys", Keys)
    desk = Desk(qapp, stage.bridge, window, opener, str(tmp_path))
    start(desk)
    assert desk.presence.keys.asked == []
    desk.choices.change(quick_search_keys="Ctrl+Alt+K")
    desk.choices.change(threads=2)
    assert desk.presence.keys.asked == ["Ctrl+Alt+K"]
    desk.presence.show_settings()
    assert "Another program has these keys" in desk.presence.settings.general._keys_note.text()
    desk.choices.change(quick_search_keys="")
    assert desk.presence.settings.general._keys_note.text() == ""
    desk.presence.keys.pressed.emit("token")
    qtbot.waitUntil(lambda: desk.presence.quick is not None and desk.presence.quick.isVisible())
    desk.presence.close()
    assert desk.presence.keys.asked == ["Ctrl+Alt+K", "", "closed"]


# --- settings -----------------------------------------------------------------------------------------------------


def test_what_is_chosen_is_written_and_the_worker_told(desk, stage, qtbot):
    start(desk)
    desk.choices.change(threads=2)
    qtbot.waitUntil(lambda: stage.worker.of(ReloadSettings) != [])
    assert load(desk.library)[0] == Settings(threads=2)


def test_what_another_program_has_chosen_holds_here_too(desk, stage, qtbot):
    start(desk)
    save(desk.library, Settings(close_to_tray=True))
    stage.worker.emit(SettingsChanged())
    qtbot.waitUntil(lambda: desk.choices.settings.close_to_tray)


def test_the_settings_are_shown_beside_the_window_and_reach_the_others(desk, stage, opener, qtbot):
    start(desk)
    desk.tray.settings_wanted.emit()
    settings = desk.presence.settings
    qtbot.waitUntil(settings.isVisible)
    assert settings.windowModality() == Qt.WindowModality.NonModal
    assert stage.worker.of(ReportStatus)
    stage.worker.emit(LibraryStatus((), 0, 0, 0, 0, (), 0))
    settings.reveal_wanted.emit("/x")
    assert opener.revealed == ["/x"]
    for signal in (settings.folders_wanted, settings.clear_history_wanted):
        own = desk.presence.folders_wanted if signal is settings.folders_wanted else desk.presence.clear_history_wanted
        with qtbot.waitSignal(own):
            signal.emit()
    desk.presence.show_settings()
    assert desk.presence.settings is settings


def test_another_window_takes_over_with_new_settings_in_its_language(desk, make_window, opener, qtbot):
    start(desk)
    desk.presence.show_settings()
    before, menu = desk.presence.settings, desk.tray.menu
    another = make_window()
    desk.presence.set_window(another, opener)
    assert desk.presence.settings is not before
    qtbot.waitUntil(desk.presence.settings.isVisible)
    assert desk.presence.settings.parent() is another
    assert desk.tray.menu is not menu
    assert isinstance(another, QWidget)
