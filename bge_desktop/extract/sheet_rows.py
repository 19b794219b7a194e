"""Answers the question of a preview for rows of a file of values between commas, in a reader process.

The text that is kept of such a file leaves empty values out: only the file tells which column a value stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from bge_desktop.extract.charset import decode
from bge_desktop.extract.delimited import rows_of
from bge_desktop.extract.page_pictures import content_of
from bge_desktop.extract.tables import LONGEST_CELL, MOST_COLUMNS
from bge_desktop.processes import Header


def rows(request: Header) -> tuple[Header, bytes]:
    """Return {"rows": [[number, {column: text}], …]}, all from 1, with the first row of all, which names the columns.

    Args:
        request: {"path": str, "label": of a place in it, "first": number of a row, "last": number of a row}.

    Raises:
        ExtractionError: the file cannot be read.
    """
    first, last = request["first"], request["last"]
    read = takewhile(lambda row: row.number <= last, rows_of(decode(content_of(request).data)))
    return {"rows": [[row.number, _cells(row.cells)] for row in read if row.number == 1 or row.number >= first]}, b""


def _cells(cells: Mapping[int, str]) -> dict[int, str]:
    return {column: text[:LONGEST_CELL] for column, text in cells.items() if column <= MOST_COLUMNS}
