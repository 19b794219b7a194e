from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

import bge_desktop
from bge_desktop import resources
from bge_desktop.ui.help import AboutBox, KeysDialog
from bge_desktop.ui.keys import keys


def test_the_readme_lists_the_same_keys():
    with open(resources.path("..", "README.md"), encoding="utf-8") as file:
        rows = [line for line in file if line.startswith("| ") and "<kbd>" in line]
    assert [tuple(re.sub("</?kbd>", "", row).strip("| \n").split(" | ")) for row in rows] == keys()


@pytest.fixture
def dialog(window, qtbot) -> KeysDialog:
    window.header.keys_wanted.emit()
    made = window.findChild(KeysDialog)
    qtbot.waitExposed(made)
    return made


def test_the_keys_are_shown_beside_the_window(dialog, qtbot):
    assert not dialog.isModal()
    assert dialog.table.item(0, 0).text() == "Ctrl+F, Ctrl+L"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_screen_reader_reads_the_keys(dialog):
    table = QAccessible.queryAccessibleInterface(dialog.table)
    assert table.text(QAccessible.Text.Name) == "Keyboard shortcuts"
    names = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    assert "go to the search bar" in names


def test_it_is_told_what_the_program_is(window):
    window.header.about_wanted.emit()
    box = window.findChild(AboutBox)
    assert not box.isModal()
    assert bge_desktop.__version__ in box.text()
    for told in ("MIT", "bge-small-zh-v1.5", "bge-small-en-v1.5"):
        assert told in box.informativeText()
    box.close()
