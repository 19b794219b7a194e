"""Files that stand in a text in the encoding of uuencode: "begin 644 name", lines of printable characters, "end"."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)
_LINE = re.compile(rb"([!-M])([ -`]{1,80})\r?(?:\n|\Z)")
_TAIL = re.compile(rb"(?:[` ]?[ \t]*\r?\n)?end[ \t]*\r?(?:\n|\Z)")


@dataclass(frozen=True)
class Uuencoded:
    """A file, and where in the text it stands: from `start` to `end` (bytes)."""

    start: int
    end: int
    name: bytes
    data: bytes


def found_in(text: bytes) -> Iterator[Uuencoded]:
    """Yield the files in a text in their order. One whose end is missing is as long as what there is of it."""
    position = 0
    while begin := _BEGIN.search(text, position):
        position, data = _decoded(text, begin.end())
        if data:
            tail = _TAIL.match(text, position)
            position = tail.end() if tail else position
            yield Uuencoded(begin.start(), position, begin[1].strip(), data)


def without(text: bytes) -> bytes:
    """Return a text without the files that stand in it."""
    pieces, position = [], 0
    for file in found_in(text):
        pieces.append(text[position : file.start])
        position = file.end
    return b"".join([*pieces, text[position:]])


def _decoded(text: bytes, position: int) -> tuple[int, bytes]:
    """Return where the lines end that begin at `position`, and what they say."""
    pieces: list[bytes] = []
    while (line := _LINE.match(text, position)) and (piece := _of_line(line)) is not None:
        pieces.append(piece)
        position = line.end()
    return position, b"".join(pieces)


def _of_line(line: re.Match[bytes]) -> bytes | None:
    """Return what a line says; None where it is none, by the length that its first character states."""
    stated = -(-(line[1][0] - 32) // 3) * 4
    characters = line[2].rstrip(b" ")
    if len(characters) > stated + 1:  # blanks at the end get lost, and some programs add a checksum
        return None
    return binascii.a2b_uu(line[1] + characters[:stated])
