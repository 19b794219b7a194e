from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QPainter, QPalette

from bge_desktop.messages import Span
from bge_desktop.ui import theme
from bge_desktop.ui.snippet import BrokenText, SnippetLayout, excerpt, line_pitch, one_line

FILLER = "Nothing of interest stands in this sentence. "


def units(text: str, span: Span) -> str:
    return text.encode("utf-16-le")[2 * span.start : 2 * span.end].decode("utf-16-le")


def span_of(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def test_offsets_count_utf16_units_after_emoji_and_skip_dropped_spaces():
    text, offsets = one_line("😀 a\n\n  b")
    assert text == "😀 a b"
    assert offsets == (0, 2, 3, 4, 5, 5, 5, 5, 6)


@pytest.mark.parametrize("before", ["", "😀", "👩‍👩‍👧‍👦 x\n\n\t", "𠮷野家\r\n", "a\u2028b\x00"])
def test_marks_and_sentence_keep_their_words(make_result, before):
    passage = before + "Pay the deposit. 押金 is returned."
    marks = (span_of(passage, "deposit"), span_of(passage, "押金"))
    shown = excerpt(make_result(passage=passage, marks=marks, sentence=span_of(passage, "押金 is returned.")))
    assert [units(shown.text, mark) for mark in shown.marks] == ["deposit", "押金"]
    assert units(shown.text, shown.sentence) == "押金 is returned."


def test_a_lone_surrogate_is_painted_as_a_replacement():
    assert one_line("a\ud800b")[0] == "a\ufffdb"


def test_a_very_long_passage_is_cut_around_its_sentence(make_result):
    passage = FILLER * 500 + "Here it is. " + FILLER * 500
    shown = excerpt(make_result(passage=passage, sentence=span_of(passage, "Here it is.")))
    assert len(shown.text) <= 3000
    assert units(shown.text, shown.sentence) == "Here it is."


def lay_out(result, width=300) -> SnippetLayout:
    shown = excerpt(result)
    return SnippetLayout(shown, BrokenText(shown, QGuiApplication.font(), width))


def test_the_three_lines_on_show_hold_the_sentence_in_their_middle(qapp, make_result):
    passage = FILLER * 8 + "Here. " + FILLER * 8
    text = lay_out(make_result(passage=passage, marks=(), sentence=span_of(passage, "Here."))).shown_text()
    assert 20 < text.index("Here.") < len(text) - 20


def test_without_a_sentence_the_lines_with_the_most_marks_are_on_show(qapp, make_result):
    passage = "deposit " + FILLER * 8 + "rent and lease " + FILLER * 8
    marks = tuple(span_of(passage, word) for word in ("deposit", "rent", "lease"))
    text = lay_out(make_result(passage=passage, marks=marks)).shown_text()
    assert "rent and lease" in text


def test_without_anything_marked_the_passage_starts_at_its_start(qapp, make_result):
    assert lay_out(make_result(passage=FILLER * 9, marks=())).shown_text().startswith("Nothing of")


def test_an_empty_passage_takes_no_room(qapp, make_result):
    layout = lay_out(make_result(passage=" \n ", marks=()))
    assert (layout.height, layout.shown_text()) == (0, "")


def painted(result, palette: QPalette, width: int = 300) -> QImage:
    layout = lay_out(result, width)
    image = QImage(width, max(1, round(layout.height)), QImage.Format.Format_RGB32)
    image.fill(palette.color(QPalette.ColorRole.Base))
    painter = QPainter(image)
    layout.paint(painter, QPointF(0, 0), palette)
    painter.end()
    return image


def columns_with(image: QImage, color: int) -> list[int]:
    return [x for x in range(image.width()) if any(image.pixel(x, y) == color for y in range(image.height()))]


def test_a_mark_after_an_emoji_is_painted_behind_its_own_word(qapp, make_result):
    palette, word = QPalette(qapp.palette()), "deposit"
    passage = f"😀😀 ab {word} cd"
    columns = columns_with(
        painted(make_result(passage=passage, marks=(span_of(passage, word),)), palette),
        theme.tint(palette, 0.35).rgb(),
    )
    metrics = QFontMetrics(QGuiApplication.font())
    assert abs(columns[0] - metrics.horizontalAdvance("😀😀 ab ")) <= 2
    assert abs(columns[-1] + 1 - metrics.horizontalAdvance(f"😀😀 ab {word}")) <= 2


@pytest.mark.parametrize("passage", ["العقد ينتهي في نهاية العام. " * 12, "租约期满后房东应退还押金。" * 20, "x" * 900])
def test_no_line_is_wider_than_its_room(qapp, make_result, passage):
    width, margin = 240, 20
    layout = lay_out(make_result(passage=passage, marks=(), sentence=Span(90, 100)), width)
    image = QImage(width + 2 * margin, round(layout.height), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    layout.paint(painter, QPointF(margin, 0), QPalette(qapp.palette()))
    painter.end()
    inked = [x for x in range(image.width()) if any(image.pixel(x, y) != 0xFFFFFFFF for y in range(image.height()))]
    assert margin - 2 <= inked[0]
    assert inked[-1] <= margin + width + 2


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_no_more_lines_are_shown_than_wanted_and_the_sentence_is_among_them(qapp, make_result, lines):
    passage = FILLER * 8 + "Here. " + FILLER * 8
    shown = excerpt(make_result(passage=passage, marks=(), sentence=span_of(passage, "Here.")))
    font = QGuiApplication.font()
    layout = SnippetLayout(shown, BrokenText(shown, font, 300), lines)
    assert "Here." in layout.shown_text()
    assert layout.height == lines * line_pitch(font).height


@pytest.mark.parametrize(
    "passage", [FILLER * 9, "租约期满后房东应退还押金。" * 20, FILLER + "租约期满后，" + FILLER * 3]
)
def test_lines_are_equally_high_in_every_script(qapp, make_result, passage):
    assert lay_out(make_result(passage=passage, marks=())).height == 3 * line_pitch(QGuiApplication.font()).height
