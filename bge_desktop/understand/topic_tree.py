"""The topics of a library as they are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from bge_desktop.library.topic_places import Places
from bge_desktop.library.topics import StoredTopic, TopicTables
from bge_desktop.messages import MapPoints, Topic, Topics


def told(tables: TopicTables, places: Places, *, points: bool = False, is_grouping: bool = False) -> Topics:
    """Return the topics, each with those below it behind it, the largest first.

    Args:
        tables: of the library.
        places: of all its documents.
        points: whether to tell the map as well.
        is_grouping: as of `Topics`.
    """
    lowest, counts = np.unique(places.topics[places.topics > 0], return_counts=True)
    own = dict(zip(lowest.tolist(), counts.tolist(), strict=True))
    return Topics(
        tuple(_tree(tables.all(), own)),
        _map(places) if points else None,
        is_grouping,
        tables.grouped_at,
        max(0, tables.count_documents() - sum(own.values())),
    )


def _tree(topics: list[StoredTopic], own: Mapping[int, int]) -> Iterator[Topic]:
    total = {topic.id: own.get(topic.id, 0) for topic in topics}
    for topic in topics:
        if topic.parent in total:
            total[topic.parent] += own.get(topic.id, 0)
    ordered = sorted((topic for topic in topics if total[topic.id]), key=lambda topic: (-total[topic.id], topic.id))
    for top in (topic for topic in ordered if topic.parent is None):
        yield _topic(top, total)
        yield from (_topic(below, total) for below in ordered if below.parent == top.id)


def _topic(topic: StoredTopic, total: Mapping[int, int]) -> Topic:
    return Topic(
        topic.id,
        topic.parent,
        topic.name,
        topic.words,
        topic.colour,
        total[topic.id],
        bool(topic.given_name),
        topic.language,
    )


def _map(places: Places) -> MapPoints:
    return MapPoints(
        places.documents.astype("<i8").tobytes(),
        places.topics.astype("<i8").tobytes(),
        places.x.astype("<f4").tobytes(),
        places.y.astype("<f4").tobytes(),
    )
