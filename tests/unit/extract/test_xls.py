from __future__ import annotations

import datetime as dt
import struct
import time
from pathlib import Path

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.formats import extract
from bge_desktop.extract.xls import Value, shown

DATA = (Path(__file__).parents[2] / "data" / "formats" / "office.xls").read_bytes()


def _first_cell(data: bytearray) -> int:
    """Return where the first record of a text cell begins."""
    return data.index(struct.pack("<HHHH", 0xFD, 10, 0, 0))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        (" a\nb ", "a b"),
        (dt.datetime(2024, 5, 17), "2024-05-17"),
        (dt.datetime(2024, 5, 17, 14, 5), "2024-05-17 14:05:00"),
        (dt.date(2024, 5, 17), "2024-05-17"),
        (dt.time(14, 5), "14:05:00"),
        (dt.timedelta(hours=30), "30:00:00"),
    ],
)
def test_values_are_shown(value: Value, text: str) -> None:
    assert shown(value) == text


def test_a_cell_in_a_column_that_cannot_be_is_refused_before_memory_runs_out() -> None:
    data = bytearray(DATA)
    struct.pack_into("<H", data, _first_cell(data) + 6, 0xFFFF)
    with pytest.raises(ExtractionError, match="damaged"):
        extract("a.xls", bytes(data))


@pytest.mark.parametrize("area", [(37_632, 33, 0, 4), (0, 0xFFFFFFFF, 0, 4), (0, 33, 0, 257), (0, 33, 5, 4)])
def test_an_area_that_cannot_be_is_refused_before_memory_runs_out(area: tuple[int, ...]) -> None:
    data = bytearray(DATA)
    struct.pack_into("<IIHH", data, data.index(struct.pack("<HH", 0x200, 14)) + 4, *area)
    with pytest.raises(ExtractionError, match="damaged"):
        extract("a.xls", bytes(data))


def test_a_cell_in_the_last_corner_is_read() -> None:
    data = bytearray(DATA)
    struct.pack_into("<HH", data, _first_cell(data) + 4, 0xFFFF, 0xFF)
    started = time.monotonic()
    assert "Counts!IV65536" in [place.label for place in extract("a.xls", bytes(data)).places]
    assert time.monotonic() - started < 20


def test_a_password_is_said() -> None:
    data = bytearray(DATA)
    struct.pack_into("<H", data, _first_cell(data), 0x2F)
    with pytest.raises(ExtractionError, match="Protected by a password"):
        extract("a.xls", bytes(data))


def test_what_makes_the_library_panic_is_damaged() -> None:
    for length in range(520, len(DATA), 333):
        with pytest.raises(ExtractionError):
            extract("a.xls", DATA[:length])


def test_sectors_in_circles_are_damage() -> None:
    data = bytearray(DATA)
    table = 512 + 512 * struct.unpack_from("<L", data, 76)[0]
    struct.pack_into("<128L", data, table, *[1] * 128)
    with pytest.raises(ExtractionError, match="damaged"):
        extract("a.xls", bytes(data))
