"""How many documents each value of each filter would leave.

The free text of a query restricts nothing, since meaning ranks all documents. So the counts are those of what does
restrict: they are remembered until the library changes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import time
from collections.abc import Callable, Generator, Iterator

import numpy as np

from bge_desktop.bge.script import Language
from bge_desktop.library.ids import Ids
from bge_desktop.library.library import Library
from bge_desktop.library.path_keys import ending_key
from bge_desktop.messages import FacetCount
from bge_desktop.search import query_values
from bge_desktop.search.file_conditions import FileConditions, start_of
from bge_desktop.search.file_table import Chosen, FileTable
from bge_desktop.search.filters import documents_saying, in_languages
from bge_desktop.search.kinds import FORMATS, document_kinds, endings
from bge_desktop.search.query_language import Filters, Query

Counts = tuple[FacetCount, ...]
Restriction = tuple[dt.date, Query]

# Of so many documents the texts are looked at with one step, where a phrase must be looked for in them; where the index
# tells, it is asked about so many at once.
_TEXTS, _INDEXED = 500, 50_000
_REMEMBERED = 64
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_DAYS = ("today", "7d", "30d", "1y")
_FIRST_YEAR = 1970


@dataclasses.dataclass(frozen=True)
class FacetCounts:
    """As in the message `Facets`."""

    folders: Counts
    kinds: Counts
    languages: Counts
    dates: Counts
    labels: Counts


class FacetCounter:
    """Counts the documents of a library.

    Args:
        library: whose documents; it is written to through this connection alone.

    Attributes:
        read_at: when the files were last read, by the monotonic clock.
    """

    def __init__(self, library: Library) -> None:
        self._library, self._db = library, library.db
        self._table = FileTable(library)
        self._version = -1
        self._known: dict[Restriction, FacetCounts] = {}
        self.read_at = -math.inf

    @property
    def is_outdated(self) -> bool:
        """Whether something has been written to the library since it was read."""
        return self._version != self._db.conn.total_changes

    def known(self, query: Query, today: dt.date) -> FacetCounts | None:
        """Return what has been counted for a query before, if it still holds."""
        return None if self.is_outdated else self._known.get(restriction(query, today))

    def count(self, query: Query, today: dt.date) -> Iterator[FacetCounts | None]:
        """Count in small steps; the last one yields the counts, the others None."""
        if self.is_outdated:
            yield from self._read()
        table = self._table
        saying = yield from self._saying(query)
        counts: dict[str, Counts] = {}
        left: dict[Filters, Chosen] = {}
        for facet, count in _COUNTING.items():
            others = _without(query.filters, facet)
            if others not in left:
                left[others] = saying & self._left(others)
                yield None
            counts[facet] = tuple(own for own in count(table, left[others], today) if own.count)
            yield None
        found = FacetCounts(**counts)
        self._remember(restriction(query, today), found)
        yield found

    def _read(self) -> Iterator[None]:
        version, table = self._db.conn.total_changes, FileTable(self._library)
        yield from table.read()
        self._table, self._version, self.read_at = table, version, time.monotonic()
        self._known.clear()

    def _saying(self, query: Query) -> Generator[None, None, Chosen]:
        """Return the files whose documents hold the phrases of a query, as far as any does, and nothing it excludes."""
        documents = self._table.documents
        holding = yield from self._among(documents, Query("", query.phrases))
        excluding = Query("", excluded=query.excluded, excluded_phrases=query.excluded_phrases)
        return self._table.of_documents((yield from self._among(holding if len(holding) else documents, excluding)))

    def _among(self, documents: Ids, query: Query) -> Generator[None, None, Ids]:
        """Return those of some documents that say what a query insists on, and nothing that it excludes."""
        if not query.is_restricted:
            return documents
        found = [np.empty(0, np.int64)]
        portion = _TEXTS if query.phrases or query.excluded_phrases else _INDEXED
        for start in range(0, len(documents), portion):
            found.append(documents_saying(self._db, query, documents[start : start + portion]))
            yield
        return np.concatenate(found)

    def _left(self, filters: Filters) -> Chosen:
        """Return which files satisfy all filters."""
        files = np.full(len(self._table), True)
        conditions = FileConditions.of(self._db, filters)
        if conditions:
            files &= self._table.chosen(conditions.files()[0])
        if filters.languages:
            files &= self._table.of_documents(in_languages(self._db, filters.languages))
        return files

    def _remember(self, key: Restriction, counts: FacetCounts) -> None:
        self._known[key] = counts
        if len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]


def restriction(query: Query, today: dt.date) -> Restriction:
    """Return what of a query the counts depend on."""
    return today, dataclasses.replace(query, text="", hints=(), like=(), unlike=())


def _without(filters: Filters, facet: str) -> Filters:
    return dataclasses.replace(filters, **{name: getattr(Filters(), name) for name in _OWN[facet]})


def _folders(table: FileTable, files: Chosen, _: dt.date) -> Iterator[FacetCount]:
    for branch in table.branches:
        yield FacetCount(branch.path, table.count_below(branch, files))


def _kinds(table: FileTable, files: Chosen, _: dt.date) -> Iterator[FacetCount]:
    """Yield the kinds, those with the most documents first."""
    counts = (FacetCount(kind, table.count(files & _of_kind(table, kind))) for kind in FORMATS)
    yield from sorted(counts, key=lambda own: -own.count)


def _of_kind(table: FileTable, kind: str) -> Chosen:
    keys = {ending_key(f".{ending}") for ending in endings(kind)}
    names = document_kinds(kind)
    return table.endings.chosen(keys.__contains__) | table.kinds.chosen(names.__contains__)


def _languages(table: FileTable, files: Chosen, _: dt.date) -> Iterator[FacetCount]:
    for language in _LANGUAGES:
        yield FacetCount(language, table.count(files & table.languages.chosen((language, "both").__contains__)))


def _dates(table: FileTable, files: Chosen, today: dt.date) -> Iterator[FacetCount]:
    """Yield the last days, and the years in which files were changed that those do not reach back to."""
    for value in (*_DAYS, *map(str, range(_before(today).year, _FIRST_YEAR - 1, -1))):
        period = query_values.period(value, today)
        assert period is not None
        is_within = (table.times >= start_of(period.start)) & (table.times < start_of(period.end))
        yield FacetCount(value, table.count(files & is_within))


def _labels(table: FileTable, files: Chosen, _: dt.date) -> Iterator[FacetCount]:
    for name, labelled in table.labels.items():
        yield FacetCount(name, table.count(files & labelled))


def _before(today: dt.date) -> dt.date:
    """Return the last day that is before all of the last days."""
    longest = query_values.period(_DAYS[-1], today)
    assert longest is not None
    return longest.start - dt.timedelta(1)


_OWN = {
    "folders": ("folders", "without_folders"),
    "kinds": ("kinds", "without_kinds"),
    "languages": ("languages",),
    "dates": ("after", "before", "dates"),
    "labels": ("labels", "without_labels"),
}
_COUNTING: dict[str, Callable[[FileTable, Chosen, dt.date], Iterator[FacetCount]]] = {
    "folders": _folders,
    "kinds": _kinds,
    "languages": _languages,
    "dates": _dates,
    "labels": _labels,
}
