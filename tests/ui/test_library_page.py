from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from bge_desktop.messages import Failure, FolderRules, FolderState, FolderStatus, LibraryStatus, Progress, SetRules
from bge_desktop.ui.library_page import LibraryPage
from bge_desktop.ui.rules_dialog import RulesDialog
from bge_desktop.ui.theme import GRID

FOLDER = "/home/me/Documents"


def status(passages: int | None = None, failed: int = 1) -> FolderStatus:
    return FolderStatus(FOLDER, FolderState.WATCHED, 9, 0, failed, passages=passages)


def library_status(*failures: Failure) -> LibraryStatus:
    return LibraryStatus((status(70, len(failures)),), 9, 70, len(failures), 0, (), 1, failures)


@pytest.fixture
def page(qtbot) -> LibraryPage:
    made = LibraryPage(pause_ms=20)
    qtbot.addWidget(made)
    return made


def test_it_asks_for_the_status_when_it_is_shown_and_not_before(page, qtbot):
    with qtbot.assertNotEmitted(page.status_wanted):
        page.show_progress(Progress((status(),)))
    with qtbot.waitSignal(page.status_wanted):
        page.show()


def test_while_the_library_changes_it_asks_again_but_not_often(page, qtbot):
    asked: list[None] = []
    page.status_wanted.connect(lambda: asked.append(None))
    page.show()
    for _ in range(20):
        page.show_progress(Progress((status(),)))
    assert len(asked) == 1
    qtbot.waitUntil(lambda: len(asked) == 2)
    qtbot.wait(60)
    assert len(asked) == 2


def test_a_status_tells_the_passages_of_folders_and_all_failures(page):
    failures = tuple(Failure(f"{FOLDER}/{number}.pdf", "Damaged", "Get another copy.") for number in range(60))
    page.show_progress(Progress((status(failed=60),), failures=failures[:50]))
    assert page.failures.model.rowCount() == 50
    page.show_status(library_status(*failures))
    assert page.failures.model.rowCount() == 60
    assert page.folders.rows[FOLDER].state_text() == "Up to date  ·  9 files  ·  70 passages"
    assert page.tabText(1) == "Not read (60)"


def test_the_count_at_a_folder_leads_to_its_files(page, qtbot):
    page.show_progress(Progress((status(),), failures=(Failure(f"{FOLDER}/a.pdf", "Damaged", "Get another copy."),)))
    page.show()
    page.folders.rows[FOLDER].failed_button.click()
    assert page.currentWidget() is page.failures
    assert page.failures.filters.wanted().folder == FOLDER
    qtbot.waitUntil(lambda: page.focusWidget() is page.failures.table)


def test_the_rules_of_a_folder_are_shown_and_changed(page, qtbot):
    page.show_progress(Progress((status(),)))
    page.show()
    page.folders.rules_wanted.emit(FOLDER)
    dialog = page.findChild(RulesDialog)
    assert dialog.isVisible()
    dialog.limit_box.setValue(50)
    with qtbot.waitSignal(page.rules_chosen) as chosen:
        dialog.accept()
    assert chosen.args == [SetRules(FOLDER, FolderRules(limit_mb=50), instead_of=FolderRules())]


def test_a_folder_that_is_removed_meanwhile_has_no_rules(page):
    page.show_progress(Progress())
    page.folders.rules_wanted.emit(FOLDER)
    assert page.findChild(RulesDialog) is None


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_tabs_begin_where_the_page_does(page, qtbot, direction):
    page.setLayoutDirection(direction)
    page.resize(800, 600)
    page.show()
    qtbot.waitExposed(page)
    bar, width = page.tabBar(), page.width()
    tab = bar.tabRect(0).translated(bar.mapTo(page, QPoint()))
    margin = tab.left() if direction is Qt.LayoutDirection.LeftToRight else width - tab.right() - 1
    assert margin == pytest.approx(2 * GRID, abs=2)


def test_the_tab_counts_what_could_not_be_read_and_not_what_was_read_in_part(page):
    folder = replace(status(failed=4), in_part=3)
    page.show_progress(Progress((folder,)))
    assert page.tabText(1) == "Not read (4)"
    page.show_progress(Progress((replace(folder, failed=0),)))
    assert page.tabText(1) == "Not read"
