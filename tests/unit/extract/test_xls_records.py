from __future__ import annotations

import struct
import time

from bge_desktop.extract.tables import Row
from bge_desktop.extract.xls_records import Drawings, records


def _record(kind: int, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack("<HH", kind, len(data)) + data


def _sheet(name: str, start: int) -> bytes:
    return _record(0x85, struct.pack("<LHBB", start, 0, len(name), 1), name.encode("utf-16-le"))


def _box(number: int, length: int, *pieces: bytes) -> bytes:
    texts = b"".join(_record(0x3C, piece) for piece in pieces)
    box = _record(0x1B6, bytes(10), struct.pack("<HH", length, 16), bytes(4))
    return _record(0x5D, struct.pack("<4H", 0x15, 0x12, 0x19, number)) + box + texts


def _note(row: int, column: int, number: int) -> bytes:
    return _record(0x1C, struct.pack("<4H", row, column, 0, number))


def _drawings(stream: bytes) -> Drawings:
    drawings = Drawings()
    for record in records(stream):
        drawings.take(record)
    return drawings


def test_comments_and_shapes_belong_to_their_sheets() -> None:
    names = len(_sheet("鸟", 0) + _sheet("B", 0))
    one = _box(1, 4, b"\0abcd") + _box(2, 2, b"\1" + "苍鹭".encode("utf-16-le"), b"\0runs") + _note(1, 2, 2)
    two = _note(0, 0, 1) + _box(1, 3, b"\0se", b"\0en")
    drawings = _drawings(_sheet("鸟", names) + _sheet("B", names + len(one)) + one + two)
    assert (drawings.comments("鸟"), drawings.shapes("鸟")) == ([Row(2, {3: "苍鹭"})], "abcd")
    assert (drawings.comments("B"), drawings.shapes("B")) == ([Row(1, {1: "see"})], "")


def test_records_that_are_cut_short_or_never_end_do_no_harm() -> None:
    started = time.monotonic()
    short = b"".join(_record(kind) for kind in (0x85, 0x5D, 0x1B6, 0x3C, 0x1C))
    endless = b"".join(_sheet("x", number) for number in range(100_000)) + _box(1, 0xFFFF, b"") * 1_000
    assert _drawings(short + endless).shapes("x") == ""
    assert time.monotonic() - started < 10
