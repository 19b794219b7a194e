from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPalette

from bge_desktop.messages import Span, Why
from bge_desktop.ui import theme
from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.paths import shown_folder, shown_name
from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView
from bge_desktop.ui.row_geometry import document_geometry
from bge_desktop.ui.snippet import LINES

LONG = "/d/" + "a folder that goes on and on/" * 9 + "a name that is much too long for any window " * 9 + ".pdf"


@pytest.fixture
def make_view(qtbot):
    def make(*results, size=(500, 500), points=None) -> ResultsView:
        model = ResultsModel()
        view = ResultsView(model)
        model.setParent(view)
        qtbot.addWidget(view)
        if points:
            font = view.font()
            font.setPointSizeF(points)
            view.setFont(font)
        model.set_results(results)
        view.resize(*size)
        view.show()
        qtbot.waitExposed(view)
        return view

    return make


def colors(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def variety(make_result):
    return [
        make_result(LONG, title="A title"),
        make_result("/d/房屋租赁合同.docx", "租约期满后，房东应退还押金。" * 30, page=None, sentence=Span(14, 28)),
        make_result("/d/عقد.html", "العقد ينتهي في نهاية العام. " * 20, why=Why.WORDS),
        make_result("/d/empty.bin", "", why=Why.NAME, modified=0.0),
        make_result("/d/emoji.md", "😀 " * 400, marks=(Span(2, 3), Span(700, 701))),
    ]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("width", [60, 200, 900])
def test_every_row_paints_in_every_width_and_direction(make_view, make_result, direction, width):
    view = make_view(*variety(make_result), size=(width, 900))
    view.setLayoutDirection(direction)
    assert len(colors(view.grab().toImage())) > 10


def test_a_name_that_is_too_long_stays_left_of_the_reason_and_inside_the_row(make_view, make_result):
    view = make_view(make_result(LONG), size=(400, 300))
    image = view.viewport().grab().toImage()
    base = view.palette().color(QPalette.ColorRole.Base).rgb()
    right = [image.pixel(x, y) for x in range(image.width() - theme.GRID, image.width()) for y in range(40)]
    assert set(right) == {base}


def test_rows_have_one_of_three_heights_whatever_the_length_of_their_text(make_view, make_result):
    passages = ("", "Short.", "Not quite as short as that.", "x y " * 400)
    view = make_view(*(make_result(f"/d/{number}", text) for number, text in enumerate(passages)), size=(500, 800))
    empty, brief, short, full = (view.visualRect(view.model().index(row)).height() for row in range(4))
    line = view.fontMetrics().height()
    assert empty + line <= brief < short == full
    assert short - brief >= (LINES - 1) * line


def test_a_row_that_gets_more_text_moves_those_below(make_view, make_result, qtbot):
    others = [make_result(f"/d/{number}") for number in range(30)]
    view = make_view(make_result("/d/a", ""), *others)
    before, reach = view.visualRect(view.model().index(1)).top(), view.verticalScrollBar().maximum()
    view.model().set_results([make_result("/d/a", "x y " * 400), *others])
    grown = view.visualRect(view.model().index(1)).top() - before
    assert grown >= LINES * view.fontMetrics().height()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == reach + grown)


def test_rows_grow_with_the_font(make_view, make_result):
    usual, large = (make_view(make_result("/d/a", "x y " * 400), points=points) for points in (9, 18))
    heights = [view.visualRect(view.model().index(0)).height() for view in (usual, large)]
    assert heights[1] > 1.6 * heights[0]


def test_rows_follow_a_font_that_changes_while_they_are_on_show(make_view, make_result, qtbot):
    view = make_view(make_result("/d/a"), make_result("/d/b"))
    before, font = view.visualRect(view.model().index(1)), view.font()
    font.setPointSizeF(2 * font.pointSizeF())
    view.setFont(font)
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(1)).top() > 1.4 * before.top())


def test_a_dark_palette_gives_light_text_on_a_dark_ground(dark, make_view, make_result):
    view = make_view(make_result(sentence=Span(0, 24)))
    image = view.viewport().grab().toImage()
    lightness = [color & 0xFF for color in colors(image)]
    assert view.palette().color(QPalette.ColorRole.Base).rgb() in colors(image)
    assert max(lightness) > 200


def test_the_palette_may_change_while_rows_are_on_show(make_view, make_result, qapp):
    view = make_view(make_result())
    before = view.viewport().grab().toImage()
    palette = QPalette(view.palette())
    palette.setColor(QPalette.ColorRole.Base, "#101010")
    palette.setColor(QPalette.ColorRole.Text, "#f0f0f0")
    view.setPalette(palette)
    assert view.viewport().grab().toImage() != before


def test_dimmed_text_keeps_its_contrast(qapp, dark):
    def luminance(color) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for palette in (dark, QPalette()):
        light, deep = sorted(
            (luminance(theme.dimmed(palette)), luminance(palette.color(QPalette.ColorRole.Base))), reverse=True
        )
        assert (light + 0.05) / (deep + 0.05) >= 4.5


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_bar_at_its_start_marks_the_document_that_the_preview_shows(make_view, make_result, direction):
    view = make_view(make_result("/d/a.pdf"), make_result("/d/b.pdf"))
    view.setLayoutDirection(direction)
    before = view.viewport().grab().toImage()
    view.mark_previewed("/d/b.pdf")
    after = view.viewport().grab().toImage()
    first, second = (view.visualRect(view.model().index(row)) for row in range(2))
    assert before.copy(first) == after.copy(first)
    changed = {
        x for x in range(after.width()) if before.pixel(x, second.center().y()) != after.pixel(x, second.center().y())
    }
    width = after.width()
    assert changed
    assert all(
        x < 2 * theme.GRID if direction is Qt.LayoutDirection.LeftToRight else x >= width - 2 * theme.GRID
        for x in changed
    )


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """What is painted in words, in its order, as far as there is room for any of it."""
    texts: list[str] = []
    paint = Canvas.text

    def noting(canvas: Canvas, area: QRect, text: str, *more: Any) -> int:
        used = paint(canvas, area, text, *more)
        if used:
            texts.append(text)
        return used

    monkeypatch.setattr(Canvas, "text", noting)
    return texts


@pytest.mark.parametrize("width", [60, 150, 190, 230, 300])
def test_however_many_copies_there_are_some_of_the_folder_is_left_and_no_dot_leads(
    make_view, make_result, drawn, width
):
    copies = tuple(f"/s/{number}" for number in range(12345))
    result = make_result("/home/me/Documents/lease.pdf", near_duplicates=copies, place="A place", passages=1)
    make_view(result, size=(width, 300)).viewport().grab()
    folder = shown_folder(result.path)
    assert width == 60 or folder in drawn
    assert "  ·  " not in drawn or drawn[drawn.index("  ·  ") - 1] != shown_name(result.path)


def test_nothing_is_offered_to_unfold_where_there_is_but_one_passage(make_view, make_result):
    one, more = make_result("/d/a.pdf", passages=1), make_result("/d/a.pdf", passages=2)
    images = [make_view(result).viewport().grab().toImage() for result in (one, more)]
    line = document_geometry(make_view().font(), QRect(0, 0, images[0].width(), 200)).details
    end = QRect(line.right() - line.height(), line.top(), line.height(), line.height())
    assert len(colors(images[0].copy(end))) == 1
    assert len(colors(images[1].copy(end))) > 1
