from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.flat_button import FlatButton
from bge_desktop.ui.search_bar import SearchBar
from bge_desktop.ui.theme import Type
from bge_desktop.ui.widgets import IconButton, IconLabel, Label

SHOWN = {
    "label": lambda: Label("Text", Type.SMALL, dim=True),
    "search bar": SearchBar,
    "flat button": lambda: FlatButton("Text", "fold", Type.SMALL),
    "icon label": lambda: IconLabel("search"),
    "icon button": lambda: IconButton("search", "Search"),
}


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("make", SHOWN.values(), ids=SHOWN)
def test_a_larger_font_of_the_system_makes_it_larger_at_once(make, window, request, qtbot):
    shown = make()
    shown.setParent(window)
    window.show()
    before = shown.sizeHint().height()
    request.getfixturevalue("large_text")
    qtbot.waitUntil(lambda: shown.sizeHint().height() > 1.3 * before)


def test_text_that_stands_back_is_readable_once_the_system_is_dark(window, qtbot, request):
    label = Label("Text", dim=True, parent=window)
    window.show()
    request.getfixturevalue("dark")
    qtbot.waitUntil(lambda: label.palette().windowText().color() == theme.dimmed(window.palette()))
