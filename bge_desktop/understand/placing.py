"""Placing new documents among the topics that there are, without grouping all of them anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sqlite_utils import Database

from bge_desktop.library import topic_places
from bge_desktop.library.ids import Ids
from bge_desktop.library.topic_places import Row
from bge_desktop.library.topics import StoredSpace, StoredTopic, TopicTables
from bge_desktop.understand.between import between
from bge_desktop.understand.projection import Projection, nearest
from bge_desktop.understand.spaces import Space, Vectors, document_vectors

# Of a topic so many documents are looked at for the nearest, between which a new one lies on the map.
_NEIGHBOURS_AMONG = 40


class Placing:
    """The topics of a space as they are, to place documents among them.

    Args:
        db: the library's database.
        space: which.
        projection: of its vectors.
        reach: how far from the nearest topic a document may be that belongs to it.
        topics: its lowest topics, at least one.

    Attributes:
        space: as given.
    """

    def __init__(
        self, db: Database, space: Space, projection: Projection, reach: float, topics: Sequence[StoredTopic]
    ) -> None:
        self._db, self.space, self._projection, self._reach = db, space, projection, reach
        self._topics = topics
        self._centroids = np.stack([np.frombuffer(own.centroid, "<f4") for own in topics])

    def place(self, documents: Ids) -> int:
        """Give some documents, a few dozen, their places; return how many had vectors."""
        ids, vectors = document_vectors(self._db, self.space, documents)
        if len(ids):
            points = self._projection(vectors)
            rows, distances = nearest(points, self._centroids)
            topic_places.place(self._db, [*self._rows(ids, points, rows, distances)])
        return len(ids)

    def _rows(self, ids: Ids, points: Vectors, rows: Ids, distances: Vectors) -> Iterator[Row]:
        for number in np.unique(rows).tolist():
            topic, own = self._topics[number].id, np.flatnonzero(rows == number)
            for row, (x, y) in zip(own.tolist(), self._points_between(topic, points[own]), strict=True):
                yield int(ids[row]), topic if distances[row] <= self._reach else None, float(x), float(y)

    def _points_between(self, topic: int, points: Vectors) -> Vectors:
        """Return the points on the map of documents that are nearest to a topic [n, 2]."""
        known = topic_places.of_topic(self._db, topic, _NEIGHBOURS_AMONG)
        ids, vectors = document_vectors(self._db, self.space, known.documents)
        if not len(ids):  # all of them have gone
            return np.full((len(points), 2), 0.5, np.float32)
        rows = np.searchsorted(known.documents, ids)
        return between(points, self._projection(vectors), np.stack([known.x[rows], known.y[rows]], axis=1))


def placings(db: Database, spaces: Sequence[Space], stored: Mapping[str, StoredSpace]) -> Iterator[Placing]:
    """Yield one for each space that was grouped by the model that it has now; what is spoilt is passed over."""
    topics = TopicTables(db).all()
    for space in spaces:
        own = stored.get(space.name)
        projection = Projection.of_bytes(own.projection, space.dimension) if own else None
        if own is None or projection is None or own.fingerprint != space.fingerprint:
            continue
        width = 4 * len(projection.axes)
        lowest = [topic for topic in topics if topic.space == space.name and len(topic.centroid) == width]
        if lowest:
            yield Placing(db, space, projection, own.reach, lowest)
