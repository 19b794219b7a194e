from __future__ import annotations

import time
from io import BytesIO

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance, BombError, SpentError, read_all

MB = 1 << 20


def test_what_real_files_unpack_to_is_fine() -> None:
    Allowance(1000).unpack(20 * MB)
    Allowance(MB).unpack(400 * MB)


def test_hundreds_of_times_its_size_is_a_bomb_and_too_much_is_spent() -> None:
    with pytest.raises(BombError):
        Allowance(1000).unpack(20 * MB + 1)
    allowance = Allowance(200 * MB)
    allowance.unpack(500 * MB)
    assert allowance.spent is None
    with pytest.raises(SpentError, match="more than 500 MB"):
        allowance.unpack(1)
    assert allowance.spent is not None


def test_a_stream_is_counted_as_it_comes() -> None:
    assert read_all(BytesIO(b"a" * MB), Allowance(0)) == b"a" * MB
    with pytest.raises(BombError):
        read_all(BytesIO(bytes(21 * MB)), Allowance(0))


def test_members_and_their_depth_are_counted() -> None:
    allowance = Allowance(0, members=3, depth=2)
    too_deep = pytest.raises(ExtractionError, match="Nested too deep")
    with allowance.member(), allowance.member(), too_deep, allowance.member():
        pass
    with allowance.member():
        pass
    with pytest.raises(SpentError, match="more than 3 files"), allowance.member():
        pass


def test_a_member_that_fails_leaves_its_level() -> None:
    allowance = Allowance(0, depth=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="damaged"), allowance.member():
            raise ValueError("damaged")


def test_what_is_spent_once_is_spent_for_all_members_to_come() -> None:
    allowance = Allowance(0, characters=10)
    allowance.text(10)
    with pytest.raises(SpentError, match="characters"):
        allowance.text(1)
    allowance.text(1)  # said once: what wraps up is not disturbed
    with pytest.raises(SpentError), allowance.member():
        pass


def test_time_runs_out() -> None:
    allowance = Allowance(0, seconds=-1)
    with pytest.raises(SpentError, match="seconds"), allowance.member():
        pass
    with pytest.raises(SpentError):
        allowance.check_time()


def test_the_time_for_pictures_is_counted_apart_and_told_to_whoever_waits() -> None:
    told: list[bool] = []
    allowance = Allowance(0, seconds=0.2, recognition=0.3, on_progress=lambda: told.append(True))
    with allowance.picture() as goes_on:
        assert goes_on()
        time.sleep(0.31)
        assert not goes_on()
    assert told == [True, True]
    allowance.check_time()
    with allowance.picture() as goes_on:
        assert not goes_on()
