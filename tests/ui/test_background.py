from __future__ import annotations

import threading

from bge_desktop.errors import UserError
from bge_desktop.ui.background import Background


def test_errands_are_done_in_a_thread_in_their_order_and_taken_in_the_main_one(qtbot):
    background, done, taken = Background(), [], []

    def work(number):
        done.append((number, threading.current_thread() is threading.main_thread()))
        return number

    for number in range(5):
        background.do(
            lambda number=number: work(number),
            lambda value: taken.append((value, threading.current_thread() is threading.main_thread())),
            print,
        )
    assert background.is_busy
    qtbot.waitUntil(lambda: not background.is_busy)
    assert done == [(number, False) for number in range(5)]
    assert taken == [(number, True) for number in range(5)]


def test_an_error_goes_its_own_way_and_the_next_errand_is_done(qtbot):
    background, taken = Background(), []

    def fail():
        raise UserError("Full", "Make room.")

    background.do(fail, print, lambda error: taken.append(error.title))
    background.do(lambda: 2, taken.append, print)
    qtbot.waitUntil(lambda: taken == ["Full", 2])


def test_a_fault_is_told_as_well_and_the_next_errand_is_done(qtbot, caplog):
    background, taken = Background(), []
    background.do(lambda: 1 / 0, print, lambda error: taken.append(error.title))
    background.do(lambda: 2, taken.append, print)
    qtbot.waitUntil(lambda: taken == ["Something went wrong", 2])
    background.do(lambda: 1 / 0, print, print)
    background.close()
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError] * 2


def test_at_the_end_all_is_done_and_nothing_taken(qtbot):
    background, done, taken, may_go = Background(), [], [], threading.Event()
    background.do(lambda: (may_go.wait(10), done.append(1)), taken.append, print)
    background.do(lambda: done.append(2), taken.append, print)
    may_go.set()
    background.close()
    assert done == [1, 2]
    qtbot.wait(20)
    assert taken == []
