from __future__ import annotations

import pytest

from bge_desktop.ui.time_left import TimeLeft


def noted(*seen: tuple[float, int]) -> TimeLeft:
    estimate = TimeLeft()
    for now, pending in seen:
        estimate.note(pending, now)
    return estimate


def test_nothing_is_told_before_ten_seconds_have_been_seen():
    assert TimeLeft().seconds() is None
    assert noted((0, 100)).seconds() is None
    assert noted((0, 100), (9, 10)).seconds() is None
    assert noted((0, 100), (10, 50)).seconds() == pytest.approx(10)


def test_the_pace_is_that_of_the_last_two_minutes():
    slow = [(float(second), 1000 - second) for second in range(100)]
    fast = [(100.0 + second, 900 - 4 * second) for second in range(200)]
    assert noted(*slow).seconds() == pytest.approx(901)
    assert noted(*slow, *fast).seconds() == pytest.approx(fast[-1][1] / 4, rel=0.02)


def test_files_that_are_found_meanwhile_are_more_to_do_and_no_slower_pace():
    assert noted((0, 100), (5, 50), (6, 1000), (10, 950)).seconds() == pytest.approx(95)


def test_where_nothing_goes_on_nothing_is_told():
    assert noted((0, 100), (20, 100)).seconds() is None
    assert noted((0, 100), (20, 0)).seconds() is None
    forgotten = noted((0, 100), (20, 50))
    forgotten.forget()
    assert forgotten.seconds() is None
    forgotten.note(40, 21)
    assert forgotten.seconds() is None


def test_what_was_seen_before_a_long_silence_does_not_count():
    assert noted((0, 100), (12, 50), (12 + 3600, 49)).seconds() is None
    assert noted((0, 100), (12, 50), (3612, 49), (3622, 39)).seconds() == pytest.approx(39)
