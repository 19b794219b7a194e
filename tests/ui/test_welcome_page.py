from __future__ import annotations

import os
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bge_desktop.ui.pages import WelcomePage
from bge_desktop.ui.suggestions import usual_folders
from tests.ui.files import make

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folders(tmp_path) -> list[str]:
    paths = [str(tmp_path / name) for name in ("Documents", "桌面", "none")]
    for path in paths[:2]:
        os.mkdir(path)
    make(paths[0], "a.txt", text="12345")
    return paths


@pytest.fixture
def page(qtbot, folders) -> WelcomePage:
    made = WelcomePage(folders)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.suggestions.cards[folders[1]].size_text() == "Empty")
    return made


def test_folders_that_are_there_are_offered_with_their_size(page, folders):
    cards = page.suggestions.cards
    assert [path for path, card in cards.items() if card.isVisible()] == folders[:2]
    assert cards[folders[0]].size_text() == "1 file, 5 bytes"
    assert cards[folders[0]].accessibleName() == f"Add {folders[0]}: 1 file, 5 bytes"


def test_one_may_choose_a_folder_a_suggestion_or_the_samples(page, folders, qtbot):
    with qtbot.waitSignal(page.folder_wanted):
        qtbot.mouseClick(page.drop_target, LEFT)
    with qtbot.waitSignal(page.suggestion_wanted) as wanted:
        qtbot.mouseClick(page.suggestions.cards[folders[0]], LEFT)
    assert wanted.args == [folders[0]]
    with qtbot.waitSignal(page.samples_wanted):
        qtbot.mouseClick(page.samples_button, LEFT)


def test_tab_leads_from_the_top_to_the_bottom_and_space_chooses(page, folders, qtbot):
    page.activateWindow()
    page.drop_target.setFocus()
    qtbot.waitUntil(page.drop_target.hasFocus)
    reached = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    cards = page.suggestions.cards
    assert reached == [cards[folders[0]], cards[folders[1]], page.samples_button]
    with qtbot.waitSignal(page.suggestion_wanted):
        qtbot.keyClick(cards[folders[1]], Qt.Key.Key_Space)


def test_until_a_folder_is_found_nothing_is_suggested(qtbot, folders, page):
    fresh = WelcomePage(folders)
    qtbot.addWidget(fresh)
    assert fresh.suggestions.heading.isHidden()
    assert all(card.isHidden() for card in fresh.suggestions.cards.values())
    assert page.suggestions.heading.isVisible()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they are not said in a file")
def test_the_usual_folders_are_not_the_whole_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "user-dirs.dirs").write_text(
        'XDG_DOCUMENTS_DIR="$HOME/文档"\nXDG_DESKTOP_DIR="$HOME/"\nXDG_DOWNLOAD_DIR="$HOME/文档"\n'
    )
    assert usual_folders() == [str(tmp_path / "文档")]


@pytest.mark.usefixtures("dark", "large_text")
def test_it_paints_in_the_dark_and_fits_into_a_narrow_window(page, folders):
    page.resize(700, 600)
    QApplication.processEvents()
    assert page.grab().toImage().pixelColor(2, 2).lightness() < 128
    card = page.suggestions.cards[folders[0]]
    assert card.mapTo(page, card.rect().topRight()).x() < page.width() == 700
