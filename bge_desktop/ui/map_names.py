"""Where the names of topics stand on the map: none over another, and the nearer one looks, the more of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF

from bge_desktop.ui.theme import GRID, letter_width

_LONGEST = 24  # average characters
_ROOM = 2 * GRID
"""Pixels around a name of a topic below the top that are to be free of others: of these there may be very many."""


class TopicName(NamedTuple):
    """A name that may stand on the map.

    Attributes:
        topic: the id.
        text: the name.
        x, y: the middle of the topic, from 0 to 1.
        level: 0 at the top, more below.
        documents: how many the topic has.
    """

    topic: int
    text: str
    x: float
    y: float
    level: int
    documents: int


class WrittenName(NamedTuple):
    """A name, shortened where it is very long, and the room that it takes."""

    text: str
    size: QSizeF


class PlacedName(NamedTuple):
    """A name on the screen.

    Attributes:
        topic: the id.
        text: the name, shortened to what fits.
        area: what it has to itself.
        is_strong: whether it is of the top, or chosen.
    """

    topic: int
    text: str
    area: QRectF
    is_strong: bool


def ranked(names: Iterable[TopicName], chosen: int, family: frozenset[int]) -> list[TopicName]:
    """Return names in the order in which they get a place: that of the chosen topic, those below it, the top, the rest.

    Args:
        names: in any order.
        chosen: the id of the topic that is chosen; 0 for none.
        family: the ids of it and of all below it.
    """
    known = (own._replace(level=0) if own.topic == chosen else own for own in names)
    return sorted(known, key=lambda own: (own.topic != chosen, own.topic not in family, own.level, -own.documents))


def placed(
    names: Iterable[TopicName],
    centres: Iterable[QPointF],
    written: Callable[[str, bool], WrittenName],
    screen: QRectF,
) -> list[PlacedName]:
    """Return the names that have a place.

    Args:
        names: those that may stand there, the first ones before the others.
        centres: of each, where the middle of the topic is on the screen.
        written: returns how a name is written, by it and whether it is strong.
        screen: what can be seen.
    """
    found: list[PlacedName] = []
    for name, centre in zip(names, centres, strict=True):
        if not screen.contains(centre):
            continue
        text, size = written(name.text, not name.level)
        area, room = _around(centre, size, screen), _ROOM if name.level else 0
        wanted = area.adjusted(-room, -room, room, room)
        if not any(wanted.intersects(other.area) for other in found):
            found.append(PlacedName(name.topic, text, area, is_strong=not name.level))
    return found


def written_name(text: str, metrics: QFontMetricsF) -> WrittenName:
    """Return how a name is written in a font, and the room that it takes."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, _LONGEST * letter_width(metrics))
    return WrittenName(shown, QSizeF(metrics.horizontalAdvance(shown) + GRID, metrics.height()))


def _around(centre: QPointF, size: QSizeF, screen: QRectF) -> QRectF:
    """Return an area around a place, moved to where all of it is seen, as far as it has room."""
    left = max(screen.left(), min(centre.x() - size.width() / 2, screen.right() - size.width()))
    top = max(screen.top(), min(centre.y() - size.height() / 2, screen.bottom() - size.height()))
    return QRectF(QPointF(left, top), size)
