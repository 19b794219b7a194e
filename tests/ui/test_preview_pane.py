from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QToolButton

from bge_desktop.messages import (
    Box,
    FoundPassage,
    FoundPassages,
    NoPreview,
    PicturePreview,
    Span,
    TablePreview,
    TextPreview,
)
from bge_desktop.ui.preview_pane import PreviewPane

PATH = "/home/me/Documents/lease.pdf"


@pytest.fixture
def asked():
    return []


@pytest.fixture
def pane(qtbot, asked):
    made = PreviewPane()
    qtbot.addWidget(made)
    made.preview_wanted.connect(asked.append)
    made.resize(420, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def _page(request, page=None, pages=9, **more):
    width, height = 40, 60
    page = request.page if page is None else page
    return PicturePreview(
        request.number, request.path, width, height, b"\xff" * (4 * width * height), page=page, pages=pages, **more
    )


def _text(request, text="The deposit is returned.", **more):
    return TextPreview(request.number, request.path, text, Span(0, len(text)), **more)


def test_at_first_it_says_what_it_is_for(pane):
    assert pane.stack.currentWidget() is pane.hint
    assert pane.header.isHidden()


def test_a_result_is_asked_for_at_its_passage(pane, asked, make_result):
    pane.show_result(make_result(start=10, end=34, place="annex"), "deposit")
    (request,) = asked
    assert (request.path, request.start, request.end) == (PATH, 10, 34)
    assert (request.page, request.place, request.query) == (3, "annex", "deposit")
    assert request.width == pane.picture.wanted_width(pane.stack.width()) > 300
    assert pane.header.name.accessibleName() == "lease.pdf"
    assert "page 3" in pane.header.place.accessibleName()


def test_what_is_shown_already_is_not_asked_for_again(pane, asked, make_result):
    pane.show_result(make_result(), "deposit")
    pane.show_result(make_result(score=0.5), "deposit")
    assert len(asked) == 1
    pane.show_result(make_result(), "deposits")
    assert [request.query for request in asked] == ["deposit", "deposits"]
    assert asked[1].number > asked[0].number


def test_a_file_that_has_changed_is_asked_for_again_where_one_is_in_it(pane, asked, make_result):
    pane.show_result(make_result(), "deposit")
    pane.show_preview(_page(asked[-1]))
    pane.header.next_page.trigger()
    pane.show_preview(_page(asked[-1]))
    pane.show_result(make_result(modified=2e9), "deposit")
    assert [request.page for request in asked] == [3, 4, 4]


def test_each_kind_has_its_view(pane, asked, make_result):
    pane.show_result(make_result(), "")
    request = asked[-1]
    table = TablePreview(request.number, PATH, "S", 1, ("A",), (("x",),), Span(0, 1))
    for preview, view in ((_page(request), pane.picture), (_text(request), pane.text), (table, pane.table)):
        pane.show_preview(preview)
        assert pane.stack.currentWidget() is view


def test_the_first_sheet_is_shown_at_its_passage_in_a_low_pane(pane, asked, make_result):
    pane.resize(420, 220)
    pane.show_result(make_result(), "heron")
    rows = tuple((f"{number}", "Heron" if number == 32 else "") for number in range(60))
    request = asked[-1]
    pane.show_preview(TablePreview(request.number, request.path, "Birds", 1, ("A", "B"), rows, Span(30, 34)))
    shown = pane.table.viewport().rect()
    assert shown.contains(pane.table.visualRect(pane.table.rows.index(30, 0)))


def test_what_is_outdated_is_dropped(pane, asked, make_result):
    pane.show_result(make_result(), "")
    pane.show_result(make_result("/other.pdf"), "")
    pane.show_preview(_page(asked[0]))
    assert pane.stack.currentWidget() is pane.hint
    pane.show_preview(_page(asked[1]))
    assert pane.stack.currentWidget() is pane.picture
    pane.clear()
    pane.show_preview(_page(asked[1]))
    assert pane.stack.currentWidget() is pane.hint


def test_the_old_picture_stays_for_a_moment_and_then_it_is_said_that_it_takes_a_while(pane, qtbot, asked, make_result):
    pane.show_result(make_result(), "")
    pane.show_preview(_page(asked[-1]))
    assert not pane.busy.isVisible()
    pane.show_result(make_result("/other.pdf"), "")
    assert pane.stack.currentWidget() is pane.picture
    assert not pane.busy.isVisible()
    qtbot.waitUntil(pane.busy.isVisible)
    assert pane.stack.currentWidget() is pane.blank
    pane.show_preview(_page(asked[-1]))
    assert not pane.busy.isVisible()
    assert pane.stack.currentWidget() is pane.picture


def test_a_failure_says_what_to_do_and_the_next_document_is_shown(pane, asked, make_result):
    pane.show_result(make_result(), "")
    told = NoPreview(asked[-1].number, PATH, "Protected by a password", "Save a copy without it.")
    pane.show_preview(told)
    texts = [label.text() for label in pane.stack.currentWidget().findChildren(QLabel)]
    assert {"Protected by a password", "Save a copy without it."} <= set(texts)
    pane.show_result(make_result("/other.txt"), "")
    pane.show_preview(_text(asked[-1]))
    assert pane.stack.currentWidget() is pane.text
    assert pane.stack.count() == 5


def test_pages_are_turned_one_after_the_other(pane, asked, make_result):
    pane.show_result(make_result(), "")
    pane.header.next_page.trigger()
    assert len(asked) == 1
    pane.show_preview(_page(asked[-1]))
    assert pane.header.page.text() == "3 / 9"
    assert pane.header.page.accessibleName() == "Page 3 of 9"
    pane.header.next_page.trigger()
    pane.header.next_page.trigger()
    assert [request.page for request in asked] == [3, 4]
    assert (asked[1].start, asked[1].end) == (asked[0].start, asked[0].end)
    pane.show_preview(_page(asked[-1]))
    pane.picture.page_wanted.emit(-1)
    assert asked[-1].page == 3


def test_no_page_is_before_the_first_or_behind_the_last(pane, asked, make_result):
    pane.show_result(make_result(page=1), "")
    pane.show_preview(_page(asked[-1], pages=2))
    assert not pane.header.previous_page.isEnabled()
    pane.picture.page_wanted.emit(-1)
    assert len(asked) == 1
    pane.header.next_page.trigger()
    pane.show_preview(_page(asked[-1], pages=2))
    assert not pane.header.next_page.isEnabled()
    pane.picture.page_wanted.emit(1)
    assert len(asked) == 2


def test_what_has_no_pages_offers_none(pane, asked, make_result):
    pane.show_result(make_result(page=None), "")
    pane.show_preview(_text(asked[-1]))
    assert not pane.header.next_page.isVisible()
    pane.show_preview(replace(_page(asked[-1], pages=1), page=None))
    assert not pane.header.next_page.isVisible()


def test_hits_are_the_passages_of_the_document(pane, asked, make_result):
    pane.show_result(make_result(start=100, end=124), "deposit")
    passages = tuple(
        FoundPassage(start, start + 24, page, "", f"Passage {page}.") for start, page in ((0, 1), (100, 3), (200, 7))
    )
    pane.show_passages(FoundPassages(1, "/other.pdf", passages))
    assert not pane.header.next_hit.isEnabled()
    pane.show_passages(FoundPassages(1, PATH, passages))
    assert pane.header.next_hit.isEnabled()
    pane.next_hit()
    assert (asked[-1].start, asked[-1].page) == (200, 7)
    pane.next_hit()
    assert asked[-1].page == 1
    pane.previous_hit()
    pane.previous_hit()
    assert asked[-1].page == 3


def test_without_several_passages_hits_are_the_words(pane, asked, make_result):
    pane.show_result(make_result(), "deposit")
    text = "A deposit. The deposit is returned. Deposit!"
    starts = [4 - 2, 15, 36]
    marks = tuple(Span(start, start + 7) for start in starts)
    pane.show_preview(replace(_text(asked[-1], text, marks=marks), passage=Span(11, 35)))
    seen = []
    for step in (pane.next_hit, pane.next_hit, pane.next_hit, pane.previous_hit):
        step()
        seen.append(pane.text.textCursor().selectionStart())
    assert seen == [starts[1], starts[2], starts[0], starts[2]]
    assert len(asked) == 1


def test_hits_are_offered_only_where_there_are_some(pane, asked, make_result):
    pane.show_result(make_result(), "deposit")
    pane.show_preview(_page(asked[-1]))
    assert not pane.header.next_hit.isEnabled()
    pane.next_hit()
    pane.show_preview(_page(asked[-1], marks=(Box(0.1, 0.1, 0.2, 0.2),)))
    assert pane.header.next_hit.isEnabled()


def test_keys_go_from_hit_to_hit_and_zoom(pane, qtbot, asked, make_result):
    pane.show_result(make_result(), "deposit")
    pane.show_preview(_text(asked[-1], marks=(Span(4, 11),)))
    pane.text.setFocus()
    usual = pane.text.font().pointSizeF()
    qtbot.keyClick(pane, Qt.Key.Key_F3)
    assert pane.text.textCursor().selectedText() == "deposit"
    qtbot.keyClick(pane, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert pane.text.font().pointSizeF() > usual
    qtbot.keyClick(pane, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pane.text.font().pointSizeF() == usual


def test_the_document_is_opened_at_the_page_that_is_shown(pane, qtbot, asked, make_result):
    pane.show_result(make_result(), "")
    pane.show_preview(_page(asked[-1]))
    pane.header.next_page.trigger()
    pane.show_preview(_page(asked[-1]))
    with qtbot.waitSignal(pane.open_wanted) as wanted:
        pane.header.open_button.click()
    assert wanted.args[0] == make_result(page=4)


def test_a_wider_picture_is_asked_for_and_the_page_stays(pane, qtbot, asked, make_result):
    pane.show_result(make_result(), "")
    pane.show_preview(_page(asked[-1]))
    pane.header.zoom_in.trigger()
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1].width > asked[0].width
    assert asked[1].page == asked[0].page


def test_it_is_said_that_there_is_more_text(pane, asked, make_result):
    pane.show_result(make_result(), "")
    pane.show_preview(_text(asked[-1]))
    assert not pane.header.note.isVisible()
    pane.show_preview(_text(asked[-1], ends_earlier=True))
    assert pane.header.note.isVisible()


def test_the_keyboards_focus_is_seen(pane, qtbot, asked, make_result):
    pane.show_result(make_result(), "")
    pane.show_preview(_text(asked[-1]))
    edge = pane.stack.geometry().topLeft() + QPoint(0, 20)
    before = pane.grab().toImage().pixelColor(edge)
    pane.activateWindow()
    pane.text.setFocus()
    qtbot.waitUntil(pane.text.hasFocus)
    assert pane.grab().toImage().pixelColor(edge) != before


def test_every_control_has_a_name(pane, asked, make_result):
    pane.show_result(make_result(), "")
    pane.show_preview(_page(asked[-1]))
    buttons = [own for own in pane.header.findChildren(QToolButton) if own.defaultAction() or own.toolTip()]
    assert len(buttons) == 8
    assert all(own.text() or own.accessibleName() for own in buttons)
    assert pane.header.open_button.accessibleName()
    assert pane.picture.accessibleName() == "lease.pdf, page 3"
    assert pane.picture.accessibleDescription() == "The deposit is returned."
    assert pane.text.accessibleName()
    assert pane.table.accessibleName()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_narrow_pane_keeps_its_buttons_within_reach(pane, asked, make_result, direction):
    pane.setLayoutDirection(direction)
    pane.show_result(make_result(), "")
    pane.show_preview(_page(asked[-1]))
    assert pane.minimumSizeHint().width() < 300
