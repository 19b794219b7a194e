from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtGui import QAccessible

from bge_desktop.messages import FacetCount, Facets
from bge_desktop.ui.filters_panel import FiltersPanel

KINDS = ("pdf", "docx", "html", "markdown", "text", "sheet", "email", "image", "code", "slides")
FACETS = Facets(
    1,
    (FacetCount("/home/me", 12), FacetCount("/home/me/Work", 7), FacetCount("/backup", 2)),
    tuple(FacetCount(kind, 100 - place) for place, kind in enumerate(KINDS)),
    (FacetCount("zh", 3), FacetCount("en", 1234)),
    (FacetCount("today", 1), FacetCount("7d", 5)),
)


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def make_panel(qtbot, settings):
    def make():
        panel = FiltersPanel(settings)
        qtbot.addWidget(panel)
        panel.resize(240, 900)
        panel.show_facets(FACETS)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return make


@pytest.fixture
def panel(make_panel):
    return make_panel()


def shown(panel, key):
    """Return the names on show, in their order from above."""
    QCoreApplication.processEvents()  # so that everything is laid out
    rows = [row for row in panel.groups[key].rows.values() if not row.isHidden()]
    return [row.choice.name for row in sorted(rows, key=lambda row: row.y())]


def checked(panel):
    return {
        (key, row.choice.value) for key, group in panel.groups.items() for row in group.rows.values() if row.isChecked()
    }


def test_values_are_called_as_people_call_them(panel):
    assert shown(panel, "folder") == ["me", "Work", "backup"]
    assert shown(panel, "type")[:3] == ["PDF", "Word", "Web page"]
    assert shown(panel, "date") == ["Today", "Last 7 days"]
    assert shown(panel, "lang") == ["Chinese", "English"]
    assert panel.groups["folder"].rows["/home/me/Work"].toolTip() == "/home/me/Work"


def test_a_click_asks_and_the_query_decides(panel, qtbot):
    row = panel.groups["type"].rows["docx"]
    with qtbot.waitSignal(panel.toggled) as asked:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert asked.args == ["type", "docx"]
    assert not row.isChecked()
    panel.show_query("lease kind:word")
    assert row.isChecked()
    panel.show_query("lease")
    assert not row.isChecked()


def test_several_values_of_several_filters_are_marked(panel):
    panel.show_query("type:pdf,word -type:html 语言：中文 date:1w folder:/backup")
    assert checked(panel) == {("type", "pdf"), ("type", "docx"), ("lang", "zh"), ("date", "7d"), ("folder", "/backup")}


def test_what_is_asked_for_stays_on_show_without_documents(panel):
    panel.show_query("type:video date:2001 folder:~/gone")
    assert shown(panel, "type")[0] == "Video"
    assert (panel.groups["type"].rows["video"].choice.count, panel.groups["type"].rows["video"].isChecked()) == (
        0,
        True,
    )
    assert shown(panel, "folder")[0] == "gone"
    panel.show_query("")
    assert "video" not in panel.groups["type"].rows


def test_a_folder_that_is_not_utf8_reaches_the_query_as_it_is(panel, qtbot):
    path = "/home/me/a\udcff"
    panel.show_facets(Facets(2, (FacetCount(path, 1),), (), (), ()))
    with qtbot.waitSignal(panel.toggled) as asked:
        panel.groups["folder"].rows[path].click()
    assert asked.args == ["folder", path]


def test_of_many_values_the_weightiest_are_shown_until_all_are_wanted(panel, qtbot):
    group = panel.groups["type"]
    assert len(shown(panel, "type")) == 8
    assert group.more_button.text() == "Show all 10"
    panel.show_query("type:slides")
    assert shown(panel, "type")[-1] == "Slides"
    qtbot.mouseClick(group.more_button, Qt.MouseButton.LeftButton)
    assert len(shown(panel, "type")) == 10
    assert group.more_button.text() == "Show fewer"
    qtbot.mouseClick(group.more_button, Qt.MouseButton.LeftButton)
    assert len(shown(panel, "type")) == 8
    assert panel.groups["lang"].more_button.isHidden()


def test_folders_of_the_library_are_shown_before_those_in_them(panel):
    inner = tuple(FacetCount(f"/home/me/{number}", 50) for number in range(20))
    panel.show_facets(Facets(2, (FacetCount("/home/me", 999), *inner, FacetCount("/backup", 1)), (), (), ()))
    assert [shown(panel, "folder")[place] for place in (0, -1)] == ["me", "backup"]
    assert len(shown(panel, "folder")) == 8


