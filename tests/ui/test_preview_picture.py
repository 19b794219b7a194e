from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication

from bge_desktop.messages import Box, PicturePreview
from bge_desktop.ui.preview_picture import PictureView

WHITE = b"\xff\xff\xff\xff"


def _page(width=400, height=800, page=1, pages=3, boxes=(), marks=(), color=WHITE):
    return PicturePreview(1, "/a.pdf", width, height, color * (width * height), boxes, marks, page, pages)


@pytest.fixture
def view(qtbot):
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def _wheel(view, turned, modifiers=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        QPointF(10, 10),
        QPointF(view.mapToGlobal(QPoint(10, 10))),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def _color(view, x, y):
    """Return the colour of the canvas at shares of the picture."""
    area = view.canvas._area()
    return (
        view.canvas.grab().toImage().pixelColor(round(area.x() + x * area.width()), round(area.y() + y * area.height()))
    )


def test_a_page_is_as_wide_as_the_room(view):
    view.show_preview(_page(), is_new=True)
    assert view.canvas._area().width() == view.viewport().width() - 16
    assert view.canvas._area().height() == pytest.approx(2 * view.canvas._area().width(), abs=2)
    assert not view.horizontalScrollBar().isVisible()


def test_a_small_picture_is_not_enlarged_until_one_zooms(view):
    view.show_preview(_page(40, 40, page=None, pages=1), is_new=True)
    assert view.canvas._area().width() == 40
    view.zoom_by(1)
    assert view.canvas._area().width() == 50
    view.zoom_by(0)
    assert view.canvas._area().width() == 40


def test_the_pixels_are_blue_green_red_and_are_not_copied(view):
    preview = _page(color=b"\x00\x00\xc8\xff")
    view.show_preview(preview, is_new=True)
    assert _color(view, 0.5, 0.2) == QColor(200, 0, 0)
    assert view.canvas.preview is preview
    assert view.canvas._image.constBits()[:4] == preview.pixels[:4]


def test_passage_and_words_are_tinted_and_print_stays_readable(view):
    box, mark = Box(0.1, 0.1, 0.9, 0.2), Box(0.3, 0.12, 0.6, 0.18)
    view.show_preview(_page(boxes=(box,), marks=(mark,)), is_new=True)
    plain, passage, word = (_color(view, x, y) for x, y in ((0.5, 0.5), (0.2, 0.15), (0.45, 0.15)))
    assert plain == QColor(Qt.GlobalColor.white)
    assert plain.lightness() > passage.lightness() > word.lightness()
    view.show_preview(_page(boxes=(box,), marks=(mark,), color=b"\0\0\0\xff"), is_new=True)
    assert _color(view, 0.45, 0.15) == QColor(Qt.GlobalColor.black)


def test_a_page_stays_white_in_the_dark(view):
    dark = QPalette(QColor(40, 40, 40))
    view.setPalette(dark)
    view.show_preview(_page(), is_new=True)
    assert _color(view, 0.5, 0.5) == QColor(Qt.GlobalColor.white)


def test_the_passage_is_scrolled_into_view_and_one_stays_where_one_reads(view):
    low = _page(boxes=(Box(0.1, 0.6, 0.9, 0.62),))
    view.show_preview(low, is_new=True)
    top = view.canvas._placed(low.boxes[0]).top() - view.verticalScrollBar().value()
    assert 0 < top < view.viewport().height() / 2
    view.verticalScrollBar().setValue(0)
    view.show_preview(low, is_new=False)
    assert view.verticalScrollBar().value() == 0
    view.show_preview(_page(), is_new=True)
    assert view.verticalScrollBar().value() == 0


def test_boxes_that_come_later_are_scrolled_to(view):
    view.show_preview(_page(), is_new=True)
    view.show_preview(_page(boxes=(Box(0.1, 0.8, 0.9, 0.82),)), is_new=False)
    assert view.verticalScrollBar().value() > 0


def test_the_page_is_turned_at_the_ends_by_keys(view, qtbot):
    view.show_preview(_page(), is_new=True)
    with qtbot.waitSignal(view.page_wanted) as up:
        qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert up.args == [-1]
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    with qtbot.waitSignal(view.page_wanted) as down:
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert down.args == [1]


def test_the_wheel_turns_the_page_with_a_further_notch_at_the_end(view, qtbot):
    turned = []
    view.page_wanted.connect(turned.append)
    view.show_preview(_page(), is_new=True)
    _wheel(view, -120)
    assert view.verticalScrollBar().value() > 0
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    _wheel(view, -120)
    assert turned == []
    _wheel(view, -120)
    assert turned == [1]
    view.verticalScrollBar().setValue(0)
    for _ in range(2):
        _wheel(view, 120)
    assert turned == [1, -1]


def test_one_who_turns_back_reads_on_from_the_lower_end(view):
    view.show_preview(_page(), is_new=True)
    view.turn_to(at_end=True)
    view.show_preview(_page(page=2), is_new=True)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_zooming_asks_for_a_sharper_picture(view, qtbot):
    view.show_preview(_page(width=view.wanted_width(view.width())), is_new=True)
    before = view.wanted_width(view.width())
    with qtbot.waitSignal(view.width_wanted):
        _wheel(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.wanted_width(view.width()) == round(before * 1.25)
    assert view.canvas._area().width() == pytest.approx(before * 1.25, abs=1)
    for _ in range(50):
        view.zoom_by(1)
    assert view.wanted_width(view.width()) <= 12_000
    for _ in range(50):
        view.zoom_by(-1)
    assert view.wanted_width(view.width()) >= before // 4


def test_a_wider_pane_asks_for_a_sharper_picture(view, qtbot):
    view.show_preview(_page(width=view.wanted_width(view.width())), is_new=True)
    with qtbot.waitSignal(view.width_wanted):
        view.resize(500, 300)
    assert view.wanted_width(view.width()) == view.viewport().width() - 16


def test_a_word_is_pointed_out_and_scrolled_to(view):
    marks = (Box(0.1, 0.1, 0.2, 0.12), Box(0.1, 0.9, 0.2, 0.92))
    view.show_preview(_page(marks=marks, boxes=(Box(0.1, 0.85, 0.9, 0.95),)), is_new=True)
    assert view.first_mark() == 1
    view.show_mark(0)
    assert view.verticalScrollBar().value() < view.canvas.height() / 2
    assert view.marks() == marks


def test_who_reads_the_screen_hears_the_page_and_the_passage(view):
    view.describe("lease.pdf, page 3", "The deposit is returned.")
    assert view.accessibleName() == "lease.pdf, page 3"
    assert view.accessibleDescription() == "The deposit is returned."
