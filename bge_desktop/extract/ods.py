"""OpenDocument spreadsheets, read a row at a time: one that is repeated a million times stands in the file once."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.containers import ZIP
from bge_desktop.extract.document import PART_BREAK, Document, Part, assembled, one_line
from bge_desktop.extract.embedded_pictures import EmbeddedPictures
from bge_desktop.extract.format import Source
from bge_desktop.extract.odf import CONTENT, about, cell_text, picture_names, refuse_encrypted, texts_below
from bge_desktop.extract.odf_objects import put_in
from bge_desktop.extract.packages import Package
from bge_desktop.extract.sheets import under_name
from bge_desktop.extract.tables import Row, as_part, by_cell
from bge_desktop.extract.xml_trees import Element, Readable, attribute, local_name, streamed

_VALUES = ("date-value", "time-value", "string-value", "boolean-value", "value")
_SHAPES = "shapes"
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def read_ods(source: Source) -> Document:
    """Return the sheets in their order; the cells are the places.

    Comments stand in their cells. A cell or row that is repeated is read once. The title is that of the properties.

    Raises:
        ExtractionError: it unpacks to too much, holds too much text, or is encrypted.
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    if not source.data.startswith(ZIP):
        pieces = _pieces(BytesIO(source.data), None)
        return assembled(_sheets(pieces, source.allowance, EmbeddedPictures(None, source)), kind="sheet")
    package = Package(source)
    refuse_encrypted(package)
    own = about(package)
    pieces = _pieces(package.open(CONTENT), package)
    pictures = EmbeddedPictures(package, source)
    parts = (*_sheets(pieces, source.allowance, pictures), pictures.part(), own.properties)
    return assembled(parts, own.title, "sheet")


def _pieces(stream: Readable, package: Package | None) -> Iterator[tuple[str, Element]]:
    """Yield each row of a sheet, and the shapes on it, after the name of the sheet."""
    for piece in streamed(stream, "table-row", _SHAPES):
        if package is not None:
            put_in(piece, package)
        yield _sheet_name(piece), piece


def _sheets(pieces: Iterator[tuple[str, Element]], allowance: Allowance, pictures: EmbeddedPictures) -> Iterator[Part]:
    for name, named in groupby(pieces, key=lambda named: named[0]):
        yield from under_name(name, _parts(name, (piece for _, piece in named), allowance, pictures))


def _parts(name: str, pieces: Iterator[Element], allowance: Allowance, pictures: EmbeddedPictures) -> Iterator[Part]:
    """Yield the cells of a sheet, then the shapes, text boxes and pictures on it."""
    drawn: list[str] = []
    shown: list[str] = []
    yield as_part(_rows(_without_shapes(pieces, drawn, shown)), by_cell(name), allowance)
    yield Part(PART_BREAK.join([*drawn, *filter(None, [pictures.text(shown)])]), name)


def _without_shapes(pieces: Iterator[Element], drawn: list[str], shown: list[str]) -> Iterator[Element]:
    """Yield the rows of a sheet; add to `drawn` what its shapes say, and to `shown` the names of its pictures."""
    for piece in pieces:
        shown += picture_names(piece)
        if local_name(piece) == _SHAPES:
            drawn += texts_below(piece)
        else:
            yield piece


def _sheet_name(row: Element) -> str:
    table = next((above for above in row.iterancestors() if local_name(above) == "table"), None)
    return "" if table is None else one_line(attribute(table, "name"))


def _rows(elements: Iterator[Element]) -> Iterator[Row]:
    """Yield the rows that have text."""
    number = 1
    for element in elements:
        cells = dict(_cells(element))
        if cells:
            yield Row(number, cells)
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
