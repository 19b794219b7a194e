"""Another language is chosen: another window stands in the place of the one before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QSettings

from bge_desktop.messages import ErrorReport
from bge_desktop.settings import Settings
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.languages import Speech
from bge_desktop.ui.spoken_window import SpokenWindow
from bge_desktop.ui.window import MainWindow
from bge_desktop.ui.window_pages import WindowPage


@pytest.fixture
def speech(qapp):
    before, own = QLocale(), Speech(qapp)
    own.choose("en")
    yield own
    own.choose("en")
    QLocale.setDefault(before)


@pytest.fixture
def choices(tmp_path, qapp):
    own = Choices(str(tmp_path / "library"), Settings(language="en"))
    yield own
    own.close()


@pytest.fixture
def spoken(speech, choices, stage, progress, tmp_path, qtbot):
    places = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    own = SpokenWindow(lambda: MainWindow(stage.bridge, places), speech, choices, stage.bridge)
    own.window.show()
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(progress)
    yield own
    own.window.close()
    own.window.deleteLater()


def test_the_window_stands_as_it_stood_in_the_other_language(spoken, choices, stage, qtbot):
    before = spoken.window
    before.resize(780, 580)
    before.search_bar.setText("lease")
    qtbot.waitUntil(lambda: stage.worker.was_asked("lease"))
    with qtbot.waitSignal(before.destroyed):
        choices.change(language="zh")
    after = spoken.window
    assert after.isVisible()
    assert (after.size().width(), after.size().height()) == (780, 580)
    assert after.search_bar.text() == "lease"
    assert after.search_bar.accessibleName() == "搜索"
    assert "个文件" in after.library_label.text()


def test_the_page_of_the_library_stays_open(spoken, choices, qtbot):
    spoken.window.show_page(WindowPage.LIBRARY)
    with qtbot.waitSignal(spoken.window.destroyed):
        choices.change(language="zh")
    assert spoken.window.pages.currentWidget() is spoken.window.library


def test_it_stays_the_same_while_the_language_does(spoken, choices, qtbot):
    before = spoken.window
    with qtbot.waitSignal(choices.saved):
        choices.change(threads=3)
    assert spoken.window is before


def test_the_window_that_has_gone_hears_nothing_any_more(spoken, choices, stage, progress, qtbot):
    for language in ("zh", "en", "zh"):
        with qtbot.waitSignal(spoken.window.destroyed):
            choices.change(language=language)
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(progress)
    assert "个文件" in spoken.window.library_label.text()
    with qtbot.waitSignal(stage.bridge.failed):
        stage.worker.emit(ErrorReport("A title", "A message."))
    assert "A message." in spoken.window.message_bar.text()
