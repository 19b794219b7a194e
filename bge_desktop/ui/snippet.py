"""The part of a passage that a result shows: which lines, and which characters of them are marked."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption

from bge_desktop.messages import SearchResult, Span
from bge_desktop.ui import theme

LINES = 3
_BLANK = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f]")
_WIDE = "\U00010000-\U0010ffff"
# A run of plain characters is as long in UTF-16 as in code points, and on one line as in the text.
_RUNS = re.compile(rf"(?P<blank>\A +| {{2,}})|(?P<wide>[{_WIDE}]+)|(?:[^ {_WIDE}]++| (?! ))+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LONGEST = 3000
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Excerpt:
    """Text ready to be laid out: on one line, with spans in UTF-16 code units, as Qt counts them."""

    text: str
    marks: tuple[Span, ...]
    sentence: Span | None

    @property
    def right_to_left(self) -> bool:
        """Whether the first letter with a direction reads from right to left."""
        directions = map(unicodedata.bidirectional, self.text)
        return next((kind for kind in directions if kind in ("L", "R", "AL")), "L") != "L"


@functools.lru_cache(maxsize=256)
def one_line(text: str) -> tuple[str, tuple[int, ...]]:
    """Turn every run of white space and control characters into one space, and drop one at the start.

    Returns:
        The new text, and for each code point of `text`, and for its end, the UTF-16 offset in the new text.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in _RUNS.finditer(_BLANK.sub(" ", _SURROGATES.sub("\ufffd", text))):
        shown, units = run[0], 2 if run.lastgroup == "wide" else 1
        if run.lastgroup == "blank":
            shown = " " if position else ""
            offsets += [position, *[position + len(shown)] * (len(run[0]) - 1)]
        else:
            offsets += range(position, position + units * len(shown), units)
        pieces.append(shown)
        position += units * len(shown)
    return "".join(pieces), (*offsets, position)


def excerpt(result: SearchResult) -> Excerpt:
    """Prepare a result's passage; one that is very long is cut around what matters in it."""
    focus = result.sentence or (result.marks[0] if result.marks else Span(0, 0))
    first = max(0, focus.start - _LONGEST // 2) if len(result.passage) > _LONGEST else 0
    text, offsets = one_line(result.passage[first : first + _LONGEST])

    def moved(span: Span) -> Span:
        start, end = (offsets[min(max(at - first, 0), len(offsets) - 1)] for at in (span.start, span.end))
        return Span(start, end)

    return Excerpt(text, tuple(map(moved, result.marks)), moved(result.sentence) if result.sentence else None)


class LinePitch(NamedTuple):
    """How far lines are apart, and how far their baseline is from above, in device-independent pixels."""

    height: int
    ascent: float


def line_pitch(font: QFont) -> LinePitch:
    """Return the pitch of lines in a font: Chinese and Latin letters have room, and keep one rhythm."""
    return _line_pitch(font.toString())


@functools.lru_cache(maxsize=32)
def _line_pitch(description: str) -> LinePitch:
    font = QFont()
    font.fromString(description)
    sample = QTextLayout("Ág\u62bc", font)
    sample.beginLayout()
    line = sample.createLine()
    sample.endLayout()
    return LinePitch(math.ceil(line.height()), line.ascent())


class BrokenText:
    """A text broken into lines of one width. It depends on no query, so that one serves for many.

    Args:
        excerpt: the text.
        font: the font.
        width: the width of a line, in device-independent pixels; room for an ellipsis at both ends is left.
    """

    def __init__(self, excerpt: Excerpt, font: QFont, width: float) -> None:
        metrics = QFontMetricsF(font)
        self.right_to_left = excerpt.right_to_left
        self.ellipsis = metrics.horizontalAdvance(_ELLIPSIS)
        self.pitch = line_pitch(font)
        self.layout = QTextLayout(excerpt.text, font)
        if excerpt.text:
            self._break_lines(max(width - 2 * self.ellipsis, 2 * theme.letter_width(metrics)))

    def _break_lines(self, width: float) -> None:
        option = QTextOption()
        if self.right_to_left:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.layout.setTextOption(option)
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, line.lineNumber() * self.pitch.height + self.pitch.ascent - line.ascent()))
        self.layout.endLayout()


