"""Tables in text files: values between commas, semicolons, tabs or bars, as spreadsheets and databases export them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, assembled, one_line
from bge_desktop.extract.format import Source
from bge_desktop.extract.tables import Row, as_part, by_row

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16  # characters
_SAMPLE_LINES = 50
_DECLARED = re.compile(r"sep=([^\n\"]) *(?:\n|\Z)", re.IGNORECASE)  # what Excel takes as a first line
_QUOTED = re.compile(r'"[^"]*"')


def read_delimited(source: Source) -> Document:
    """Return the rows as lines with bars between the values; the place of a row is the line that it begins on."""
    part = as_part(rows_of(decode(source.data)), by_row(lambda row: f"line {row.number}"), source.allowance)
    return assembled([part], kind="sheet")


def delimiter_of(text: str) -> str:
    """Return what stands between the values: what most of the first lines hold the same number of, outside of quotes.

    The sniffer of the standard library takes letters for delimiters, and minutes for a long line.
    """
    lines = _QUOTED.sub("", text[:_SAMPLE]).split("\n")[:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines hold the most common number of a delimiter above 0, and that number."""
    counts = Counter(line.count(delimiter) for line in lines)
    del counts[0]
    return max(((lines_with, count) for count, lines_with in counts.items()), default=(0, 0))


def rows_of(text: str) -> Iterator[Row]:
    """Yield the rows that have text. From where quotes do not add up, each line is a row."""
    stream = StringIO(text)
    declared = _DECLARED.match(text)
    number = 1
    if declared:
        stream.readline()
        number += 1
    record: list[str] = []  # lines of the row in hand
    reader = csv.reader(_kept(stream, record), delimiter=declared[1] if declared else delimiter_of(text))
    try:
        for values in reader:
            yield from _row(number, values)
            number += len(record)
            record.clear()
    except csv.Error:  # a value of more than 131,072 characters: the quote before it is never closed
        for number, line in enumerate(chain(record, stream), number):  # noqa: B020 - goes on where it stopped
            yield from _row(number, [line])


def _kept(lines: Iterable[str], record: list[str]) -> Iterator[str]:
    for line in lines:
        record.append(line)
        yield line


def _row(number: int, values: list[str]) -> Iterator[Row]:
    cells = {column: text for column, value in enumerate(values, 1) if (text := one_line(value))}
    if cells:
        yield Row(number, cells)
