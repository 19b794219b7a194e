"""OpenDocument spreadsheets, read a row at a time: one that is repeated a million times stands in the file once."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.containers import ZIP
from bge_desktop.extract.document import Document, Part, assembled, one_line
from bge_desktop.extract.format import Source
from bge_desktop.extract.odf import CONTENT, cell_text, refuse_encrypted, title_of
from bge_desktop.extract.packages import Package
from bge_desktop.extract.tables import Row, as_part, cell_label
from bge_desktop.extract.xml_trees import Element, Readable, attribute, local_name, streamed

_VALUES = ("date-value", "time-value", "string-value", "boolean-value", "value")
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def read_ods(source: Source) -> Document:
    """Return the sheets in their order, each row a place that is named by its first cell.

    Comments stand in their cells. A cell or row that is repeated is read once. The title is that of the properties.

    Raises:
        ExtractionError: it unpacks to too much, holds too much text, or is encrypted.
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    if not source.data.startswith(ZIP):
        return assembled(_sheets(BytesIO(source.data), source.allowance), kind="sheet")
    package = Package(source)
    refuse_encrypted(package)
    return assembled(_sheets(package.open(CONTENT), source.allowance), title_of(package), "sheet")


def _sheets(stream: Readable, allowance: Allowance) -> Iterator[Part]:
    rows = ((_sheet_name(row), row) for row in streamed(stream, "table-row"))
    for name, sheet_rows in groupby(rows, key=lambda named: named[0]):
        yield as_part(_rows(row for _, row in sheet_rows), cell_label(name), allowance)


def _sheet_name(row: Element) -> str:
    table = next((above for above in row.iterancestors() if local_name(above) == "table"), None)
    return "" if table is None else one_line(attribute(table, "name"))


def _rows(elements: Iterator[Element]) -> Iterator[Row]:
    """Yield the rows that have text."""
    number = 1
    for element in elements:
        cells = list(_cells(element))
        if cells:
            yield Row(number, cells[0][0], [text for _, text in cells])
        number += int(attribute(element, "number-rows-repeated") or 1)


def _cells(row: Element) -> Iterator[tuple[int, str]]:
    """Yield the column of each cell that has text, and the text."""
    column = 1
    for cell in row:
        if local_name(cell) in _CELLS:
            text = cell_text(cell) or _value(cell)
            if text:
                yield column, text
            column += int(attribute(cell, "number-columns-repeated") or 1)


def _value(cell: Element) -> str:
    """Return a cell's value where its program has not saved what it shows."""
    return next(filter(None, (attribute(cell, name) for name in _VALUES)), "")
