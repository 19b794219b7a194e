"""What a reader process is asked for a preview, and whether its answer can be true.

`page_pictures` is the process's side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from bge_desktop.extract.letters import Letters
from bge_desktop.extract.pictures import LONGEST_SIDE, MOST_PIXELS, Drawn
from bge_desktop.extract.preview_reader import nonsense
from bge_desktop.messages import Span, Style, StyledSpan
from bge_desktop.processes import Header

_MOST_PAGES = 10_000_000
_MOST_CHARACTERS = 1_000_000
_MOST_COLUMNS = 1_000
_BYTES_A_LETTER, _BYTES_A_PIXEL = 8, 4
_NEVER_TRUE = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)

Ask = Callable[[Header], tuple[Header, bytes]]
"""Returns the answer of a process, as `PreviewReader.ask`."""


@dataclass(frozen=True)
class Wanted:
    """What is to be drawn.

    Attributes:
        path: the file.
        label: of a place in it, which may lie in a file within it.
        page: 1-based number.
        width: pixels that it is to be wide.
    """

    path: str
    label: str
    page: int
    width: int


def drawn(ask: Ask, wanted: Wanted) -> Drawn | None:
    """Return a page or picture; None where the file is nothing that is drawn.

    Raises:
        ExtractionError: it cannot be drawn, or the answer is nonsense; and what `ask` raises.
    """
    header, payload = ask({"op": "draw", **asdict(wanted)})
    try:
        return None if header.get("undrawn") else _drawn(header, payload)
    except _NEVER_TRUE as error:
        raise nonsense() from error


def recognised(ask: Ask, wanted: Wanted) -> Letters:
    """Return the print on what was drawn, recognised; it raises as `drawn`."""
    header, payload = ask({"op": "recognise", **asdict(wanted)})
    try:
        return Letters.from_bytes(_text(header), payload)
    except _NEVER_TRUE as error:
        raise nonsense() from error


def rows(ask: Ask, path: str, first: int, last: int) -> dict[int, dict[int, str]]:
    """Return rows of a file of values between commas: texts by row and column, from 1; it raises as `drawn`."""
    header, _ = ask({"op": "rows", "path": path, "label": "", "first": first, "last": last})
    try:
        return {
            _number(row, last): {_number(int(at), _MOST_COLUMNS): str(text) for at, text in cells.items()}
            for row, cells in header["rows"]
        }
    except _NEVER_TRUE as error:
        raise nonsense() from error


def styles(ask: Ask, name: str, text: str) -> tuple[StyledSpan, ...]:
    """Return what the pieces of a source text are; `name` is that of its file. It raises as `drawn`."""
    header, _ = ask({"op": "styles", "name": name, "text": text})
    try:
        found = [StyledSpan(Span(start, end), Style(style)) for start, end, style in header["styles"]]
        ends = [0, *(end for styled in found for end in (styled.span.start, styled.span.end)), len(text)]
        if any(type(end) is not int for end in ends) or ends != sorted(ends):
            raise ValueError("pieces outside of the text, or over each other")
    except _NEVER_TRUE as error:
        raise nonsense() from error
    return tuple(found)


def _drawn(header: Header, payload: bytes) -> Drawn:
    width, height, pages = (_number(header[key], most) for key, most in _LIMITS.items())
    page = None if header["page"] is None else _number(header["page"], pages)
    text = _text(header)
    size = len(text) * _BYTES_A_LETTER
    if len(payload) != size + width * height * _BYTES_A_PIXEL or width * height > MOST_PIXELS + LONGEST_SIDE:
        raise ValueError("a picture without its pixels, or too large")
    letters = Letters.from_bytes(text, payload[:size])
    return Drawn(width, height, payload[size:], letters, page, pages, header["is_scan"] is True)


_LIMITS = {"width": LONGEST_SIDE, "height": LONGEST_SIDE, "pages": _MOST_PAGES}


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise ValueError("no number, or none that can be")
    return value


def _text(header: Header) -> str:
    text = header["text"]
    if not isinstance(text, str) or len(text) > _MOST_CHARACTERS:
        raise ValueError("no text, or too much of it")
    return text
