"""What a search finds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bge_desktop.messages.labels import LabelOfDocument


class Why(StrEnum):
    """The main reason for a result."""

    MEANING = "meaning"
    WORDS = "words"
    NAME = "name"


@dataclass(frozen=True)
class Span:
    """A half-open range of characters (code points, as Python counts them), `start` to `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class PassagePlace:
    """Where in its file a piece of a passage stands: from `start` within the passage to the next one's."""

    start: int
    label: str


def place_at(places: Sequence[PassagePlace], offset: int) -> str:
    """Return where in the file a character of a passage stands, by the passage's places; "" where it has none."""
    after = bisect_right(places, offset, key=lambda place: place.start)
    return places[after - 1].label if after else ""


@dataclass(frozen=True)
class SearchResult:
    """One document, with its best passage.

    Attributes:
        path: the file, as the operating system names it.
        folder: the library folder that holds it (for a single indexed file: its parent).
        title: the document's own title, or "".
        modified: seconds since the epoch.
        score: the fused score; higher is better; comparable only within one list.
        page: 1-based number of the page or slide that holds the passage, or None where the format has none.
        start, end: the passage's character range in the extracted text.
        passage: the passage's text, exactly `text[start:end]`.
        why: the main reason.
        marks: ranges of matching words within `passage`, sorted, not overlapping.
        sentence: the most telling sentence within `passage`, or None.
        copies: further files with the very same content.
        near_duplicates: files of other documents that say almost the same, folded under this one.
        place: where in the file that of the passage stands which tells the most, besides the page: "Sheet1!B7", or a
            member of an archive; or "".
        places: of the pieces of the passage, in their order, from its start on; empty where the format has none.
        passages: how many passages the document has.
        labels: those that the document has or is proposed for, a person's first, the surest proposals before others.
        is_exact: whether an exact name asks for it: it alone holds that name, or its file is called so.
    """

    path: str
    folder: str
    title: str
    modified: float
    score: float
    page: int | None
    start: int
    end: int
    passage: str
    why: Why
    marks: tuple[Span, ...] = ()
    sentence: Span | None = None
    copies: tuple[str, ...] = ()
    near_duplicates: tuple[str, ...] = ()
    place: str = ""
    places: tuple[PassagePlace, ...] = ()
    passages: int = 1
    labels: tuple[LabelOfDocument, ...] = ()
    is_exact: bool = False

    def with_sentence(self, sentence: Span) -> SearchResult:
        """Return the result with another most telling sentence, and the place of that: of the first mark in it."""
        if sentence == self.sentence:
            return self
        marked = (mark.start for mark in self.marks if sentence.start <= mark.start < sentence.end)
        place = self.place_at(next(marked, sentence.start))
        return replace(self, sentence=sentence, place=place)

    def place_at(self, offset: int) -> str:
        """Return where in the file a character of the passage stands; "" where the format has no places."""
        return place_at(self.places, offset)


@dataclass(frozen=True)
class FoundPassage:
    """A passage of a document that is known already; see `SearchResult` for what is told of it."""

    start: int
    end: int
    page: int | None
    place: str
    passage: str
    marks: tuple[Span, ...] = ()
    sentence: Span | None = None


@dataclass(frozen=True)
class FacetCount:
    """How many documents the query would find with this value of a filter, whatever it says of that filter now.

    `value` is what stands behind the filter's name in the query language: "pdf", "zh", "7d"; of a folder, its path.
    """

    value: str
    count: int
