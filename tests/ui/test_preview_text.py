from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette, QTextCharFormat

from bge_desktop.messages import Span, Style, StyledSpan, TextPreview
from bge_desktop.ui import preview_styles
from bge_desktop.ui.preview_text import TextView


@pytest.fixture
def view(qtbot):
    made = TextView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


NOWHERE = Span(0, 0)


def _preview(text, passage=NOWHERE, **more):
    return TextPreview(1, "/a.txt", text, passage, **more)


LINES = "\n".join(f"Line {number} of a text." for number in range(500))


def _laid(view):
    """Return what is laid over the text: the pieces, and their formats."""
    found, block = [], view.document().firstBlock()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        found += [
            (units[2 * own.start : 2 * (own.start + own.length)].decode("utf-16-le"), QTextCharFormat(own.format))
            for own in block.layout().formats()
        ]
        block = block.next()
    return found


def test_nothing_in_a_text_is_interpreted(view):
    text = "<b>bold</b> <img src='http://example.org/a.png'> &amp; <script>alert(1)</script>"
    view.show_preview(_preview(text), is_new=True)
    assert view.toPlainText() == text
    assert view.isReadOnly()


def test_marks_and_styles_are_laid_over_the_text_with_its_wide_characters(view):
    text = "😀 def load():\n    return 'heron 😀'\n"
    styles = (StyledSpan(Span(2, 5), Style.KEYWORD), StyledSpan(Span(25, 34), Style.STRING))
    view.show_preview(_preview(text, marks=(Span(26, 31),), styles=styles, is_monospaced=True), is_new=True)
    pieces = [piece for piece, _ in _laid(view)]
    assert pieces == ["def", "'heron 😀'", "heron"]
    marked = next(own for piece, own in _laid(view) if piece == "heron")
    assert marked.fontWeight() == QFont.Weight.DemiBold
    assert marked.background().color() == preview_styles.mark_color(view.palette())


def test_a_piece_of_several_lines_is_styled_in_each(view):
    styles = (StyledSpan(Span(4, 20), Style.COMMENT),)
    view.show_preview(_preview("one\n/* two\nthree */ four", styles=styles), is_new=True)
    assert [piece for piece, _ in _laid(view)] == ["/* two", "three */ "]


def test_the_passage_stands_in_the_upper_part_and_is_tinted(view, qtbot):
    start = LINES.index("Line 300 ")
    view.show_preview(_preview(LINES, Span(start, start + 20)), is_new=True)
    cursor = view.textCursor()
    assert cursor.position() == start
    top = view.cursorRect(cursor).top()
    assert 0 <= top < view.viewport().height() / 2
    line = view.cursorRect(cursor)
    color = view.viewport().grab().toImage().pixelColor(view.viewport().width() - 5, line.center().y())
    assert color == preview_styles.passage_color(view.palette())


def test_colours_that_come_later_leave_one_where_one_reads(view):
    start = LINES.index("Line 300 ")
    view.show_preview(_preview(LINES, Span(start, start + 20)), is_new=True)
    view.verticalScrollBar().setValue(7)
    coloured = _preview(LINES, Span(start, start + 20), styles=(StyledSpan(Span(0, 4), Style.KEYWORD),))
    view.show_preview(coloured, is_new=False)
    assert view.verticalScrollBar().value() == 7
    assert [piece for piece, _ in _laid(view)] == ["Line"]


def test_one_goes_from_word_to_word(view):
    first, second = LINES.index("Line 10 "), LINES.index("Line 400 ")
    marks = (Span(first, first + 7), Span(second, second + 8))
    view.show_preview(_preview(LINES, Span(second, second + 20), marks=marks), is_new=True)
    assert view.first_mark() == 1
    view.show_mark(0)
    assert view.textCursor().selectedText() == "Line 10"
    view.show_mark(1)
    assert view.textCursor().selectedText() == "Line 400"
    assert view.viewport().rect().contains(view.cursorRect().center())


def test_columns_of_source_stay_columns_and_prose_is_wrapped(view):
    view.show_preview(_preview("word " * 200, is_monospaced=True), is_new=True)
    assert QFontInfo(view.font()).fixedPitch()
    assert view.horizontalScrollBar().maximum() > 0
    view.show_preview(_preview("word " * 201), is_new=True)
    assert view.horizontalScrollBar().maximum() == 0


def test_zooming_changes_the_size_of_the_print(view):
    view.show_preview(_preview("words"), is_new=True)
    usual = view.font().pointSizeF()
    view.zoom_by(2)
    assert view.font().pointSizeF() == pytest.approx(usual * 1.15**2, rel=0.02)
    view.zoom_by(0)
    assert view.font().pointSizeF() == usual


def test_strange_line_breaks_move_nothing(view):
    text = "one\u2028two\u2029three\rfour\r\nfive"
    at = text.index("five")
    view.show_preview(_preview(text, Span(at, at + 4), marks=(Span(at, at + 4),)), is_new=True)
    assert [piece for piece, _ in _laid(view)] == ["five"]


@pytest.mark.parametrize("base", ["#ffffff", "#fcfcfc", "#1e1e1e", "#000000", "#2b2b2b"])
def test_every_colour_can_be_read(qapp, base):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    grounds = [QColor(base), preview_styles.passage_color(palette)]
    for style, look in preview_styles.formats(palette).items():
        if look.hasProperty(look.Property.ForegroundBrush):
            for ground in grounds:
                assert _contrast(look.foreground().color(), ground) >= 4.5, (style, ground.name())


def _contrast(one, other):
    """Return the ratio of contrast as WCAG 2 defines it."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color):
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def test_the_looks_follow_the_system(view, qtbot):
    view.show_preview(_preview("words", styles=(StyledSpan(Span(0, 5), Style.KEYWORD),)), is_new=True)
    light = _laid(view)[0][1].foreground().color()
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.black))
    view.setPalette(dark)
    assert _laid(view)[0][1].foreground().color().lightness() > light.lightness()
