"""The window while there is no folder, and what leads on from there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from bge_desktop.messages import AddFolder, ErrorReport, Progress
from bge_desktop.ui.window_pages import WindowPage

PAPERS = "/home/me/Papers"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fresh(make_window, qtbot):
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.welcome.drop_target.hasFocus)
    return window


def is_welcome(window) -> bool:
    return window.pages.currentWidget() is window.welcome


@pytest.mark.parametrize(("key", "signal"), [(Qt.Key.Key_Comma, "settings_wanted"), (Qt.Key.Key_Q, "quit_wanted")])
def test_the_keys_of_the_menu_work_from_the_beginning(fresh, qtbot, key, signal):
    with qtbot.waitSignal(getattr(fresh, signal)):
        qtbot.keyClick(fresh.welcome.drop_target, key, CTRL)


def test_a_folder_can_be_added_by_its_key(fresh, stage, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: PAPERS)
    qtbot.keyClick(fresh.welcome.drop_target, Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: stage.worker.of(AddFolder) == [AddFolder(PAPERS)])


def test_what_needs_a_folder_waits_for_one(fresh, qtbot, stage, progress):
    qtbot.keyClick(fresh.welcome.drop_target, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(fresh.welcome.drop_target, Qt.Key.Key_F, CTRL)
    fresh.show_page(WindowPage.LIBRARY)
    assert is_welcome(fresh)
    assert fresh.welcome.drop_target.hasFocus()
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(progress)
    assert fresh.header.page_actions[WindowPage.LIBRARY].isEnabled()


def test_the_settings_are_offered(fresh, qtbot):
    fresh.welcome.settings_button.setFocus()
    with qtbot.waitSignal(fresh.settings_wanted):
        qtbot.keyClick(fresh.welcome.settings_button, Qt.Key.Key_Return)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_card_of_the_first_folder_is_pressed_by_keyboard(fresh, stage, qtbot, monkeypatch, key):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: PAPERS)
    qtbot.keyClick(fresh.welcome.drop_target, key)
    assert stage.worker.of(AddFolder) == [AddFolder(PAPERS)]


def test_one_can_type_as_soon_as_a_folder_was_added(fresh, stage, qtbot):
    fresh.welcome.suggestion_wanted.emit(PAPERS)
    assert not is_welcome(fresh)
    qtbot.waitUntil(fresh.search_bar.hasFocus)
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(Progress())  # from before it was added
    assert not is_welcome(fresh)


def test_where_the_folder_could_not_be_added_one_is_back(fresh, stage, qtbot):
    stage.bridge.add_folder(PAPERS)
    with qtbot.waitSignal(stage.bridge.failed):
        stage.worker.emit(ErrorReport("Something else", "Of which it is not.", "/x"))
    assert not is_welcome(fresh)
    with qtbot.waitSignal(stage.bridge.failed):
        stage.worker.emit(ErrorReport("Not added", "It is not there.", PAPERS))
    assert is_welcome(fresh)


def test_a_failure_takes_nobody_away_from_the_folders_that_there_are(window, stage, qtbot):
    stage.bridge.add_folder(PAPERS)
    with qtbot.waitSignal(stage.bridge.failed):
        stage.worker.emit(ErrorReport("Not added", "It is not there.", PAPERS))
    assert not is_welcome(window)
