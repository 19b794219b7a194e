"""The points of the map in tables: which is near, which lie in an outline, and where the middle of a topic is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF

from bge_desktop.messages import MapPoints


class Frame(NamedTuple):
    """How what is on the map lies on the screen: `across * x + left` and `down * y + top`, in pixels."""

    across: float
    left: float
    down: float
    top: float

    def shown(self, x: float, y: float) -> QPointF:
        """Return where a place of the map is on the screen."""
        return QPointF(self.across * x + self.left, self.down * y + self.top)


class Group(NamedTuple):
    """Some points."""

    x: NDArray[np.float32]
    y: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class PointTable:
    """The points of a map, one in each row of all columns."""

    documents: NDArray[np.int64]
    topics: NDArray[np.int64]
    x: NDArray[np.float32]
    y: NDArray[np.float32]

    @classmethod
    def of(cls, points: MapPoints) -> PointTable:
        """Return the table of what was told."""
        ids, places = np.dtype("<i8"), np.dtype("<f4")
        return cls(
            np.frombuffer(points.documents, ids),
            np.frombuffer(points.topics, ids),
            np.frombuffer(points.x, places),
            np.frombuffer(points.y, places),
        )

    @cached_property
    def groups(self) -> dict[int, Group]:
        """The points of each topic that has any right in it, and of none (0)."""
        order = np.argsort(self.topics, kind="stable")
        numbers, counts = np.unique(self.topics[order], return_counts=True)
        ends = np.cumsum(counts)
        rows = (order[start:end] for start, end in zip(ends - counts, ends, strict=True))
        return {topic: Group(self.x[own], self.y[own]) for topic, own in zip(numbers.tolist(), rows, strict=True)}

    def middle(self, topics: frozenset[int]) -> tuple[float, float] | None:
        """Return where the points of some topics are, by the median; None where they have none."""
        groups = [self.groups[topic] for topic in topics & self.groups.keys()]
        if not groups:
            return None
        whole = joined(groups)
        return float(np.median(whole.x)), float(np.median(whole.y))

    def extent(self) -> QRectF:
        """Return the rectangle that holds all points; of a map without any, that of all that there may be."""
        if not len(self.x):
            return QRectF(0, 0, 1, 1)
        left, bottom = float(self.x.min()), float(self.y.min())
        return QRectF(left, bottom, float(self.x.max()) - left, float(self.y.max()) - bottom)

    def near(self, place: QPointF, frame: Frame, reach: float) -> int | None:
        """Return the row of the point that is nearest to a place on the screen, within so many pixels."""
        if not len(self.x):
            return None
        far = np.hypot(frame.across * self.x + (frame.left - place.x()), frame.down * self.y + (frame.top - place.y()))
        row = int(np.argmin(far))
        return row if far[row] <= reach else None

    def inside(self, outline: QPolygonF, frame: Frame, size: QSize) -> NDArray[np.int64]:
        """Return the documents whose points lie in an outline on a screen of this size, to the pixel."""
        mask = _filled(outline, size)
        across = np.floor(frame.across * self.x + frame.left).astype(np.int64)
        down = np.floor(frame.down * self.y + frame.top).astype(np.int64)
        seen = (across >= 0) & (across < size.width()) & (down >= 0) & (down < size.height())
        seen[seen] = mask[down[seen], across[seen]]
        documents: NDArray[np.int64] = self.documents[seen]
        return documents


def joined(groups: Sequence[Group]) -> Group:
    """Return the points of some groups, of which there is one at least, as one."""
    return Group(np.concatenate([own.x for own in groups]), np.concatenate([own.y for own in groups]))


def _filled(outline: QPolygonF, size: QSize) -> NDArray[np.bool_]:
    """Return which pixels an outline holds, also where it crosses itself."""
    image = QImage(size, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawPolygon(outline, Qt.FillRule.WindingFill)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(size.height(), image.bytesPerLine())
    return pixels[:, : size.width()] > 0