def test_of_very_many_folders_the_largest_are_shown(panel):
    inner = tuple(FacetCount(f"/home/me/{number}", 1000 - number) for number in range(300))
    panel.show_facets(Facets(2, (FacetCount("/home/me", 999), *inner), (), (), ()))
    assert panel.groups["folder"].more_button.text() == "Show the 100 largest"
    panel.groups["folder"].more_button.click()
    assert len(shown(panel, "folder")) == 100


def test_a_folder_that_was_asked_for_before_it_was_counted_stands_in(panel):
    panel.show_query("folder:/home/me/new")
    row = panel.groups["folder"].rows["/home/me/new"]
    panel.show_facets(Facets(2, (*FACETS.folders[:1], FacetCount("/home/me/new", 3)), (), (), ()))
    assert (row.choice.depth, row.choice.count) == (1, 3)


def test_rows_keep_their_focus_while_the_counts_change(panel, qtbot):
    row = panel.groups["type"].rows["html"]
    row.setFocus()
    more = tuple(FacetCount(own.value, 500) for own in reversed(FACETS.kinds))
    panel.show_facets(Facets(2, FACETS.folders, more, FACETS.languages, FACETS.dates))
    assert row.hasFocus()
    assert row.choice.count == 500
    assert shown(panel, "type")[0] == "Slides"


def test_focus_does_not_fall_out_of_the_panel_when_a_row_goes(panel):
    panel.groups["type"].rows["html"].setFocus()
    panel.show_facets(Facets(2, (), FACETS.kinds[:1], (), ()))
    assert panel.groups["type"].heading.hasFocus()


def test_tab_stops_once_in_a_group_and_the_arrows_go_through_all(panel, qtbot):
    group = panel.groups["type"]
    group.heading.setFocus()
    qtbot.keyClick(group.heading, Qt.Key.Key_Tab)
    assert group.rows["pdf"].hasFocus()
    qtbot.keyClick(group.rows["pdf"], Qt.Key.Key_Down)
    assert group.rows["docx"].hasFocus()
    qtbot.keyClick(group.rows["docx"], Qt.Key.Key_Tab)
    assert group.more_button.hasFocus()
    qtbot.keyClick(group.more_button, Qt.Key.Key_Backtab)
    assert group.rows["docx"].hasFocus()
    for _ in range(4):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
    assert panel.groups["folder"].rows["/home/me/Work"].hasFocus()
    for _ in range(40):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Down)
    assert panel.groups["lang"].rows["en"].hasFocus()


def test_space_chooses_and_folds(panel, qtbot):
    row = panel.groups["lang"].rows["zh"]
    row.setFocus()
    with qtbot.waitSignal(panel.toggled) as asked:
        qtbot.keyClick(row, Qt.Key.Key_Space)
    assert asked.args == ["lang", "zh"]
    heading = panel.groups["lang"].heading
    qtbot.keyClick(heading, Qt.Key.Key_Space)
    assert not row.isVisible()
    assert heading.accessibleDescription() == "Collapsed"


def test_what_is_folded_away_stays_so(panel, make_panel, qtbot):
    qtbot.mouseClick(panel.groups["date"].heading, Qt.MouseButton.LeftButton)
    other = make_panel()
    assert [key for key, group in other.groups.items() if group.is_folded] == ["date"]
    qtbot.mouseClick(other.groups["date"].heading, Qt.MouseButton.LeftButton)
    third = make_panel()
    assert not any(group.is_folded for group in third.groups.values())


def test_a_group_without_values_is_not_there(panel):
    panel.show_facets(Facets(2, (), FACETS.kinds, (), ()))
    assert [key for key, group in panel.groups.items() if group.isVisible()] == ["type"]


def test_a_screen_reader_reads_the_name_the_count_and_the_state(panel):
    panel.show_query("lang:en")
    row = QAccessible.queryAccessibleInterface(panel.groups["lang"].rows["en"])
    assert row.text(QAccessible.Text.Name) == "English, 1,234 documents"
    assert row.role() == QAccessible.Role.CheckBox
    assert row.state().checked
    heading = QAccessible.queryAccessibleInterface(panel.groups["lang"].heading)
    assert heading.text(QAccessible.Text.Name) == "Language"


@pytest.mark.usefixtures("large_text")
def test_lines_grow_with_the_text(panel):
    row = panel.groups["lang"].rows["en"]
    assert row.height() >= row.fontMetrics().height()
    assert not panel.grab().isNull()


def test_a_home_folder_is_shortened_in_the_tip(panel):
    path = os.path.join(os.path.expanduser("~"), "Papers")
    panel.show_facets(Facets(2, (FacetCount(path, 1),), (), (), ()))
    assert panel.groups["folder"].rows[path].toolTip() == os.path.join("~", "Papers")
