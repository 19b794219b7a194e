"""Topics and a map as the worker tells them, made up."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence

from bge_desktop.messages import MapPoints, Topic, Topics

Point = tuple[int, int, float, float]
"""A document, its topic, and where it is."""

HOME = Topic(1, None, "Home", ("lease", "boiler"), 0, 5)
LEASES = Topic(2, 1, "Leases & deposits", ("lease", "deposit"), 0, 3, language="en")
BOILERS = Topic(3, 1, "Boilers", ("boiler",), 0, 2)
RECIPES = Topic(4, None, "菜谱", ("面粉", "鸡蛋"), 1, 2, is_named=True, language="zh")
TREE = (HOME, LEASES, BOILERS, RECIPES)
POINTS: tuple[Point, ...] = (
    (101, 2, 0.1, 0.1),
    (102, 2, 0.2, 0.1),
    (103, 2, 0.15, 0.2),
    (104, 3, 0.1, 0.8),
    (105, 3, 0.2, 0.8),
    (106, 4, 0.8, 0.8),
    (107, 4, 0.9, 0.8),
    (108, 0, 0.9, 0.1),
)


def map_of(points: Sequence[Point] = POINTS) -> MapPoints:
    documents, topics, x, y = zip(*points, strict=True)
    columns = (array("q", documents), array("q", topics), array("f", x), array("f", y))
    return MapPoints(*(column.tobytes() for column in columns))


def told(topics: tuple[Topic, ...] = TREE, points: Sequence[Point] = POINTS, **more: object) -> Topics:
    values: dict[str, object] = {"grouped_at": 1.7e9, "unplaced": 1}
    return Topics(topics, map_of(points), **{**values, **more})


def large_map(count: int, topics: int) -> Topics:
    """A flat list of topics, some large and some small, whose documents lie in heaps; one in twenty lies in none."""
    chance = random.Random(7)
    heaps = [(own, chance.random(), chance.random()) for own in range(1, topics + 1)]
    weights = [1 / own for own in range(1, topics + 1)]
    points: list[Point] = []
    for document, (topic, x, y) in enumerate(chance.choices(heaps, weights, k=count), 1):
        is_none = document % 20 == 0
        across, down = (chance.random(), chance.random()) if is_none else (chance.gauss(x, 0.02), chance.gauss(y, 0.02))
        points.append((document, 0 if is_none else topic, min(max(across, 0), 1), min(max(down, 0), 1)))
    counts = [sum(point[1] == own for point in points) for own in range(topics + 1)]
    tree = tuple(Topic(own, None, f"topic {own}", ("a", "b"), own % 12, counts[own]) for own in range(1, topics + 1))
    return told(tree, points, unplaced=counts[0])
