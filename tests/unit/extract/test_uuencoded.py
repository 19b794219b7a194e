from __future__ import annotations

import binascii
import random

import pytest

from bge_desktop.extract.uuencoded import found_in, without

DATA = random.Random(1).randbytes(200)


def _encoded(data: bytes, *, blanks: bool = False) -> bytes:
    pieces = (data[start : start + 45] for start in range(0, len(data), 45))
    return b"".join(binascii.b2a_uu(piece, backtick=not blanks) for piece in pieces)


@pytest.mark.parametrize("end", [b"`\nend\n", b" \nend\n", b"\nend\n", b"end\n", b""])
@pytest.mark.parametrize("blanks", [True, False])
def test_a_file_in_a_text_is_found_and_taken_out(end: bytes, blanks: bool) -> None:
    body = b"begin 644 a heron.bin\n" + _encoded(DATA, blanks=blanks) + end
    [file] = found_in(b"before\n" + body + b"after\n")
    assert (file.name, file.data) == (b"a heron.bin", DATA)
    assert without(b"before\n" + body + b"after\n") == b"before\nafter\n"
    assert [file.data for file in found_in((body + b"between\n").replace(b"\n", b"\r\n") * 2)] == [DATA, DATA]


def test_blanks_at_the_ends_of_lines_may_be_lost() -> None:
    data = bytes(30) + b"heron" + bytes(10)
    lines = b"\n".join(line.rstrip() for line in _encoded(data, blanks=True).split(b"\n"))
    assert next(found_in(b"begin 644 a\n" + lines)).data[:35] == data[:35]


@pytest.mark.parametrize(
    "text", [b"", b"begin 644 the game\nnow", b"begin with\nend\n", b"begin 644 a\nend\n", b"begin 644 a"]
)
def test_words_are_no_file(text: bytes) -> None:
    assert list(found_in(text)) == []
    assert without(text) == text


def test_many_beginnings_take_no_time() -> None:
    assert list(found_in(b"begin 644 a\n" * 100_000)) == []
