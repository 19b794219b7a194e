from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bge_desktop.messages import FacetCount, Facets
from bge_desktop.ui.filter_chips import FilterChips

FACETS = Facets(
    1,
    (FacetCount("/home/me/R&D", 12), FacetCount("/backup", 2)),
    (FacetCount("pdf", 9), FacetCount("docx", 1234)),
    (FacetCount("zh", 3),),
    (),
)


@pytest.fixture
def chips(qtbot):
    page, made = QWidget(), FilterChips()
    column = QVBoxLayout(page)
    column.addWidget(made)
    column.addStretch()
    qtbot.addWidget(page)
    page.resize(900, 300)
    made.show_facets(FACETS)
    page.show()
    qtbot.waitExposed(page)
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(chips):
    return [chip.text() for chip in chips.chips]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("lease", []),
        ("lease type:pdf", ["PDF"]),
        ("类型：网页,word lang:zh", ["Web page, Word", "Chinese"]),
        ("-type:pdf -folder:old -name:draft", ["Not PDF", "Not in old", "Name without draft"]),
        ("folder:~/Work name:a,b date:7d", ["In Work", "Name with a, b", "Last 7 days"]),
        ("after:2024-05 before:1y size:>1MB", ["After 2024-05", "Before 1y", "Size >1MB"]),
        ("like:~/lease.pdf -like:/x/draft.txt", ["Like lease.pdf", "Not like draft.txt"]),
        ("ext:txt type:.xlsx", [".txt", ".xlsx"]),
        ("date:soon type:pd", []),
    ],
)
def test_there_is_a_chip_for_each_filter(chips, query, expected):
    chips.show_query(query)
    assert texts(chips) == expected


def test_a_chip_stands_for_documents_of_the_map_before_the_filters(chips, qtbot):
    assert not chips.documents_chip.isVisible()
    chips.show_query("type:pdf")
    chips.show_documents(1234)
    assert chips.documents_chip.text() == "1,234 documents from the map"
    qtbot.waitUntil(lambda: 0 < chips.documents_chip.x() < chips.chips[0].x())
    assert chips.documents_chip.width() > chips.fontMetrics().horizontalAdvance(chips.documents_chip.text())
    with qtbot.waitSignal(chips.documents_dropped):
        qtbot.keyClick(chips.documents_chip, Qt.Key.Key_Delete)
    chips.show_documents(0)
    assert not chips.documents_chip.isVisible()


def test_a_name_with_an_ampersand_makes_no_shortcut(chips):
    chips.show_query('folder:"R&D"')
    [chip] = chips.chips
    assert chip.text() == "In R&&D"
    assert chip.accessibleName() == "Remove the filter In R&D"
    assert chip.shortcut().isEmpty()


def test_a_click_asks_to_remove_the_filter_where_it_stands_by_then(chips, qtbot):
    chips.show_query("type:pdf lease")
    chips.show_query("a longer query type:pdf lease")
    with qtbot.waitSignal(chips.removed) as asked:
        qtbot.mouseClick(chips.chips[0], Qt.MouseButton.LeftButton)
    [term] = asked.args
    assert (term.start, term.token.raw) == (15, "type:pdf")


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space])
def test_keys_remove_too(chips, qtbot, key):
    chips.show_query("type:pdf")
    with qtbot.waitSignal(chips.removed):
        qtbot.keyClick(chips.chips[0], key)


def test_the_focus_goes_on_to_the_next_chip_and_in_the_end_to_the_menus(chips):
    chips.show_query("type:pdf lang:zh after:2024")
    chips.chips[1].setFocus()
    chips.show_query("type:pdf after:2024")
    assert chips.chips[1].hasFocus()
    chips.show_query("type:pdf")
    assert chips.chips[0].hasFocus()
    chips.show_query("")
    assert chips.buttons["lang"].hasFocus()


def test_chips_are_made_anew_only_where_the_filters_change(chips):
    chips.show_query("type:pdf l")
    [before] = chips.chips
    chips.show_query("type:pdf le")
    assert chips.chips == [before]


def test_tab_goes_through_menus_and_chips(chips, qtbot):
    chips.show_query("type:pdf")
    chips.buttons["lang"].setFocus()
    qtbot.keyClick(chips.buttons["lang"], Qt.Key.Key_Tab)
    assert chips.chips[0].hasFocus()


def actions_of(chips, key):
    menu = chips.buttons[key].choices
    menu.aboutToShow.emit()
    return menu.actions()


def test_menus_offer_what_has_documents_and_mark_what_is_asked_for(chips, qtbot):
    chips.show_query("kind:word")
    actions = actions_of(chips, "type")
    assert [(action.text(), action.isChecked()) for action in actions] == [("PDF\t9", False), ("Word\t1,234", True)]
    with qtbot.waitSignal(chips.toggled) as asked:
        actions[0].trigger()
    assert asked.args == ["type", "pdf"]
    folder = actions_of(chips, "folder")[0]
    assert (folder.text(), folder.toolTip()) == ("R&&D\t12", "/home/me/R&D")


def test_a_menu_opens_by_keyboard(chips, qtbot):
    button = chips.buttons["type"]
    opened = []
    button.choices.aboutToShow.connect(lambda: opened.append(True))
    button.choices.aboutToShow.connect(button.choices.close, Qt.ConnectionType.QueuedConnection)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert opened == [True]


def test_a_menu_without_anything_to_choose_is_disabled(chips):
    assert not chips.buttons["date"].isEnabled()
    chips.show_query("date:2001")
    assert chips.buttons["date"].isEnabled()


def test_nothing_moves_while_one_types_but_chips_that_come(chips):
    height, places = chips.height(), {key: button.pos() for key, button in chips.buttons.items()}
    for length in range(len("type:pdf lease lang:zh")):
        chips.show_query("type:pdf lease lang:zh"[:length])
        QCoreApplication.processEvents()
        assert chips.height() == height
        assert {key: button.pos() for key, button in chips.buttons.items()} == places


def test_many_chips_go_to_further_lines(chips):
    height = chips.height()
    chips.show_query(" ".join(f"name:document-number-{number}" for number in range(12)))
    QCoreApplication.processEvents()
    assert chips.height() >= 2 * height
    assert all(chips.rect().contains(chip.geometry()) for chip in chips.chips)
    assert len({chip.y() for chip in chips.chips}) > 1


def test_lines_begin_at_the_right_where_one_reads_from_there(chips):
    chips.parentWidget().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QCoreApplication.processEvents()
    assert chips.buttons["type"].geometry().right() == chips.rect().right()


def test_a_screen_reader_reads_what_a_press_does(chips):
    chips.show_query("type:pdf")
    chip = QAccessible.queryAccessibleInterface(chips.chips[0])
    assert chip.text(QAccessible.Text.Name) == "Remove the filter PDF"
    menu = QAccessible.queryAccessibleInterface(chips.buttons["type"])
    assert menu.text(QAccessible.Text.Name) == "Filter by Kind"


def test_margins_of_the_row_are_kept(chips):
    chips.setContentsMargins(16, 0, 16, 8)
    QCoreApplication.processEvents()
    assert chips.buttons["type"].x() == 16
    assert chips.height() == chips.buttons["type"].height() + 8
