"""Excel files: each sheet, hidden ones too, by the cells that are there.

A sheet may have a cell in its last row and last column and nothing between: what reads it must take time and memory by
the cells that the file holds, not by the area that they span. Measured (two cores, half busy): python-calamine fills
the area, and aborts the process; openpyxl's read-only mode walks it, 53 s for 50,000 rows that claim 16,384 columns,
and takes 144 s for three million cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.cell_formats import BUILT_IN, Show, plain, shower
from bge_desktop.extract.document import PART_BREAK, Document, Part, assembled, one_line
from bge_desktop.extract.embedded_pictures import EmbeddedPictures
from bge_desktop.extract.format import Source
from bge_desktop.extract.ooxml import OfficePackage, blocks, descriptions
from bge_desktop.extract.sheets import under_name
from bge_desktop.extract.tables import Row, as_part, by_cell, column_number
from bge_desktop.extract.xml_trees import Element, attribute, nearest, streamed, within

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DIGITS = "0123456789"
_TRUTHS = {"0": "FALSE", "1": "TRUE"}
_PRONUNCIATION = frozenset({"rPh"})


def read_xlsx(source: Source) -> Document:
    """Return the sheets in their order, whose cells are the places; after each sheet its comments.

    Formulas are shown by the values that were saved with them. The title is that of the properties.

    Raises:
        ExtractionError: it unpacks to too much, holds too much text, or is encrypted.
        zipfile.BadZipFile, KeyError, IndexError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    package = OfficePackage(source)
    book = _Book(package)
    return assembled(_parts(book, source), package.title(), "sheet")


def _parts(book: _Book, source: Source) -> Iterator[Part]:
    pictures = EmbeddedPictures(book.package, source)
    for name, sheet in book.sheets():
        yield from under_name(name, _sheet_parts(book, name, sheet, source.allowance, pictures))
    yield pictures.part()
    yield from book.package.properties()


def _sheet_parts(
    book: _Book, name: str, sheet: str, allowance: Allowance, pictures: EmbeddedPictures
) -> Iterator[Part]:
    places = by_cell(name)
    yield as_part(book.rows(sheet), places, allowance)
    yield as_part(book.comments(sheet), places, allowance)
    yield Part(PART_BREAK.join(_drawn(book.package, sheet, pictures)), name)


def _drawn(package: OfficePackage, sheet: str, pictures: EmbeddedPictures) -> Iterator[str]:
    """Yield what the shapes and charts on a sheet say, and its pictures."""
    for name in package.related(sheet, "drawing"):
        drawing = package.tree(name)
        yield from (*blocks(drawing), *descriptions(drawing), *package.drawn_texts(name))
        yield from filter(None, [pictures.text(package.related(name, "image"))])


class _Book:
    """What the sheets of a file share."""

    def __init__(self, package: OfficePackage) -> None:
        self.package = package
        self._workbook = package.tree(package.main)
        self._strings = list(self._shared_strings())
        self._shows = list(self._cell_styles())

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each sheet of cells, and that of its part."""
        relations = self.package.relations(self.package.main)
        for sheet in within(self._workbook, "sheet"):
            relation = relations.get(attribute(sheet, "id"))
            if relation is not None and relation.kind == "worksheet":
                yield one_line(attribute(sheet, "name")), relation.target

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet that have text."""
        number = 0
        for row in streamed(self.package.open(sheet), "row"):
            number = int(row.get("r") or number + 1)
            column, cells = 0, {}
            for cell in row:
                column = column_number(cell.get("r", "").rstrip(_DIGITS)) or column + 1
                text = self._text(cell)
                if text:
                    cells[column] = text
            if cells:
                yield Row(number, dict(sorted(cells.items())))

    def comments(self, sheet: str) -> Iterator[Row]:
        """Yield the comments on a sheet's cells, each as a row with that cell alone."""
        for name in self.package.related(sheet, "comments"):
            for comment in within(self.package.tree(name), "comment"):
                place = _REFERENCE.fullmatch(comment.get("ref", ""))
                text = one_line("".join(_texts(comment)))
                if place and text:
                    yield Row(int(place[2]), {column_number(place[1]): text})

    def _text(self, cell: Element) -> str:
        """Return what a cell shows; "" for nothing, and for an error."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return one_line("".join(_texts(cell)))
        value = next((child.text or "" for child in cell if child.tag[-2:] == "}v"), "")
        if not value or kind == "e":
            return ""
        if kind == "s":
            return self._strings[int(value)]
        if kind == "n":
            return self._number(value, int(cell.get("s") or 0))
        return _TRUTHS.get(value, value) if kind == "b" else one_line(value)

    def _number(self, value: str, style: int) -> str:
        try:
            return self._shows[style](float(value)) if style < len(self._shows) else plain(float(value))
        except ValueError:  # nothing, or what some program takes for a number
            return value.strip()

    def _shared_strings(self) -> Iterator[str]:
        for name in self.package.related(self.package.main, "sharedStrings"):
            for item in streamed(self.package.open(name), "si"):
                yield one_line("".join(_texts(item)))

    def _cell_styles(self) -> Iterator[Show]:
        """Yield how numbers of each style of cells are shown."""
        from_1904 = any(attribute(each, "date1904") in ("1", "true") for each in within(self._workbook, "workbookPr"))
        for name in self.package.related(self.package.main, "styles"):
            styles = self.package.tree(name)
            codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in within(styles, "numFmt")}
            codes = {str(number): code for number, code in BUILT_IN.items()} | codes
            shows = {number: shower(code, from_1904) for number, code in codes.items()}
            for group in within(styles, "cellXfs"):
                yield from (shows.get(style.get("numFmtId", ""), plain) for style in within(group, "xf"))


def _texts(element: Element) -> Iterator[str]:
    """Yield the pieces of a rich text, without the pronunciation that may stand beside it."""
    for piece in nearest(element, "t", left_out=_PRONUNCIATION):
        yield piece.text or ""
