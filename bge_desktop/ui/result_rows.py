"""The rows of the list of results: documents, and the further passages of those that are unfolded."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields, replace
from enum import Enum, auto
from operator import attrgetter
from typing import NamedTuple

from bge_desktop.messages import FoundPassage, SearchResult

Unfolded = Mapping[str, tuple[FoundPassage, ...] | None]
"""The documents that are unfolded, by path; None where their passages are still being looked for."""

_BRIEF = 24
"""Characters."""
_shown = attrgetter(*(field.name for field in fields(SearchResult) if field.name != "score"))


class RowKind(Enum):
    """What a row is; rows of one kind are equally high."""

    DOCUMENT = auto()
    BRIEF_DOCUMENT = auto()
    """A document whose passage is so short that it stands on one line."""
    BARE_DOCUMENT = auto()
    """A document without text."""
    PASSAGE = auto()
    WAITING = auto()
    """Further passages are being looked for."""
    NO_MORE = auto()
    """There are no further passages."""


DOCUMENTS = (RowKind.DOCUMENT, RowKind.BRIEF_DOCUMENT, RowKind.BARE_DOCUMENT)
"""The rows that are documents."""
NOTES = (RowKind.WAITING, RowKind.NO_MORE)
"""The rows that say something and can be neither selected nor opened."""


class Row(NamedTuple):
    """One row.

    Attributes:
        kind: what it is.
        key: tells it from all others.
        result: what it opens; of a passage, the document's with that passage.
        number: of a passage, from 1, among those that are unfolded.
        below: of a document that is unfolded, what the rows below it are.
    """

    kind: RowKind
    key: Hashable
    result: SearchResult
    number: int = 0
    below: RowKind | None = None

    @property
    def has_toggle(self) -> bool:
        """Whether the row is a document's that can be unfolded, or is."""
        is_more = self.kind in DOCUMENTS and self.kind is not RowKind.BARE_DOCUMENT and self.result.passages > 1
        return is_more or self.is_unfolded

    @property
    def is_unfolded(self) -> bool:
        """Whether the further passages of a document are on show, or being looked for."""
        return self.below is not None

    def looks_like(self, other: object) -> bool:
        """Whether another row of the same key shows the same; the score is not shown."""
        if not isinstance(other, Row) or (self.kind, self.number, self.below) != (
            other.kind,
            other.number,
            other.below,
        ):
            return False
        return shows_the_same(self.result, other.result)


def shows_the_same(one: SearchResult | None, other: SearchResult | None) -> bool:
    """Whether two results differ in nothing but the score, which is not shown."""
    if one is None or other is None or one is other:
        return one is other
    return bool(_shown(one) == _shown(other))


def rows_of(results: Iterable[SearchResult], unfolded: Unfolded, known: Iterable[Row] = ()) -> list[Row]:
    """Return the rows of the documents, and behind each that is unfolded those of its further passages.

    Rows among those `known` that need no change are taken again: ten thousand new ones take their time.
    """
    before = {row.key: row for row in known}
    rows = []
    for result in results:
        further = _further_rows(result, unfolded[result.path]) if result.path in unfolded else []
        below = further[0].kind if further else None
        row = before.get(result.path)
        if row is None or row.result is not result or row.below is not below:
            row = _document_row(result, below)
        rows += [row, *further]
    return rows


def _document_row(result: SearchResult, below: RowKind | None) -> Row:
    return Row(_kind_of(result.passage), result.path, result, 0, below)


def _kind_of(passage: str) -> RowKind:
    if not passage or passage.isspace():
        return RowKind.BARE_DOCUMENT
    return RowKind.BRIEF_DOCUMENT if len(passage) <= _BRIEF else RowKind.DOCUMENT


def _further_rows(result: SearchResult, passages: tuple[FoundPassage, ...] | None) -> list[Row]:
    if passages is None:
        return [Row(RowKind.WAITING, (result.path,), result)]
    further = {(found.start, found.end): found for found in passages}
    further.pop((result.start, result.end), None)
    if not further:
        return [Row(RowKind.NO_MORE, (result.path,), result)]
    return [
        Row(RowKind.PASSAGE, (result.path, *span), _at(result, found), number)
        for number, (span, found) in enumerate(further.items(), 1)
    ]


def _at(result: SearchResult, found: FoundPassage) -> SearchResult:
    """Return a document's result with another passage of it."""
    return replace(
        result,
        start=found.start,
        end=found.end,
        page=found.page,
        place=found.place,
        places=(),
        passage=found.passage,
        marks=found.marks,
        sentence=found.sentence,
    )
