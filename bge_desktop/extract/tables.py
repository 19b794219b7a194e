"""Sheets as text: a row is a line with its cells between bars, and the headings of the columns come back regularly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import PART_BREAK, Part, Place

BAR = " | "
_BLOCK = 600  # characters of rows between two headings: about a passage with numbers
_LONGEST_HEADING = 200  # characters: a longer one would be most of what is read
_HEADING_WITHIN = 10  # rows from the top: titles and dates come first
_LONGEST_NAME = 60  # of a column
_NUMBER = re.compile(r"[-+\d.,:/%()$€£¥￥年月日时分秒\s]*")


@dataclass(frozen=True)
class Row:
    """A row that has text.

    Attributes:
        number: counted from 1, as its program shows it.
        column: of the first cell that has text, counted from 1.
        cells: the text of the cells from there on, "" for an empty one, each on one line.
    """

    number: int
    column: int
    cells: Sequence[str]


Label = Callable[[Row], str]


def cell_label(sheet: str) -> Label:
    """Return a function that names a row by the first of its cells, as in "Sheet1!B7"."""
    return lambda row: f"{sheet}!{column_name(row.column)}{row.number}"


def column_name(number: int) -> str:
    """Return the letters of a column: A for 1, AA for 27."""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def as_part(rows: Iterable[Row], label: Label, allowance: Allowance) -> Part:
    """Return the text of a sheet, in paragraphs under the headings, and a place for each of its rows.

    Raises:
        SpentError: it is too much text, or takes too long.
    """
    pieces: list[str] = []
    places: list[Place] = []
    start, heading = 0, ""
    for block in _blocks(rows):
        lines = [heading] * bool(heading) + [line for _, line in block]
        piece = "\n".join(lines)
        places += _places(block, start, len(piece), label)
        pieces.append(piece)
        start += len(piece) + len(PART_BREAK)
        heading = heading or _heading(block)
        allowance.text(len(piece))
        allowance.check_time()
    return Part(PART_BREAK.join(pieces), places=tuple(places))


def _blocks(rows: Iterable[Row]) -> Iterator[list[tuple[Row, str]]]:
    """Yield rows and their lines, about a passage of them at a time."""
    block: list[tuple[Row, str]] = []
    length = 0
    for row in rows:
        line = BAR.join(filter(None, row.cells))
        if block and length + len(line) > _BLOCK:
            yield block
            block, length = [], 0
        block.append((row, line))
        length += len(line) + 1
    if block:
        yield block


def _places(block: list[tuple[Row, str]], start: int, length: int, label: Label) -> Iterator[Place]:
    """Yield the places of a block's rows, that of the first before the headings above it."""
    end = start + length
    position = end - sum(len(line) + 1 for _, line in block) + 1
    for index, (row, line) in enumerate(block):
        yield Place(position if index else start, label(row), divides=False)
        position += len(line) + 1


def _heading(block: list[tuple[Row, str]]) -> str:
    """Return the line with the names of the columns, if it is among these rows at the top of their sheet."""
    return next((line for row, line in block if row.number <= _HEADING_WITHIN and _names_columns(row, line)), "")


def _names_columns(row: Row, line: str) -> bool:
    cells = [cell for cell in row.cells if cell]
    are_names = all(len(cell) <= _LONGEST_NAME and not _NUMBER.fullmatch(cell) for cell in cells)
    return len(cells) > 1 and are_names and len(line) <= _LONGEST_HEADING
