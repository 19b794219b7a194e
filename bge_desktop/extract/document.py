"""What a reader makes of a file: its text, and what is known of the text as a whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bge_desktop.extract.shortfalls import Shortfall

CJK = "\u2e80-\u30ff\u3100-\u312f\u31c0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
"""Characters that are written without spaces between them, and their punctuation: a set for a regular expression."""

_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n|[\r\f\v]")
_SPACES = re.compile(r"\s+")


PART_BREAK = "\n\n"
"""What stands in a text between a page, slide, sheet, message or member and the next."""
LABEL_BREAK = " › "
"""What stands in a label between that of a part and that of a place in it."""


@dataclass(frozen=True)
class Place:
    """Where a stretch of a text stands in its file: from `start` to the start of the next place.

    Attributes:
        start: offset in the text.
        label: for a person, without its page: "Sheet1!B7", "message 2: Minutes", "report.pdf" in an archive; or "".
        page: the 1-based number of the page or slide, or None where the format has none.
        divides: whether a passage must not reach over it: pages, sheets and messages do, cells and lines do not.
            A place on another page than the one before it always does.
        is_cell: whether it is a cell of a row, whose `label` ends as "B7" does: with each bar after it in the text
            begins the cell in the next column.
    """

    start: int
    label: str = ""
    page: int | None = None
    divides: bool = True
    is_cell: bool = False


@dataclass(frozen=True)
class Part:
    """A piece of a file: a page, slide, sheet or message; or, with places of its own, a member of an archive.

    `shortfalls` are what could not be read of it, or why it has no text.
    """

    text: str
    label: str = ""
    page: int | None = None
    places: tuple[Place, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()


@dataclass(frozen=True)
class Document:
    r"""The readable text of one file.

    Attributes:
        text: all of it, with `\n` between lines and an empty line between paragraphs; "" where there is none.
        title: the document's own title, or "".
        kind: what it is, as in the filter `type:`: "text", "pdf", …; "other" for a file without text that we can read.
        places: where in the file the text stands, by their starts; empty where the format has no places.
        shortfalls: what could not be read; empty where all was.
    """

    text: str
    title: str = ""
    kind: str = "text"
    places: tuple[Place, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()


def assembled(parts: Iterable[Part], title: str = "", kind: str = "text") -> Document:
    """Return a document of parts, in their order, each at its place. Parts without text have no place."""
    texts: list[str] = []
    places: list[Place] = []
    shortfalls: list[Shortfall] = []
    start = 0
    for part in parts:
        shortfalls += (replace(own, label=_joined(part.label, own.label)) for own in part.shortfalls)
        if part.text:
            places += _places(part, start)
            texts.append(part.text)
            start += len(part.text) + len(PART_BREAK)
    return Document(PART_BREAK.join(texts), title, kind, tuple(places), tuple(shortfalls))


def as_member(document: Document, label: str) -> Part:
    """Return a document as a part of the file that holds it."""
    return Part(document.text, label, places=document.places, shortfalls=document.shortfalls)


def cut(document: Document, length: int, shortfall: Shortfall) -> Document:
    """Return the first `length` characters of a document, and why there are no more."""
    places = tuple(place for place in document.places if place.start < length)
    return replace(document, text=document.text[:length], places=places, shortfalls=(*document.shortfalls, shortfall))


def _places(part: Part, start: int) -> Iterable[Place]:
    if not part.places or part.places[0].start > 0:
        yield Place(start, part.label, part.page)
    for place in part.places:
        label = _joined(part.label, place.label)
        page = part.page if place.page is None else place.page
        divides = place.divides or not place.start
        yield replace(place, start=start + place.start, label=label, page=page, divides=divides)


def _joined(*labels: str) -> str:
    return LABEL_BREAK.join(filter(None, labels))


def place_at(places: Sequence[Place], offset: int) -> Place | None:
    """Return the place that holds `offset`, or None where there is none."""
    after = bisect_right(places, offset, key=lambda place: place.start)
    return places[after - 1] if after else None


def with_plain_newlines(text: str) -> str:
    r"""Return `text` with every kind of line and page break as `\n`."""
    return _NEWLINE.sub("\n", text)


def scrubbed(text: str) -> str:
    """Return `text` of the same length, storable everywhere: no control character but tab and newline, no surrogate."""
    return _LONE_SURROGATE.sub("\ufffd", _NOT_TEXT.sub(" ", text))


def one_line(text: str) -> str:
    """Return `text` as one line without white space around it, as for a title."""
    return _SPACES.sub(" ", text).strip()
