"""Sheets as text: a row is a line with its cells between bars, and the headings of the columns come back regularly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bge_desktop.extract.allowance import Allowance, SpentError
from bge_desktop.extract.document import PART_BREAK, Part, Place
from bge_desktop.extract.shortfalls import Shortfall

BAR = " | "
LONGEST_CELL, MOST_COLUMNS = 1_000, 200
"""Of rows in a preview: the characters of a cell, and the columns."""
_BLOCK = 600  # characters of rows between two headings: about a passage with numbers
_LONGEST_HEADING = 200  # characters: a longer one would be most of what is read
_HEADING_WITHIN = 10  # rows from the top: titles and dates come first
_LONGEST_NAME = 60  # of a column
_COLUMNS = 16_384
_LONGEST_RUN = 1_000  # characters from a place to the cell that is counted from there
_NUMBER = re.compile(r"[-+\d.,:/%()$€£¥￥年月日时分秒\s]*")


@dataclass(frozen=True)
class Row:
    """A row that has text.

    Attributes:
        number: counted from 1, as its program shows it.
        cells: the text of each cell that has some, on one line, by its column, counted from 1; in their order.
    """

    number: int
    cells: Mapping[int, str]

    @property
    def line(self) -> str:
        """The row as it is read."""
        return BAR.join(self.cells.values())


Places = Callable[[Row, int], Iterable[Place]]
"""Returns the places in a row whose line begins at an offset. The first is there."""


def by_row(label: Callable[[Row], str]) -> Places:
    """Return what names each row as a whole."""
    return lambda row, start: (Place(start, label(row), divides=False),)


def by_cell(sheet: str) -> Places:
    """Return what names the cells of each row, as in "Sheet1!B7"."""

    def places(row: Row, start: int) -> Iterator[Place]:
        following = begun = 0
        for column, text in row.cells.items():
            is_cell = "|" not in text
            if column != following or not is_cell or start - begun > _LONGEST_RUN:
                yield Place(start, f"{sheet}!{column_name(column)}{row.number}", divides=False, is_cell=is_cell)
                begun = start
            following = column + 1 if is_cell else 0
            start += len(text) + len(BAR)

    return places


def column_name(number: int) -> str:
    """Return the letters of a column: A for 1, AA for 27."""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache(_COLUMNS)
def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA, 0 for nothing."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def as_part(rows: Iterable[Row], places_in: Places, allowance: Allowance) -> Part:
    """Return the text of a sheet, in paragraphs under the headings, and the places of its rows or cells.

    It ends where it is too much text or takes too long, and its shortfall says so.
    """
    if allowance.spent is not None:
        return Part("")
    pieces: list[str] = []
    places: list[Place] = []
    shortfalls: tuple[Shortfall, ...] = ()
    start, heading = 0, ""
    for block in _blocks(rows):
        lines = [heading] * bool(heading) + [line for _, line in block]
        piece = "\n".join(lines)
        places += _places(block, start, len(piece), places_in)
        pieces.append(piece)
        start += len(piece) + len(PART_BREAK)
        heading = heading or _heading(block)
        try:
            allowance.text(len(piece))
            allowance.check_time()
        except SpentError as error:
            shortfalls = (Shortfall.of(error),)
            break
    return Part(PART_BREAK.join(pieces), places=tuple(places), shortfalls=shortfalls)


def _blocks(rows: Iterable[Row]) -> Iterator[list[tuple[Row, str]]]:
    """Yield rows and their lines, about a passage of them at a time."""
    block: list[tuple[Row, str]] = []
    length = 0
    for row in rows:
        line = row.line
        if block and length + len(line) > _BLOCK:
            yield block
            block, length = [], 0
        block.append((row, line))
        length += len(line) + 1
    if block:
        yield block


def _places(block: list[tuple[Row, str]], start: int, length: int, places_in: Places) -> Iterator[Place]:
    """Yield the places of a block's rows. The headings above the first are where that begins."""
    position = start + length + 1 - sum(len(line) + 1 for _, line in block)
    if position > start:
        yield replace(next(iter(places_in(block[0][0], start))), is_cell=False)
    for row, line in block:
        yield from places_in(row, position)
        position += len(line) + 1


def _heading(block: list[tuple[Row, str]]) -> str:
    """Return the line with the names of the columns, if it is among these rows at the top of their sheet."""
    return next((line for row, line in block if row.number <= _HEADING_WITHIN and _names_columns(row, line)), "")


def _names_columns(row: Row, line: str) -> bool:
    are_names = all(len(cell) <= _LONGEST_NAME and not _NUMBER.fullmatch(cell) for cell in row.cells.values())
    return len(row.cells) > 1 and are_names and len(line) <= _LONGEST_HEADING
