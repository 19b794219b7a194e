from __future__ import annotations

import time

from PySide6.QtCore import QTimer

from tests.ui.stalls import Stalls

_BUSY_S = 0.1


def keep_busy() -> None:
    until = time.thread_time() + _BUSY_S
    while time.thread_time() < until:
        time.sleep(0)  # lets the watching thread look


def test_a_stall_is_measured_and_its_culprit_named(qtbot):
    with Stalls() as watch:
        QTimer.singleShot(20, keep_busy)
        qtbot.wait(200)
    worst = max(watch.turns, key=lambda turn: turn.main_s)
    assert worst.main_s >= _BUSY_S
    assert worst.wall_s >= _BUSY_S - 0.01
    assert any("keep_busy" in stack for stack in worst.stacks)


def test_idle_turns_take_next_to_nothing_of_the_main_thread(qtbot):
    with Stalls() as watch:
        qtbot.wait(100)
    assert sum(turn.main_s for turn in watch.turns) < _BUSY_S
    assert len(watch.turns) > 1
