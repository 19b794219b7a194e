r"""The tables of manual pages, as tbl(1) reads them: `.TS`, options, a format, rows, `.TE`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_START, _FORMAT_AGAIN, _HEAD_ENDS, _END = ".TS", ".T&", ".TH", ".TE"
_SEPARATOR = re.compile(r"\btab[ \t]*\([ \t]*(\S)[ \t]*\)", re.IGNORECASE)
_RULES = frozenset({"", "_", "=", r"\_", r"\=", r"\^"})  # rather than words: lines, and a cell that goes on below
_BLOCK, _BLOCK_END = "T{", "T}"


def with_tables_as_lines(lines: Iterator[str]) -> Iterator[str]:
    r"""Yield the lines of a page, and of its tables a line for each row: its cells, with tabs between them.

    A cell of several lines (`T{` to `T}`) stands on lines of its own, which roff fills with those around them.
    """
    for line in lines:
        if line.split(" ")[0].rstrip() == _START:
            yield _START
            yield from _rows(lines)
        else:
            yield line


def _rows(lines: Iterator[str]) -> Iterator[str]:
    separator = "\t"
    in_format, in_block = True, False
    for line in lines:
        stripped = line.rstrip()
        if stripped == _END:
            yield _END
            return
        if in_format:
            stated = _SEPARATOR.search(stripped) if stripped.endswith(";") else None
            separator = stated[1] if stated else separator
            in_format = not stripped.endswith(".")
        elif stripped in (_FORMAT_AGAIN, _HEAD_ENDS):
            in_format = stripped == _FORMAT_AGAIN
        elif (in_block and not stripped.startswith(_BLOCK_END)) or line.startswith((".", "'")):
            yield line
        else:
            cells = [cell.strip() for cell in stripped.removeprefix(_BLOCK_END if in_block else "").split(separator)]
            in_block = cells[-1] == _BLOCK
            yield from _row(cells[:-1] if in_block else cells, ends=not in_block)


def _row(cells: list[str], ends: bool) -> Iterator[str]:
    words = [cell for cell in cells if cell not in _RULES]
    if words:
        yield "\t".join(words)
    if ends:
        yield ".br"
