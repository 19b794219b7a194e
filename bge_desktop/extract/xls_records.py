"""The records that an Excel file of 2003 or before is made of, and the comments and shapes among them.

python-calamine gives cells only; xlrd gives comments, but reads all cells once more for them, and no shapes.
"""

from __future__ import annotations

import struct
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from bge_desktop.extract.document import PART_BREAK, one_line, with_plain_newlines
from bge_desktop.extract.tables import Row

# [MS-XLS] 2.3.2: BoundSheet8, Note, Obj, TxO, and Continue, which holds the text of the TxO before it.
SHEET = 0x85
"""The record that names a sheet and begins with where it is."""
_NOTE, _OBJECT, _TEXT, _CONTINUED = 0x1C, 0x5D, 0x1B6, 0x3C
_NAME = 8  # where the characters of a sheet's name begin
_WIDE = 0x1


class Record(NamedTuple):
    """One record: where it begins, what it is, and what it holds."""

    position: int
    kind: int
    content: bytes


def records(stream: bytes) -> Iterator[Record]:
    """Yield each record, from the start on, and from where sheets are said to begin."""
    starts, seen = [0], bytearray(len(stream))
    while starts:
        position = starts.pop()
        while position + 4 <= len(stream) and not seen[position]:
            seen[position] = 1
            kind, length = struct.unpack_from("<HH", stream, position)
            content = stream[position + 4 : position + 4 + length]
            if kind == SHEET:
                starts.append(int.from_bytes(content[:4], "little"))
            yield Record(position, kind, content)
            position += 4 + length


class Drawings:
    """What is written on the sheets of a file of Excel 97 or newer, but not into cells, found record after record."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}  # of the sheets, by where they begin
        self._cells: dict[tuple[int, int], tuple[int, int]] = {}  # row and column, by place of the sheet and number
        self._texts: defaultdict[tuple[int, int], str] = defaultdict(str)
        self._starts: list[int] = []
        self._object = 0
        self._units_left = 0

    def take(self, record: Record) -> None:
        """Take the next record of a file."""
        content = record.content
        if record.kind == _CONTINUED and self._units_left:
            self._add(self._key(record, self._object), content)
            return
        self._units_left = 0
        if record.kind == SHEET and len(content) >= _NAME:
            self._add_sheet(content)
        elif record.kind == _OBJECT:
            self._object = int.from_bytes(content[6:8], "little")
        elif record.kind == _TEXT:
            self._units_left = int.from_bytes(content[10:12], "little")
        elif record.kind == _NOTE and len(content) >= 8:
            row, column, _, number = struct.unpack_from("<4H", content)
            self._cells[self._key(record, number)] = row + 1, column + 1

    def comments(self, sheet: str) -> list[Row]:
        """Return the comments on the cells of a sheet, each as a row with that cell alone, in their order."""
        placed = sorted((self._cells[key], one_line(text)) for key, text in self._on(sheet) if key in self._cells)
        return [Row(row, {column: text}) for (row, column), text in placed if text]

    def shapes(self, sheet: str) -> str:
        """Return what the shapes and text boxes on a sheet say."""
        texts = (with_plain_newlines(text).strip() for key, text in self._on(sheet) if key not in self._cells)
        return PART_BREAK.join(filter(None, texts))

    def _on(self, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
        return ((key, text) for key, text in self._texts.items() if self._names.get(key[0]) == sheet)

    def _key(self, record: Record, number: int) -> tuple[int, int]:
        """Return the place of the sheet that a record belongs to, and the number of the object on it."""
        before = bisect_right(self._starts, record.position)
        return (self._starts[before - 1] if before else 0), number

    def _add_sheet(self, content: bytes) -> None:
        start = int.from_bytes(content[:4], "little")
        if start not in self._names:
            insort(self._starts, start)
        self._names[start] = _decoded(content[_NAME - 1 :])

    def _add(self, key: tuple[int, int], content: bytes) -> None:
        text = _decoded(content[: 1 + self._units_left * (2 if content[:1] and content[0] & _WIDE else 1)])
        self._texts[key] += text
        self._units_left -= min(self._units_left, len(text.encode("utf-16-le", "surrogatepass")) // 2)


def _decoded(content: bytes) -> str:
    """Return characters after the byte that tells whether they take two bytes."""
    return content[1:].decode("utf-16-le" if content[:1] and content[0] & _WIDE else "latin-1", "replace")
