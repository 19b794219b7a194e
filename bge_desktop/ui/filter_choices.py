"""The values of the filters that one can choose from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bge_desktop.messages import FacetCount, Facets
from bge_desktop.ui.filter_names import value_name
from bge_desktop.ui.paths import shown_path
from bge_desktop.ui.query_edit import Term, is_same, terms

FILTERS = ("folder", "type", "date", "lang", "label")
"""The filters of the query language of which values are counted."""
FIRST = 8
"""So many values are shown at first."""
_ABOVE_ALL = 1 << 40


@dataclass(frozen=True)
class Choice:
    """A value to choose.

    Attributes:
        value: as the query language takes it.
        name: as a person reads it.
        count: how many documents it would leave.
        is_active: whether the query asks for it.
        tip: what more there is to say, or "".
        depth: how many steps it stands in from the edge.
        weight: of many, those that weigh the most are shown first.
    """

    value: str
    name: str
    count: int
    is_active: bool = False
    tip: str = ""
    depth: int = 0
    weight: int = 0


class FilterChoices:
    """The values of each filter: what was counted last, and what the query asks for."""

    def __init__(self) -> None:
        self._counts: dict[str, tuple[FacetCount, ...]] = {}
        self._terms: list[Term] = []

    def take_facets(self, facets: Facets) -> None:
        """Take how many documents each value would leave."""
        counts = (facets.folders, facets.kinds, facets.dates, facets.languages, facets.labels)
        self._counts = dict(zip(FILTERS, counts, strict=True))

    def take_query(self, query: str) -> None:
        """Take what the query asks for."""
        self._terms = [term for term in terms(query) if not term.is_excluded]

    def of(self, key: str) -> list[Choice]:
        """Return the values that have documents, and before them those that the query asks for and that have none."""
        counts = self._counts.get(key, ())
        asked = [term for term in self._terms if term.key == key]
        return [*self._uncounted(key, asked), *_counted(key, asked, counts)]

    def _uncounted(self, key: str, asked: Sequence[Term]) -> Iterator[Choice]:
        for value in dict.fromkeys(value for term in asked for value in term.values):
            if not any(is_same(key, value, own.value) for own in self._counts.get(key, ())):
                yield _choice(key, FacetCount(value, 0), is_active=True)


def first(choices: Sequence[Choice], most: int = FIRST) -> list[Choice]:
    """Return the weightiest values, and all that the query asks for, in their order."""
    weightiest = sorted(choices, key=lambda own: (-own.is_active, -own.weight))[:most]
    return [own for own in choices if own.is_active or own in weightiest]


def _counted(key: str, asked: Sequence[Term], counts: Sequence[FacetCount]) -> Iterator[Choice]:
    folders = {own.value for own in counts} if key == "folder" else set()
    for place, own in enumerate(counts):
        is_active = any(term.asks_for(key, own.value) for term in asked)
        is_inner = os.path.dirname(own.value) in folders and os.path.dirname(own.value) != own.value
        # the folders of the library are shown before those in them; of dates, which overlap, the nearest
        weight = -place if key == "date" else own.count if is_inner else own.count + _ABOVE_ALL
        yield _choice(key, own, is_active=is_active, depth=int(is_inner), weight=weight)


def _choice(key: str, own: FacetCount, *, is_active: bool, depth: int = 0, weight: int = 0) -> Choice:
    tip = shown_path(own.value) if key == "folder" else ""
    return Choice(own.value, value_name(key, own.value), own.count, is_active, tip, depth, weight)
