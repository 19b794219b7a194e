from __future__ import annotations

import threading
import time

from bge_desktop.extract.turns import Turns


def test_items_come_in_their_order_and_none_after_the_end():
    turns = Turns()
    turns.add(1)
    turns.add(2)
    assert turns.take(1.0) == 1
    turns.close()
    turns.add(3)
    assert turns.take(1.0) is None


def test_nothing_is_given_out_while_it_is_held():
    turns = Turns()
    turns.add("a")
    turns.hold(0.3)
    started = time.monotonic()
    assert turns.take(0.0) == "a"
    assert time.monotonic() - started >= 0.3


def test_closing_ends_the_wait_for_what_is_held():
    turns, taken = Turns(), []
    turns.add("a")
    turns.hold(3600)
    thread = threading.Thread(target=lambda: taken.append(turns.take(60.0)))
    thread.start()
    turns.close()
    thread.join(30)
    assert taken == [None]
