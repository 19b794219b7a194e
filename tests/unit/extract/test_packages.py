from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from bge_desktop.extract.allowance import BombError
from bge_desktop.extract.packages import Package
from tests.unit.extract.office_files import source, zipped


def test_parts_are_found_in_any_case_and_with_backslashes() -> None:
    package = Package(source(zipped({"Xl\\Workbook.XML": "words"})))
    assert "xl/workbook.xml" in package
    assert package.read("/xl/workbook.xml") == b"words"
    assert "other" not in package


def test_what_is_unpacked_is_counted_over_all_parts() -> None:
    package = Package(source(zipped({"a": "x" * (11 << 20), "b": "y" * (11 << 20)})))
    package.read("a")
    with pytest.raises(BombError):
        package.read("b")


def test_a_part_that_is_larger_than_it_says_does_not_get_through() -> None:
    data = bytearray(zipped({"a": "x" * (1 << 20)}))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 1_000)  # what the directory says of its size
    with pytest.raises(zipfile.BadZipFile):
        Package(source(bytes(data))).read("a")


def test_a_stream_gives_at_most_what_is_asked_for() -> None:
    stream = Package(source(zipped({"a": "x" * 100_000}))).open("a")
    pieces = list(iter(lambda: stream.read(1_000), b""))
    assert max(map(len, pieces)) <= 1_000
    assert b"".join(pieces) == b"x" * 100_000
    assert BytesIO(b"").read() == stream.read()
