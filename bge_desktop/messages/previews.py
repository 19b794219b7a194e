"""What a document looks like at a passage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bge_desktop.messages.results import Span


@dataclass(frozen=True)
class Box:
    """A rectangle on a picture, in shares of its width and height from the upper left corner: 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


class Style(StrEnum):
    """What a piece of source text is."""

    HEADING = "heading"
    STRONG = "strong"
    KEYWORD = "keyword"
    NAME = "name"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"


@dataclass(frozen=True)
class StyledSpan:
    """A range of characters of a text, and what it is."""

    span: Span
    style: Style


@dataclass(frozen=True)
class Preview:
    """What a document looks like.

    Attributes:
        number: of the `ShowPreview`.
        path: the file.
    """

    number: int
    path: str


@dataclass(frozen=True)
class PicturePreview(Preview):
    """A page of a document, or a picture, drawn.

    Attributes:
        width, height: in pixels.
        pixels: four bytes each, row by row: blue, green, red, and 255.
        boxes: the lines of the passage; empty where it stands on another page.
        marks: the words of the query on the whole page.
        page, pages: 1-based number of the page, and how many there are; None and 1 of a picture.
    """

    width: int
    height: int
    pixels: bytes
    boxes: tuple[Box, ...] = ()
    marks: tuple[Box, ...] = ()
    page: int | None = None
    pages: int = 1


@dataclass(frozen=True)
class TextPreview(Preview):
    """Text around a passage, as it was read from a file.

    Attributes:
        text: a stretch of the document's text.
        passage: the passage's range in `text`.
        marks: ranges of words of the query in `text`, sorted, not overlapping.
        styles: what pieces of `text` are, sorted, not overlapping.
        is_monospaced: whether columns of characters count, as in source code.
        begins_later, ends_earlier: whether the document has more text before, and after.
    """

    text: str
    passage: Span
    marks: tuple[Span, ...] = ()
    styles: tuple[StyledSpan, ...] = ()
    is_monospaced: bool = False
    begins_later: bool = False
    ends_earlier: bool = False


@dataclass(frozen=True)
class TablePreview(Preview):
    """Rows of a sheet around a passage.

    Attributes:
        sheet: its name, or "".
        first_row: 1-based number of the first of `rows`.
        columns: what the columns are called, "A" to "XFD", or the names of their first row.
        rows: the cells' texts; all rows are equally long.
        passage_rows: half-open range of indices in `rows` that the passage covers.
        marks: cells (row, column; indices from 0) that hold words of the query.
    """

    sheet: str
    first_row: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    passage_rows: Span
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class NoPreview(Preview):
    """Why there is nothing to see, in words for a person."""

    title: str
    message: str
