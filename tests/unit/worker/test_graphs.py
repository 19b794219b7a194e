import threading
import time

from bge_desktop.worker.graphs import Pace


def test_work_rests_as_long_as_it_took():
    pace = Pace(threading.Event(), rests=True)
    for _ in range(3):
        began = time.monotonic()
        while time.monotonic() - began < 0.02:
            pass
        worked_until = time.monotonic()
        assert not pace()
        assert time.monotonic() - worked_until >= 0.02


def test_one_that_is_to_end_ends_at_once():
    giving_up = threading.Event()
    giving_up.set()
    assert Pace(giving_up, rests=True)()
    assert Pace(giving_up, rests=False)()
    assert not Pace(threading.Event(), rests=False)()
