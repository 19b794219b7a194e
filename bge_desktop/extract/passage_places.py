"""The places that begin within a passage, packed small: a sheet of 60,000 rows has as many."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from os.path import commonprefix

from bge_desktop.extract.document import Place, place_at
from bge_desktop.extract.tables import BAR, column_name, column_number
from bge_desktop.messages import PassagePlace, displayable

LONGEST_LABEL = 500
"""Characters of a label that are kept."""
_MOST_PLACES = 300  # of a passage: about as many as it has tokens

_CELL = re.compile(r"(?<![A-Z])([A-Z]{1,3})(\d{1,7})\Z")


def label_at(text: str, places: Sequence[Place], offset: int) -> str:
    """Return the label of what stands at an offset of a whole text; "" where that has no place."""
    place = place_at(places, offset)
    if place is None:
        return ""
    bars = text.count(BAR, place.start, offset + len(BAR) - 1) if place.is_cell else 0
    return _columns_on(place.label, bars)[:LONGEST_LABEL]


def packed(text: str, places: Sequence[Place], start: int, end: int) -> str:
    """Return the places that begin within `text[start:end]`, of which the first few hundred are kept; "" for none.

    Each is a JSON array: the characters from the one before it (or the start), how much of its label is as that one's
    (or as that at the start), the rest of its label, and a 1 if it is a cell. One at the start is left out, but for a
    cell.
    """
    label, position, entries = label_at(text, places, start), start, []
    for place in _beginning_within(text, places, start, end):
        own = place.label[:LONGEST_LABEL]
        shared = len(commonprefix((label, own)))  # noqa: RUF071 - characters, not folders
        entries.append([place.start - position, shared, own[shared:], *[1] * place.is_cell])
        label, position = own, place.start
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")) if entries else ""


def check(places: str, label: str, length: int) -> None:
    """Make sure that places can be unpacked for a passage of so many characters.

    Raises:
        ValueError: this is nothing that was packed for such a passage.
    """
    deque(_entries(places, label, length), maxlen=0)


def unpacked(places: str, label: str, passage: str) -> tuple[PassagePlace, ...]:
    """Return the places in a passage, each cell by itself; the first is at its start.

    Args:
        places: as packed.
        label: of the place at the start of the passage.
        passage: its text.

    Raises:
        ValueError: as in `check`.
    """
    entries = list(_entries(places, label, len(passage)))
    found = {0: label}
    for (start, own, is_cell), end in zip(entries, [*(entry[0] for entry in entries[1:]), len(passage)], strict=False):
        found[start] = displayable(own)
        bar = passage.find(BAR, start, end) if is_cell else -1
        columns = 0
        while bar >= 0:
            columns += 1
            found[bar + len(BAR)] = displayable(_columns_on(own, columns))
            bar = passage.find(BAR, bar + len(BAR), end)
    return tuple(PassagePlace(start, own) for start, own in found.items())


def _beginning_within(text: str, places: Sequence[Place], start: int, end: int) -> Iterator[Place]:
    at_start = place_at(places, start)
    if at_start and at_start.is_cell:
        yield Place(start, label_at(text, places, start), is_cell=True)
    first = bisect_left(places, start + 1, key=lambda place: place.start)
    for place in places[first : first + _MOST_PLACES]:
        if place.start >= end:
            return
        yield place


def _columns_on(label: str, columns: int) -> str:
    """Return the label of the cell that stands so many columns after another in its row."""
    cell = _CELL.search(label) if columns else None
    return f"{label[: cell.start()]}{column_name(column_number(cell[1]) + columns)}{cell[2]}" if cell else label


def _entries(places: str, label: str, length: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the start, the label and whether it is a cell of each packed place."""
    if not places:
        return
    position = 0
    try:
        for gap, shared, rest, *is_cell in json.loads(places)[: _MOST_PLACES + 1]:
            position += gap
            if gap < 0 or position >= length or not 0 <= shared <= len(label):
                raise ValueError("a place outside of its passage")
            label = (label[:shared] + rest)[:LONGEST_LABEL]
            yield int(position), label, bool(is_cell)
    except (TypeError, RecursionError) as error:
        raise ValueError("no list of places") from error
