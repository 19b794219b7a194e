from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from bge_desktop.ui.result_menu import CopiesMenu
from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView


@pytest.fixture
def view(qtbot):
    made = ResultsView(ResultsModel())
    made.model().setParent(made)
    qtbot.addWidget(made)
    return made


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isEnabled() and not action.isSeparator()]


def headings(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not (action.isEnabled() or action.isSeparator())]


def copies_of(menu: QMenu) -> CopiesMenu:
    return next(iter(menu.findChildren(CopiesMenu)))


def test_the_menu_offers_everything_and_shows_the_keys(view, make_result):
    menu = view.menu_for(make_result())
    shown = {action.text(): action.shortcut().toString() for action in menu.actions() if action.text()}
    assert shown == {
        "Open": "Enter",
        "Show in folder": "Ctrl+Enter",
        "Copy path": "Ctrl+C",
        "Copy as": "",
        "Labels": "",
        "Find similar documents": "Ctrl+Shift+F",
        "Not like this": "Ctrl+Shift+N",
        "Remove folder…": "",
    }
    keyed = [action for action in menu.actions() if not action.shortcut().isEmpty()]
    assert all(action.isShortcutVisibleInContextMenu() for action in keyed)


def test_copy_as_offers_text_markdown_and_a_citation(view, make_result):
    copy_as = next(action.menu() for action in view.menu_for(make_result()).actions() if action.text() == "Copy as")
    shown = {action.text(): action.shortcut().toString() for action in copy_as.actions()}
    assert shown == {"Text": "", "Markdown": "", "Citation": "Ctrl+Shift+C"}


def test_of_several_documents_what_makes_sense_for_all_is_offered(view, make_result):
    passages = [make_result("/d/a.pdf"), make_result("/d/a.pdf", start=90), make_result("/d/b.pdf", copies=("/d/c",))]
    offered = texts(view.menu_for(*passages))
    assert offered == ["Open 2 documents", "Copy 2 paths", "Copy as", "Labels", "Not like these"]


def test_copies_are_told_apart_by_their_folders_and_those_that_are_only_similar_by_a_heading(view, make_result):
    result = make_result("/d/a.pdf", copies=("/d/x/a.pdf", "/d/y/a.pdf"), near_duplicates=("/d/租约 & Co.docx",))
    menu = copies_of(view.menu_for(result))
    assert texts(menu) == ["a.pdf  ·  /d/x", "a.pdf  ·  /d/y", "租约 && Co.docx  ·  /d"]
    assert headings(menu) == ["The same", "Almost the same"]


@pytest.mark.parametrize("copy", ["/d/b.pdf", "/d/caf\udce9.pdf"])
def test_a_copy_is_opened_by_its_path(view, make_result, qtbot, copy):
    menu = copies_of(view.menu_for(make_result(near_duplicates=(copy,))))
    with qtbot.waitSignal(view.open_file_wanted) as wanted:
        menu.actions()[-1].trigger()
    assert wanted.args == [copy]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/d/a.zip", "Open archive"),
        ("/d/a.tar.GZ", "Open archive"),
        ("/d/a.eml", "Open e-mail"),
        ("/d/a.mbox", "Open mailbox"),
    ],
)
def test_of_a_place_in_an_archive_the_archive_can_be_opened_too(view, make_result, qtbot, path, text):
    menu = view.menu_for(make_result(path, place="work/report.pdf"))
    assert texts(menu)[:3] == ["Open", text, "Show in folder"]
    with qtbot.waitSignal(view.open_file_wanted) as wanted:
        next(action for action in menu.actions() if action.text() == text).trigger()
    assert wanted.args == [path]


@pytest.mark.parametrize(("path", "place"), [("/d/a.zip", ""), ("/d/a.xlsx", "Sheet1!B7")])
def test_a_file_that_is_opened_itself_is_offered_once(view, make_result, path, place):
    assert texts(view.menu_for(make_result(path, place=place)))[:2] == ["Open", "Show in folder"]


def test_a_document_without_copies_has_no_menu_of_them(view, make_result):
    assert "Copies" not in texts(view.menu_for(make_result()))


@pytest.mark.parametrize(
    ("copies", "similar", "shown"), [(30, 0, (12, 0)), (0, 30, (0, 12)), (30, 30, (6, 6)), (30, 2, (10, 2))]
)
def test_of_many_copies_a_dozen_are_offered_and_the_rest_counted(view, make_result, copies, similar, shown):
    same, almost = (tuple(f"/d/{kind}{n}.pdf" for n in range(count)) for kind, count in (("c", copies), ("s", similar)))
    result = make_result(copies=same, near_duplicates=almost)
    menu = copies_of(view.menu_for(result))
    files, rest = texts(menu), headings(menu)[-1]
    assert (sum(name.startswith("c") for name in files), sum(name.startswith("s") for name in files)) == shown
    assert rest == f"and {copies + similar - 12} more"


def test_a_long_path_does_not_make_the_menu_wider_than_a_screen(view, make_result):
    menu = copies_of(view.menu_for(make_result(copies=("/d/" + "a long folder/" * 40 + "a long name" * 40 + ".pdf",))))
    assert menu.sizeHint().width() < 1000
    assert menu.actions()[-1].toolTip().endswith("a long name.pdf")
