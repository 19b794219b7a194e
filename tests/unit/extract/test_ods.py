from __future__ import annotations

import time

from bge_desktop.extract.document import Document, Place
from bge_desktop.extract.ods import read_ods
from tests.unit.extract.office_files import source, zipped

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)


def _read(*tables: str) -> Document:
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    return read_ods(
        source(zipped({"content.xml": f"<office:document-content {_NAMES}>{body}</office:document-content>"}))
    )


def _table(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def _row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def _cell(text: str, repeated: int = 1) -> str:
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell table:number-columns-repeated="{repeated}">{paragraph}</table:table-cell>'


def test_what_is_repeated_is_read_once_and_counted_in_full() -> None:
    started = time.monotonic()
    document = _read(
        _table("A", _row(_cell("", 16_383), _cell("x"), repeated=1_048_575), _row(_cell("y", 2), _cell("z"))),
        _table("乙", _row(_cell("", 16_384), repeated=1_048_576), _row(_cell("w"))),
    )
    assert document.text == "x\ny | z\n\nw"
    found = [(place.start, place.label, place.divides) for place in document.places]
    labels = [(0, "A!XFD1", True), (2, "A!A1048576", False), (6, "A!C1048576", False), (9, "乙!A1048577", True)]
    assert found == labels
    assert time.monotonic() - started < 2


def test_rows_in_groups_and_values_without_text_are_read() -> None:
    value = '<table:table-cell office:value-type="date" office:date-value="2024-05-17"/>'
    covered = "<table:covered-table-cell/>"
    document = _read(_table("A", f"<table:table-row-group>{_row(covered, value)}</table:table-row-group>"))
    assert (document.text, document.places) == ("2024-05-17", (Place(0, "A!B1", is_cell=True),))


def test_shapes_follow_the_cells_of_their_sheet() -> None:
    shapes = "<table:shapes><text:p>drawn</text:p><text:p>twice</text:p></table:shapes>"
    document = _read(_table("Birds", shapes, _row(_cell("x"))), _table("Fish", _row(_cell("y")), shapes))
    assert document.text == "Birds\nx\n\ndrawn\n\ntwice\n\nFish\ny\n\ndrawn\n\ntwice"
    labels = [place.label for place in document.places if place.divides]
    assert labels == ["Birds!A1", "Birds", "Fish!A1", "Fish"]
