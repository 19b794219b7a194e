"""What was on show fades over what is, unless the system wants no animations."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QProxyStyle, QStyle

from bge_desktop.ui.cross_fade import Veil, fade_from_now


class Animated(QProxyStyle):
    """A style whose animations take so many milliseconds, as a desktop's settings may have it."""

    def __init__(self, duration: int) -> None:
        super().__init__("Fusion")
        self._duration = duration

    def styleHint(self, hint, option=None, widget=None, returned=None):  # noqa: N802
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return self._duration
        return super().styleHint(hint, option, widget, returned)


@pytest.fixture
def make_label(qtbot):
    def make(duration: int) -> QLabel:
        label = QLabel("before")
        style = Animated(duration)
        style.setParent(label)
        label.setStyle(style)
        qtbot.addWidget(label)
        label.show()
        qtbot.waitExposed(label)
        return label

    return make


def test_what_was_there_covers_what_comes_and_goes_by_itself(make_label, qtbot):
    label = make_label(100)
    before = label.grab().toImage()
    fade_from_now(label)
    label.setText("after it")
    [veil] = label.findChildren(Veil)
    assert veil.geometry() == label.rect()
    assert veil._picture.toImage() == before
    qtbot.waitUntil(lambda: not label.findChildren(Veil))


def test_where_the_system_wants_no_animations_there_is_none(make_label):
    label = make_label(0)
    fade_from_now(label)
    assert label.findChildren(Veil) == []


def test_nothing_fades_that_is_not_seen(make_label):
    label = make_label(100)
    label.hide()
    fade_from_now(label)
    assert label.findChildren(Veil) == []
