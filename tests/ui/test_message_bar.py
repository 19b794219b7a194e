from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from bge_desktop.messages import ErrorReport


@pytest.fixture
def told(window, qtbot):
    """The window with two messages, the first on show."""
    for title in ("First", "Second"):
        window.message_bar.show_report(ErrorReport(title, "What to do."))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_esc_in_a_message_closes_it(told, qtbot):
    told.message_bar.close_button.setFocus()
    qtbot.keyClick(told.message_bar.close_button, Qt.Key.Key_Escape)
    assert told.message_bar.text() == "Second\nWhat to do."


def test_esc_in_the_search_bar_clears_it_first_and_then_closes_messages(told, qtbot):
    told.search_bar.setText("deposit")
    qtbot.keyClick(told.search_bar, Qt.Key.Key_Escape)
    assert told.message_bar.text() == "First\nWhat to do."
    for _ in range(3):  # once more than there are messages
        qtbot.keyClick(told.search_bar, Qt.Key.Key_Escape)
    assert not told.message_bar.isVisible()
