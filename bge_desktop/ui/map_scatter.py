"""The points of the map as items of pyqtgraph: one for some thousand points of a colour, filled a portion at a time."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

import pyqtgraph
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor

from bge_desktop.ui.map_points import Group, joined

_PORTION = 5000
"""Points that are handed over between two turns of the event loop: some 5 ms."""
_ITEM = 500
"""As many points take as long as what each item takes by itself."""
_DIMMED = 0.15
_SIZES = ((500, 10), (3000, 8), (15_000, 6))
_SMALLEST = 4


class _Layer(IntEnum):
    """What lies over what."""

    NONE = 0
    TOPICS = 1
    LIT = 2


class _Key(NamedTuple):
    layer: _Layer
    colour: int
    start: int


class Scatter(QObject):
    """Points in the colours of their topics. Old ones stay on show until the new ones are there.

    Args:
        box: the `ViewBox` that they are shown in.
        parent: the owner.
    """

    filled = Signal()
    """All that was given last is on show."""

    def __init__(self, box: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box = box
        self._groups: Mapping[int, Group] = {}
        self._colour_of: Callable[[int], QColor] = lambda _topic: QColor()
        self._lit: frozenset[int] | None = None
        self._items: dict[_Key, Any] = {}
        self._waiting: deque[tuple[_Key, Group]] = deque()
        self._wanted: set[_Key] = set()
        self.point_size = _SMALLEST
        """Pixels across."""
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._fill_portion)

    def fill(self, groups: Mapping[int, Group], colour_of: Callable[[int], QColor]) -> None:
        """Show the points of these topics, by their ids, soon; those of 0 are in none."""
        self._groups, self._colour_of = groups, colour_of
        self.point_size = _size(sum(len(own.x) for own in groups.values()))
        self._waiting = deque(self._parts(_Layer.NONE, groups.keys() & {0}))
        self._waiting += self._parts(_Layer.TOPICS, groups.keys() - {0})
        self._wanted = {key for key, _ in self._waiting}
        self._add_lit()

    def light_up(self, topics: frozenset[int] | None) -> None:
        """Have the points of these topics stand out from the others; None for all alike."""
        if topics == self._lit:
            return
        self._lit = topics
        for key, item in self._items.items():
            self._dim(key, item)
        self._waiting = deque((key, part) for key, part in self._waiting if key.layer is not _Layer.LIT)
        self._wanted = {key for key in self._wanted if key.layer is not _Layer.LIT}
        self._drop_unwanted(_Layer.LIT)
        self._add_lit()

    def _add_lit(self) -> None:
        lit = list(self._parts(_Layer.LIT, self._groups.keys() & (self._lit or frozenset())))
        self._waiting += lit
        self._wanted |= {key for key, _ in lit}
        self._timer.start()

    def _parts(self, layer: _Layer, topics: set[int]) -> Iterator[tuple[_Key, Group]]:
        """Yield the points of some topics, those of a colour together, in portions."""
        by_colour: defaultdict[int, list[Group]] = defaultdict(list)
        for topic in sorted(topics):
            by_colour[self._colour_of(topic).rgb()].append(self._groups[topic])
        for colour, groups in by_colour.items():
            whole = joined(groups)
            for start in range(0, len(whole.x), _PORTION):
                part = slice(start, start + _PORTION)
                yield _Key(layer, colour, start), Group(whole.x[part], whole.y[part])

    def _fill_portion(self) -> None:
        room = _PORTION
        while self._waiting and room > 0:
            key, group = self._waiting.popleft()
            self._put(key, group)
            room -= len(group.x) + _ITEM
        if not self._waiting:
            self._timer.stop()
            self._drop_unwanted(*_Layer)
            self.filled.emit()

    def _put(self, key: _Key, group: Group) -> None:
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = pyqtgraph.ScatterPlotItem(pen=None, pxMode=True)
            item.setZValue(key.layer)
            self._box.addItem(item, ignoreBounds=True)
        item.setData(x=group.x, y=group.y, brush=QColor.fromRgb(key.colour), size=self.point_size)
        self._dim(key, item)

    def _dim(self, key: _Key, item: Any) -> None:
        item.setOpacity(1.0 if self._lit is None or key.layer is _Layer.LIT else _DIMMED)

    def _drop_unwanted(self, *layers: _Layer) -> None:
        for key in self._items.keys() - self._wanted:
            if key.layer in layers:
                self._box.removeItem(self._items.pop(key))


def _size(count: int) -> int:
    return next((size for most, size in _SIZES if count <= most), _SMALLEST)
