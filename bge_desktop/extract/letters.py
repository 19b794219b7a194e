"""The characters of a page or picture, each with the box that it stands in, and the boxes of stretches of them."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bge_desktop.extract.reading_order import PrintedLine
from bge_desktop.messages import Box, Span

SCALE = 65_535
"""The right edge of a page, and the lower one, in boxes."""

_SIDES = 4
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_SHORTEST_PIECE = 8  # characters: what is shorter stands anywhere
_SAME_LINE = 0.4  # of the height: so much of two characters of a line stands side by side
_MOST_BOXES = 1000


def _swapped(sides: array[int]) -> array[int]:
    """Return numbers with their lower byte first where this machine has it last, or the other way round."""
    if sys.byteorder == "big":
        sides = array("H", sides)
        sides.byteswap()
    return sides


def _no_sides() -> array[int]:
    return array("H")


@dataclass(frozen=True)
class Letters:
    """Characters in the order of reading.

    Attributes:
        text: the characters, with white space between words and lines.
        sides: of each character's box the left, upper, right and lower one, from 0 to `SCALE`; all 0 of white space.
    """

    text: str = ""
    sides: array[int] = field(default_factory=_no_sides)

    def in_bytes(self) -> bytes:
        """Return the sides as two bytes each, the lower first."""
        return _swapped(self.sides).tobytes()

    @staticmethod
    def from_bytes(text: str, sides: bytes) -> Letters:
        """Return letters of a text and what `in_bytes` gave.

        Raises:
            ValueError: there are not as many boxes as characters.
        """
        if len(sides) != len(text) * _SIDES * 2:
            raise ValueError("letters without boxes")
        return Letters(text, _swapped(array("H", sides)))


class LetterCase:
    """Collects letters."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._sides = _no_sides()

    def add(self, text: str, sides: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        """Add what stands in one box, which may be several characters, or none."""
        self._texts.append(text)
        self._sides.extend(sides * len(text))

    def letters(self) -> Letters:
        """Return all that was added."""
        return Letters("".join(self._texts), self._sides)


def letters_of(rows: Iterable[Sequence[PrintedLine]]) -> Letters:
    """Return the characters of recognised print, each in its share of the line.

    Args:
        rows: in the order of reading; with boxes in shares of the sides of the picture.
    """
    case = LetterCase()
    for row in rows:
        for line in row:
            for text, left, right in _divided(line):
                case.add(text, (_scaled(left), _scaled(line.top), _scaled(right), _scaled(line.bottom)))
            case.add(" ")
        case.add("\n")
    return case.letters()


def boxes(letters: Letters, spans: Iterable[Span]) -> tuple[Box, ...]:
    """Return one box for each line that a stretch of letters runs over."""
    found = (box for span in spans for box in _boxes(letters, span))
    return tuple(box for _, box in zip(range(_MOST_BOXES), found, strict=False))


def spans_of(passage: str, letters: Letters) -> list[Span]:
    """Return where a passage stands among letters, as far as it does; white space counts nothing.

    What of it is no print of the page, as a comment, divides it: then its lines are sought one by one.
    """
    kept = [at for at, character in enumerate(letters.text) if not _BLANK.match(character)]
    page = "".join(letters.text[at] for at in kept)
    found = _found(page, [passage]) or _found(page, passage.split("\n"), _SHORTEST_PIECE)
    return [Span(kept[start], kept[end - 1] + 1) for start, end in found]


def _found(page: str, pieces: Iterable[str], shortest: int = 1) -> list[tuple[int, int]]:
    """Return where pieces stand in a text without white space, in their order."""
    found, position = [], 0
    for piece in (_BLANK.sub("", piece) for piece in pieces):
        start = page.find(piece, position) if len(piece) >= shortest else -1
        if start >= 0:
            position = start + len(piece)
            found.append((start, position))
    return found


def _divided(line: PrintedLine) -> Iterator[tuple[str, float, float]]:
    """Yield each character of a line with its left and right edge; a Chinese one is twice as wide as another."""
    widths = [2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line.text]
    left, width = line.left, (line.right - line.left) / max(1, sum(widths))
    for character, own in zip(line.text, widths, strict=True):
        yield character, left, left + own * width
        left += own * width


def _scaled(share: float) -> int:
    return round(max(0.0, min(1.0, share)) * SCALE)


def _boxes(letters: Letters, span: Span) -> Iterator[Box]:
    line: tuple[int, int, int, int] | None = None
    for at in range(span.start, span.end):
        left, top, right, bottom = letters.sides[_SIDES * at : _SIDES * (at + 1)]
        if not (left < right and top < bottom):
            continue
        own = (left, top, right, bottom)
        if line is not None and _goes_on(line, own):
            line = (min(line[0], left), min(line[1], top), max(line[2], right), max(line[3], bottom))
            continue
        if line is not None:
            yield _box(line)
        line = own
    if line is not None:
        yield _box(line)


def _goes_on(line: tuple[int, int, int, int], own: tuple[int, int, int, int]) -> bool:
    """Whether a character stands in a line that has been read so far, and not left of where that begins."""
    shared = min(line[3], own[3]) - max(line[1], own[1])
    return shared > _SAME_LINE * min(line[3] - line[1], own[3] - own[1]) and own[2] > line[0]


def _box(sides: tuple[int, int, int, int]) -> Box:
    left, top, right, bottom = (side / SCALE for side in sides)
    return Box(left, top, right, bottom)
