from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from bge_desktop.ui import theme
from bge_desktop.ui.map_names import TopicName, WrittenName, placed, ranked, written_name
from bge_desktop.ui.theme import Type

SCREEN = QRectF(0, 0, 800, 600)


@pytest.fixture
def written(qapp) -> Callable[[str, bool], WrittenName]:
    fonts = {True: theme.font(QApplication.font(), Type.HEADING), False: QApplication.font()}
    return lambda text, is_strong: written_name(text, QFontMetricsF(fonts[is_strong]))


def name(topic, text="Leases", x=0.5, y=0.5, *, level=0, documents=10):
    return TopicName(topic, text, x, y, level, documents)


def place(written, *names, across=800.0):
    centres = [QPointF(own.x * across, own.y * across) for own in names]
    return placed(names, centres, written, SCREEN)


def test_the_chosen_one_comes_first_then_those_below_it_then_the_top_then_the_largest():
    names = [name(1, level=1, documents=5), name(2, level=1, documents=7), name(3, documents=3), name(4, documents=9)]
    assert [own.topic for own in ranked(names, 0, frozenset())] == [4, 3, 2, 1]
    assert [own.topic for own in ranked(names, 1, frozenset((1,)))] == [1, 4, 3, 2]
    assert [own.topic for own in ranked(names, 3, frozenset((3, 1)))] == [3, 1, 4, 2]


def test_no_name_lies_over_another(written):
    names = [name(1), name(2, x=0.51), name(3, x=0.9)]
    shown = place(written, *names)
    assert [own.topic for own in shown] == [1, 3]
    assert not shown[0].area.intersects(shown[1].area)


def test_names_below_the_top_keep_away_from_others_until_one_looks_nearer(written):
    names = [name(1, x=0.3, y=0.1), name(2, x=0.36, y=0.1, level=1), name(3, x=0.3, y=0.14)]
    assert [own.topic for own in place(written, *names)] == [1, 3]
    assert [own.topic for own in place(written, *names, across=1800.0)] == [1, 2, 3]


def test_a_name_is_seen_whole_at_the_edge_and_not_at_all_beyond(written):
    at_the_edge, beyond = name(1, x=0.001), name(2, x=1.2)
    [shown] = place(written, at_the_edge, beyond)
    assert shown.topic == 1
    assert SCREEN.contains(shown.area)


def test_a_long_name_is_shortened(written):
    [shown] = place(written, name(1, text="a very long name of a topic that nobody would read on a map"))
    assert shown.text.endswith("…")
    assert shown.area.width() < 400
