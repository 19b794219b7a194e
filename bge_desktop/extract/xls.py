"""Excel files of 2003 and before, through python-calamine.

It fills the area between the first and the last cell, and ends the process where there is no memory for that. So what
lies beyond the 65,536 rows and 256 columns of such files is refused before; what is left takes half a gigabyte at most.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from io import BytesIO

import olefile
from python_calamine import CalamineSheet, CalamineWorkbook

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.cell_formats import plain
from bge_desktop.extract.containers import PROTECTED
from bge_desktop.extract.document import Document, Part, assembled, one_line
from bge_desktop.extract.format import Source
from bge_desktop.extract.sheets import under_name
from bge_desktop.extract.tables import Row, as_part, by_cell
from bge_desktop.extract.xls_records import Drawings, records

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_NEW_STREAM = "Workbook"
_STREAMS = (_NEW_STREAM, "Book")
_ROWS, _COLUMNS = 65_536, 256
# [MS-XLS] 2.3.2: FilePass, and Dimensions, which Excel 95 wrote shorter.
_PROTECTED, _AREA = 0x2F, 0x200
_LONG_AREA = 14
# The records of cells, which begin with a row and a column; the last two end with another column.
_ONE_CELL = frozenset({0x06, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_MANY_CELLS = frozenset({0xBD, 0xBE})


def read_xls(source: Source) -> Document:
    """Return the sheets in their order, hidden ones too; the cells are the places. Comments and shapes come last.

    Raises:
        ExtractionError: it asks for a password, or holds too much text.
        python_calamine.CalamineError, OSError, ValueError, struct.error: it is damaged.
    """
    drawings = _checked(source.data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(source.data))
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        return assembled([part for sheet in sheets for part in _parts(sheet, drawings, source)], kind="sheet")
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of Rust, which is no Exception and would end the process
            raise ValueError(str(error)) from error
        raise


def _checked(data: bytes) -> Drawings:
    """Return what is drawn on the sheets of a file that can be read without harm."""
    drawings = Drawings()
    with olefile.OleFileIO(BytesIO(data)) as container:
        _refuse_circles(container)
        name = next(name for name in _STREAMS if container.exists(name))
        stream = container.openstream(name).read()
    for record in records(stream):
        if record.kind == _PROTECTED:
            raise ExtractionError(*PROTECTED)
        if not _fits(record.kind, record.content):
            raise ValueError("a cell beyond the last row or column")
        if name == _NEW_STREAM:
            drawings.take(record)
    return drawings


def _refuse_circles(container: olefile.OleFileIO) -> None:
    """Refuse a file whose sectors follow each other in circles: calamine would fill the memory with them."""
    root, *entries = [entry for entry in container.direntries if entry]
    small = [entry.isectStart for entry in entries if entry.size < container.minisectorcutoff]
    large = [entry.isectStart for entry in entries if entry.size >= container.minisectorcutoff]
    starts = [container.first_dir_sector, container.first_mini_fat_sector, root.isectStart, *large]
    container.loadminifat()
    for table, begins in ((container.fat, starts), (container.minifat, small)):
        steps = len(table) + len(begins)
        for sector in begins:
            while 0 <= sector < len(table):
                sector, steps = table[sector], steps - 1
                if steps < 0:
                    raise ValueError("sectors that follow each other in circles")


def _fits(kind: int, record: bytes) -> bool:
    """Tell whether a record speaks of no cell outside of the largest sheet."""
    if kind == _AREA:
        form = "<IIHH" if len(record) >= _LONG_AREA else "<HHHH"
        first_row, after_rows, first_column, after_columns = struct.unpack_from(form, record)
        return bool(first_row <= after_rows <= _ROWS and first_column <= after_columns <= _COLUMNS)
    if kind in _ONE_CELL:
        return int.from_bytes(record[2:4], "little") < _COLUMNS
    if kind in _MANY_CELLS:
        return max(int.from_bytes(record[2:4], "little"), int.from_bytes(record[-2:], "little")) < _COLUMNS
    return True


def _parts(sheet: CalamineSheet, drawings: Drawings, source: Source) -> Iterator[Part]:
    name = one_line(sheet.name)
    cells = as_part(_rows(sheet), by_cell(name), source.allowance)
    comments = as_part(drawings.comments(sheet.name), by_cell(name), source.allowance)
    return under_name(name, (cells, comments, Part(drawings.shapes(sheet.name), name)))


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Yield the rows that have text."""
    first_column = sheet.start[1] + 1 if sheet.start else 1  # rows are counted from the top, columns from there
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = {column: text for column, value in enumerate(values, first_column) if (text := shown(value))}
        if cells:
            yield Row(number, cells)


def shown(value: Value) -> str:
    """Return a cell's value as text: a date without a time where that is midnight."""
    if isinstance(value, str):
        return one_line(value) if value else ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.timedelta):
        return _hours(value)
    return value.isoformat(" ", "seconds") if isinstance(value, dt.datetime) else str(value)


def _hours(duration: dt.timedelta) -> str:
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
