"""Rows of a sheet around a passage, as its program shows them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bge_desktop.extract.tables import BAR, LONGEST_CELL, MOST_COLUMNS, column_name, column_number
from bge_desktop.messages import PassagePlace, Span, TablePreview
from bge_desktop.search import snippets
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.stored_text import AROUND, StoredText

MOST_ROWS = 200
"""Of a preview."""
_BEFORE = 50  # rows above the passage, where there are so many
_MOST_SOUGHT = 300_000  # characters, in which words are looked for: a third of a second, and searches wait meanwhile
_CELL = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
_LINE = re.compile(r"line (?P<row>\d{1,9})")

Rows = Mapping[int, Mapping[int, str]]
"""The texts of cells by row and column, both from 1."""


@dataclass(frozen=True)
class SheetRows:
    """Rows of a sheet.

    Attributes:
        sheet: its name, or "".
        rows: by their numbers.
        first, last: the rows that the passage begins and ends in.
    """

    sheet: str
    rows: Rows
    first: int
    last: int

    def around(self) -> Span:
        """Return the range of row numbers to show: so many that the passage has some above it and below."""
        start = max(min(self.rows, default=1), lines_from(Span(self.first, self.last)))
        return Span(start, min(max(self.rows, default=start), start + MOST_ROWS - 1) + 1)


def lines_from(passage: Span) -> int:
    """Return the number of the first row to show, given the first and the last of the passage."""
    return max(1, passage.start - max(0, min(_BEFORE, MOST_ROWS - (passage.end - passage.start + 1))))


def lines_of_passage(stored: StoredText, passage: Span) -> Span | None:
    """Return the lines of a file of values between commas that a passage begins and ends in; None of a workbook."""
    labels = [place.label for place in stored.places(*_ends(passage)) if passage.start <= place.start < passage.end]
    numbers = [int(found["row"]) for found in map(_LINE.fullmatch, labels) if found]
    return Span(min(numbers), max(numbers)) if numbers else None


def stored_rows(stored: StoredText, passage: Span) -> SheetRows | None:
    """Return the rows around a passage of a workbook, as the library has them; None where it tells of no cells."""
    start, end = max(0, passage.start - AROUND), min(stored.length, passage.end + AROUND)
    places = stored.places(start, end)
    if not places:
        return None
    start = places[0].start
    text = stored.stretch(start, end)
    cells = list(_cells(text, start, places))
    own = [cell for cell in cells if cell.end > passage.start and cell.start < passage.end]
    if not own:
        return None
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        if cell.sheet == own[0].sheet:
            row = rows.setdefault(cell.row, {})
            # a comment stands apart from its cell; a long cell is divided between passages
            row[cell.column] = " ".join(filter(None, (row.get(cell.column), cell.text)))
    numbers = [cell.row for cell in own if cell.sheet == own[0].sheet]
    return SheetRows(own[0].sheet, rows, min(numbers), max(numbers))


def table_preview(number: int, path: str, found: SheetRows, words: WordQuery) -> TablePreview:
    """Return what to show of rows.

    Args:
        number: of the preview.
        path: of the preview.
        found: the rows.
        words: what is marked.
    """
    shown = found.around()
    numbers = range(shown.start, shown.end)
    width = min(MOST_COLUMNS, max((max(row, default=1) for at, row in found.rows.items() if at in numbers), default=1))
    columns = range(1, width + 1)
    rows = tuple(tuple(found.rows.get(at, {}).get(column, "")[:LONGEST_CELL] for column in columns) for at in numbers)
    passage = Span(max(0, found.first - shown.start), min(len(rows), found.last + 1 - shown.start))
    heading = {} if found.rows.keys() & {1} <= set(numbers) else found.rows[1]
    names = tuple(heading.get(column, "")[:LONGEST_CELL] or column_name(column) for column in columns)
    return TablePreview(
        number, path, found.sheet, shown.start, names, rows, passage, tuple(_marked(rows, passage, words))
    )


@dataclass(frozen=True)
class _Cell:
    sheet: str
    row: int
    column: int
    text: str
    start: int
    end: int


def _cells(text: str, start: int, places: list[PassagePlace]) -> Iterator[_Cell]:
    """Yield the cells of a text; lines are left out that belong to the row right below them: names and headings."""
    lines = list(_lines(text, start, places))
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following and following.start == line.end + 1 and following.label == line.label:
            continue
        ends = [*(place.start for place in line.places[1:]), line.end]
        for place, end in zip(line.places, ends, strict=True):
            if cell := _cell(place, text[place.start - start : end - start]):
                yield cell


class _Line(NamedTuple):
    start: int
    end: int
    places: list[PassagePlace]

    @property
    def label(self) -> str:
        return self.places[0].label


def _lines(text: str, start: int, places: list[PassagePlace]) -> Iterator[_Line]:
    """Yield the lines in which places begin."""
    for line in text.split("\n"):
        end = start + len(line)
        first, last = (bisect_left(places, at, key=lambda place: place.start) for at in (start, end + 1))
        if first < last:
            yield _Line(start, end, places[first:last])
        start = end + 1


def _cell(place: PassagePlace, text: str) -> _Cell | None:
    named = _CELL.fullmatch(place.label)
    if named is None:
        return None
    end = place.start + len(text)
    column = column_number(named["column"])
    return _Cell(named["sheet"] or "", int(named["row"]), column, text.removesuffix(BAR).strip(), place.start, end)


def _marked(rows: Sequence[tuple[str, ...]], passage: Span, words: WordQuery) -> list[tuple[int, int]]:
    """Return the cells that hold words of the query, in order."""
    cells = list(_sought(rows, passage))
    starts, position = [], 0
    for _, _, text in cells:
        starts.append(position)
        position += len(text) + 2
    # a full stop keeps the words of two cells apart
    marks = snippets.marks(".\n".join(text for _, _, text in cells), words)
    return sorted(cells[number][:2] for number in {bisect_right(starts, mark.start) - 1 for mark in marks})


def _sought(rows: Sequence[tuple[str, ...]], passage: Span) -> Iterator[tuple[int, int, str]]:
    """Yield the cells in which words are sought: from the passage on, then up from it, as far as there is time."""
    left = _MOST_SOUGHT
    for row in (*range(passage.start, len(rows)), *reversed(range(passage.start))):
        yield from ((row, column, text) for column, text in enumerate(rows[row]) if text)
        left -= sum(map(len, rows[row]))
        if left < 0:
            return


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
