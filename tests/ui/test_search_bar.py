from __future__ import annotations

import pytest

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