class SnippetLayout:
    """The lines of a text that show what matters in it.

    Args:
        excerpt: the text and what is marked in it.
        broken: the text in lines.
        lines: how many are shown at most.
    """

    def __init__(self, excerpt: Excerpt, broken: BrokenText, lines: int = LINES) -> None:
        self._excerpt, self._broken, self._most = excerpt, broken, lines
        self._layout = broken.layout
        self._first = self._first_line()
        self._last = min(self._first + lines, self._layout.lineCount()) - 1

    @property
    def height(self) -> int:
        """The height of the lines that are shown."""
        return (self._last + 1 - self._first) * self._broken.pitch.height

    def shown_text(self) -> str:
        """Return the text of the lines that are shown, without ellipses."""
        if self._last < self._first:
            return ""
        start = self._layout.lineAt(self._first).textStart()
        last = self._layout.lineAt(self._last)
        units = self._excerpt.text.encode("utf-16-le")[2 * start : 2 * (last.textStart() + last.textLength())]
        return units.decode("utf-16-le")

    def paint(self, painter: QPainter, origin: QPointF, palette: QPalette) -> None:
        """Paint the lines with their upper left corner at `origin`."""
        if self._last < self._first:
            return
        self._make_room_for_ellipses()
        offset = QPointF(origin.x(), origin.y() - self._first * self._broken.pitch.height)
        painter.setPen(theme.dimmed(palette))
        area = QRectF(origin.x(), origin.y() + 0.5, 1e6, self.height - 1)
        self._layout.draw(painter, offset, self._formats(palette), area)
        self._paint_ellipses(painter, offset)

    def _line_of(self, position: int) -> int:
        line = self._layout.lineForTextPosition(position)
        return line.lineNumber() if line.isValid() else 0

    def _first_line(self) -> int:
        """Centre the sentence; without one, show those lines that hold the most marks."""
        most = self._most
        highest = max(0, self._layout.lineCount() - most)
        if (sentence := self._excerpt.sentence) is not None:
            first, last = self._line_of(sentence.start), self._line_of(max(sentence.start, sentence.end - 1))
            return min(max(0, first - (most - min(most, last - first + 1)) // 2), highest)
        marked = [self._line_of(mark.start) for mark in self._excerpt.marks]
        return max(range(highest + 1), key=lambda first: _worth(first, marked, most))

    def _make_room_for_ellipses(self) -> None:
        for number in range(self._first, self._last + 1):
            line = self._layout.lineAt(number)
            indented = number == self._first and self._first > 0
            x = (0 if indented else 2) if self._broken.right_to_left else (1 if indented else 0)
            line.setPosition(QPointF(x * self._broken.ellipsis, line.y()))

    def _paint_ellipses(self, painter: QPainter, offset: QPointF) -> None:
        painter.setFont(self._layout.font())
        before, after = self._first > 0, self._last < self._layout.lineCount() - 1
        for wanted, number, at_start in ((before, self._first, True), (after, self._last, False)):
            if wanted:
                line = self._layout.lineAt(number)
                text = line.naturalTextRect()
                x = text.left() - self._broken.ellipsis if at_start != self._broken.right_to_left else text.right()
                painter.drawText(offset + QPointF(x, line.y() + line.ascent()), _ELLIPSIS)

    def _formats(self, palette: QPalette) -> Sequence[QTextLayout.FormatRange]:
        text = QBrush(palette.color(QPalette.ColorRole.Text))
        plain = QTextCharFormat()
        plain.setForeground(text)
        marked = QTextCharFormat()
        marked.setForeground(text)
        marked.setBackground(theme.tint(palette, 0.35))
        sentence = [_format(self._excerpt.sentence, plain)] if self._excerpt.sentence else []
        return [*sentence, *(_format(mark, marked) for mark in self._excerpt.marks)]


def _worth(first: int, marked: Sequence[int], most: int) -> tuple[int, int]:
    """Rank the lines from `first` on: by the marks in them, then by marks in the middle line, then the earliest."""
    inside = [line - first for line in marked if first <= line < first + most]
    return len(inside), inside.count(most // 2)


def _format(span: Span, format_: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = span.start, span.end - span.start
    made.format = format_
    return made
