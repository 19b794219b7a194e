"""Pictures as they are looked at: upright, on paper, no larger than wanted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bge_desktop.extract.letters import Letters, letters_of

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 16_000
"""Pixels of the longer side of what is drawn, at most: a picture of a screen that was scrolled is tall."""
MOST_PIXELS = 16_000_000
"""Of what is drawn, at most: four bytes each travel to the parent."""

_LEAST = 1e-6
_REDUCING_GAP = 2.0  # how much of a large picture is shrunk roughly first: no difference is seen


@dataclass(frozen=True)
class Drawn:
    """A page or a picture, drawn.

    Attributes:
        width, height: in pixels.
        pixels: four bytes each, row by row: blue, green, red, and 255.
        letters: the characters on it; none as long as they are not recognised.
        page, pages: 1-based number of the page, and how many there are; None and 1 of what has no pages.
        is_scan: whether it may show print to be recognised.
    """

    width: int
    height: int
    pixels: bytes
    letters: Letters
    page: int | None
    pages: int
    is_scan: bool


def drawn_size(width: float, height: float, wanted: int) -> tuple[float, float]:
    """Return the size of a page that is to be so wide, or less where it would become too large."""
    width, height = max(width, _LEAST), max(height, _LEAST)
    scale = min(wanted / width, LONGEST_SIDE / max(width, height), math.sqrt(MOST_PIXELS / (width * height)))
    return width * scale, height * scale


def draw_picture(data: bytes, number: int, width: int) -> Drawn:
    """Return a picture, or one page of a file that has several; none is drawn larger than it is.

    Args:
        data: the file.
        number: of the page, from 1.
        width: pixels that it is to be wide.

    Raises:
        PIL.UnidentifiedImageError: it is damaged, or of a format that is not drawn.
        ExtractionError, OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError: as `images.read_image`.
    """
    from bge_desktop.extract.images import picture_at
    from bge_desktop.extract.ocr import as_on_paper

    picture, page, pages = picture_at(data, number)
    wide, high = drawn_size(*picture.size, min(width, picture.width))
    smaller = picture.resize((max(1, round(wide)), max(1, round(high))), reducing_gap=_REDUCING_GAP)
    drawn: Image = as_on_paper(smaller).convert("RGBA")
    return Drawn(*drawn.size, drawn.tobytes("raw", "BGRA"), Letters(), page, pages, is_scan=True)


def read_picture(data: bytes, number: int, goes_on: Callable[[], bool]) -> Letters:
    """Return the print on a picture, recognised; it raises as `draw_picture`, and MemoryError."""
    from bge_desktop.extract.images import picture_at
    from bge_desktop.extract.ocr import printed_rows

    return letters_of(printed_rows(picture_at(data, number)[0], goes_on))
