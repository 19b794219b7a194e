from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPolygonF

from bge_desktop.messages import MapPoints
from bge_desktop.ui.map_points import Frame, PointTable
from tests.ui.made_topics import map_of

FRAME = Frame(across=200, left=10, down=-100, top=110)
"""The map from (10, 110) at the bottom left to (210, 10) at the top right."""
SIZE = QSize(220, 120)


@pytest.fixture
def table() -> PointTable:
    return PointTable.of(map_of())


def outline(*corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(*corner) for corner in corners])


def test_points_are_grouped_by_their_topics(table):
    groups = {topic: own.x.tolist() for topic, own in table.groups.items()}
    assert groups.keys() == {0, 2, 3, 4}
    assert groups[2] == pytest.approx([0.1, 0.2, 0.15])


def test_a_map_without_points_has_no_groups():
    empty = PointTable.of(MapPoints(b"", b"", b"", b""))
    assert empty.groups == {}
    assert empty.near(QPointF(0, 0), FRAME, 100) is None
    assert empty.middle(frozenset((1,))) is None
    assert not len(empty.inside(outline((0, 0), (50, 0), (0, 50)), FRAME, SIZE))


def test_the_middle_of_a_topic_is_that_of_its_points(table):
    assert table.middle(frozenset((2,))) == pytest.approx((0.15, 0.1))
    assert table.middle(frozenset((1, 2, 3))) == pytest.approx((0.15, 0.2))
    assert table.middle(frozenset((1,))) is None


def test_the_nearest_point_on_the_screen_is_found_within_reach(table):
    assert FRAME.shown(0.8, 0.8) == QPointF(170, 30)
    assert table.documents[table.near(QPointF(172, 31), FRAME, 8)] == 106
    assert table.near(QPointF(172, 60), FRAME, 8) is None


def test_an_outline_holds_what_lies_in_it_also_where_it_crosses_itself(table):
    lower_left = outline((20, 105), (60, 105), (60, 80), (20, 80))
    assert table.inside(lower_left, FRAME, SIZE).tolist() == [101, 102, 103]
    twice = lower_left + lower_left
    assert table.inside(twice, FRAME, SIZE).tolist() == [101, 102, 103]


def test_what_is_not_on_the_screen_is_in_no_outline(table):
    nearer = Frame(across=400, left=10, down=-100, top=110)
    everything = outline((-10, -10), (300, -10), (300, 300), (-10, 300))
    assert table.inside(everything, nearer, SIZE).tolist() == [101, 102, 103, 104, 105]
