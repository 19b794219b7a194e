"""The record of how a library was left."""

from __future__ import annotations

import os
import time

import pytest

from bge_desktop.library.closing import Closing, ClosingRecord
from bge_desktop.library.library import Library
from bge_desktop.library.storage import database_path


@pytest.fixture
def record(folder):
    """Return the record as the next start finds it."""
    Library(folder).close()
    return lambda: ClosingRecord(folder, database_path(folder))


def test_a_database_that_was_read_through_is_not_read_again_for_a_week(record, folder, monkeypatch):
    assert record().last_check == 0.0
    Library(folder).close()
    assert record().last_check == pytest.approx(time.time(), abs=60)
    with monkeypatch.context() as patch:
        patch.setattr(ClosingRecord, "_digest", None)
        assert record().closing() is Closing.PROPER
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 8 * 86_400)
    again = record()
    assert again.closing() is Closing.PROPER
    assert again.last_check == time.time()


def test_a_database_that_was_changed_is_found_whole_once(record, folder):
    with open(database_path(folder), "rb+") as file:
        file.seek(96)
        file.write(file.read(4))
    os.utime(database_path(folder), (1, 1))
    Library(folder).close()
    assert record().last_check == pytest.approx(time.time(), abs=60)


SPOILT = [
    "",
    "[" * 200_000,
    "9" * 400,
    '{"checked": 1' + "0" * 400 + "}",
    "[]",
    "null",
    '{"checked": 1, "stamp": [1, 2]}',
    '{"checked": []}',
    "\xff",
]


@pytest.mark.parametrize("written", SPOILT)
def test_a_spoilt_record_says_nothing(record, folder, written):
    with open(os.path.join(folder, "library.state"), "w", encoding="latin-1") as file:
        file.write(written)
    assert record().closing() is Closing.UNKNOWN
    Library(folder).close()
    assert record().closing() is Closing.PROPER


def test_each_flipped_bit_of_a_record_costs_a_look_at_most(record, folder):
    path = os.path.join(folder, "library.state")
    with open(path, "rb") as file:
        whole = file.read()
    for place in range(len(whole)):
        with open(path, "wb") as file:
            file.write(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert record().closing() in (Closing.PROPER, Closing.CHANGED, Closing.UNKNOWN)


def test_a_record_of_something_else_has_the_database_looked_at(record, folder):
    with open(os.path.join(folder, "library.state"), "w", encoding="ascii") as file:
        file.write('{"checked": 1, "stamp": 3, "sha256": 4}')
    assert record().closing() is Closing.CHANGED
    Library(folder).close()
    assert record().closing() is Closing.PROPER
