from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from bge_desktop.ui.query_edit import terms
from bge_desktop.ui.search_bar import SearchBar


@pytest.fixture
def bar(qtbot):
    made = SearchBar()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "-like:/a"),
        ("lease", "lease -like:/a"),
        ("lease ", "lease -like:/a"),
        ("租约\u3000", "租约 -like:/a"),
        ("lease -like:/a", "lease -like:/a"),
        ("lease -like:/a/b", "lease -like:/a/b -like:/a"),
        ('"sixty days" end', '"sixty days" end -like:/a'),
        ('"sixty days', '-like:/a "sixty days'),
    ],
)
def test_a_term_is_added_once_and_apart_from_what_is_typed(bar, typed, expected):
    bar.setText(typed)
    bar.add_term("-like:/a")
    assert bar.text() == expected
    assert bar.cursorPosition() == len(expected)


def test_one_undo_takes_an_edit_back(bar):
    bar.insert("lease")
    bar.add_term("-like:/a")
    bar.replace("like:/b")
    assert bar.text() == "like:/b"
    bar.undo()
    assert bar.text() == "lease -like:/a"
    bar.undo()
    assert bar.text() == "lease"


def test_an_edit_counts_as_typing(bar, qtbot):
    with qtbot.waitSignals([bar.typed, bar.query_changed]):
        bar.replace("like:/b")


def test_filters_come_and_go_by_edits_that_leave_the_focus_alone(bar):
    bar.insert("lease")
    bar.toggle("type", "pdf")
    assert bar.text() == "lease type:pdf"
    assert not bar.hasFocus()
    [term] = terms(bar.text())
    bar.remove(term)
    assert bar.text() == "lease"
    bar.remove(term)
    assert bar.text() == "lease"
    bar.undo()
    assert bar.text() == "lease type:pdf"


def test_the_last_filter_leaves_nothing(bar):
    bar.insert("type:pdf")
    bar.toggle("type", "pdf")
    assert bar.text() == ""


PAST = ("租约", "lease end", "rent", "Lease deposit")


def press(qtbot, bar, *keys):
    shown = []
    for key in keys:
        qtbot.keyClick(bar, key)
        shown.append(bar.text())
    return shown


UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down


def test_up_goes_back_in_time_and_down_forth_to_what_was_typed(bar, qtbot):
    bar.show_history(PAST)
    assert press(qtbot, bar, UP, UP, UP, UP, UP) == ["租约", "lease end", "rent", "Lease deposit", "Lease deposit"]
    assert press(qtbot, bar, DOWN, DOWN, DOWN, DOWN) == ["rent", "lease end", "租约", ""]


def test_only_queries_that_begin_as_what_was_typed_are_gone_through(bar, qtbot):
    bar.show_history(PAST)
    bar.setText("leas")
    assert press(qtbot, bar, UP, UP, UP, DOWN, DOWN) == [
        "lease end", "Lease deposit", "Lease deposit", "lease end", "leas",
    ]  # fmt: skip


def test_down_from_the_newest_goes_into_the_results(bar, qtbot):
    bar.show_history(PAST)
    bar.setText("leas")
    press(qtbot, bar, UP)
    with qtbot.assertNotEmitted(bar.moved_down):
        press(qtbot, bar, DOWN)
    with qtbot.waitSignal(bar.moved_down):
        press(qtbot, bar, DOWN)


def test_typing_begins_another_walk(bar, qtbot):
    bar.show_history(PAST)
    press(qtbot, bar, UP, UP)
    bar.setText("r")
    assert press(qtbot, bar, UP, DOWN) == ["rent", "r"]


def test_a_query_that_comes_to_the_front_does_not_disturb_the_walk(bar, qtbot):
    bar.show_history(PAST)
    press(qtbot, bar, UP, UP)
    bar.show_history(("lease end", *PAST))
    assert press(qtbot, bar, UP) == ["rent"]


def test_a_query_of_the_past_is_asked(bar, qtbot):
    bar.show_history(PAST)
    with qtbot.waitSignal(bar.query_changed) as asked:
        press(qtbot, bar, UP)
    assert asked.args == ["租约"]


def test_esc_clears_and_up_goes_on_from_nothing(bar, qtbot):
    bar.show_history(PAST)
    assert press(qtbot, bar, UP, UP, Qt.Key.Key_Escape, UP) == ["租约", "lease end", "", "租约"]


def test_the_icons_grow_with_the_text(bar, request, qtbot):
    bar.setText("lease")
    bar.show()
    before = bar.clear_button.iconSize().width(), bar.textMargins().left()
    request.getfixturevalue("large_text")
    qtbot.waitUntil(lambda: bar.clear_button.iconSize().width() > before[0])
    assert bar.textMargins().left() > before[1]
