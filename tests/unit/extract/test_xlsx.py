from __future__ import annotations

import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import BombError
from bge_desktop.extract.document import Document, Place
from bge_desktop.extract.formats import extract
from bge_desktop.extract.xlsx import read_xlsx
from tests.unit.extract.office_files import relations, source, workbook, zipped


def _read(*rows: str, **more: str) -> Document:
    return read_xlsx(source(workbook(*rows, **more)))


def _inline(text: str, place: str = "") -> str:
    return f'<c {f"""r="{place}" """ if place else ""}t="inlineStr"><is><t>{text}</t></is></c>'


def test_every_type_of_cell() -> None:
    shared = "<si><t>plain</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>リッチ</t></rPh></si>"
    cells = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><f>A1</f><v>formula\nvalue</v></c><c t="b"><v>1</v></c>'
        '<c t="e"><v>#N/A</v></c><c><v>0.30000000000000004</v></c><c t="d"><v>2024-05-17</v></c><c t="s"/>'
        "<c><v>x</v></c>"
    )
    text = "plain | rich text | formula value | TRUE | 0.3 | 2024-05-17 | x"
    assert _read(f"<row>{cells}</row>", shared=shared).text == text


def test_dates_and_shares_are_shown_as_their_formats_say() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
        "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 10, 22)) + "</cellXfs>"
    )
    cells = "".join(f'<c s="{style}"><v>45429.5</v></c>' for style in (0, 1, 2, 4)) + '<c s="3"><v>0.1234</v></c>'
    shown = "45429.5 | 2024-05-17 | 2024年5月17日 | 2024-05-17 12:00 | 12.34%"
    assert _read(f"<row>{cells}</row>", styles=styles).text == shown
    of_1904 = _read('<row><c s="1"><v>43967</v></c></row>', styles=styles, properties='date1904="1"')
    assert of_1904.text == "2024-05-17"


def test_rows_and_columns_may_be_unnamed() -> None:
    document = _read(f"<row>{_inline('a')}</row>", "<row/>", f"<row>{_inline('')}{_inline('b')}</row>")
    places = (Place(0, "S!A1", is_cell=True), Place(2, "S!B3", divides=False, is_cell=True))
    assert (document.text, document.places) == ("a\nb", places)


def test_a_cell_in_the_last_corner_costs_no_more_than_any_other() -> None:
    tracemalloc.start()
    started = time.monotonic()
    rows = (f'<row r="1">{_inline("first", "A1")}</row>', f'<row r="1048576">{_inline("last", "XFD1048576")}</row>')
    document = _read(*rows)
    assert (document.text, [place.label for place in document.places]) == ("first\nlast", ["S!A1", "S!XFD1048576"])
    assert time.monotonic() - started < 2
    assert tracemalloc.get_traced_memory()[1] < 10 << 20
    tracemalloc.stop()


def test_a_hundred_thousand_empty_rows_are_passed_over() -> None:
    document = _read('<row ht="15"><c s="1"/></row>' * 100_000, f"<row>{_inline('x')}</row>")
    assert (document.text, document.places) == ("x", (Place(0, "S!A100001", is_cell=True),))


def test_more_text_than_is_searched_is_left_out_while_it_is_read_and_said() -> None:
    document = _read(*[f"<row>{_inline('x' * 30_000)}</row>"] * 700)
    assert 20_000_000 < len(document.text) < 20_100_000
    assert ["20 million" in own.message for own in document.shortfalls] == [True]


def test_a_bomb_is_refused() -> None:
    data = workbook(f'<row x="{"y" * 9_000}"/>' * 7_000)
    with pytest.raises(BombError):
        extract("a.xlsx", data)


@pytest.mark.parametrize("place", ["workbook.xml", "sharedStrings.xml", "worksheets/sheet1.xml"])
def test_entities_are_not_expanded(place: str) -> None:
    entities = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    with zipfile.ZipFile(BytesIO(workbook(f"<row>{_inline('&b;&f;')}</row>", shared="<si><t>&b;</t></si>"))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[f"xl/{place}"] = entities + parts[f"xl/{place}"]
    with pytest.raises(ExtractionError, match=r"damaged|Not safe"):
        extract("a.xlsx", zipped(parts))


def test_a_binary_sheet_says_what_to_do() -> None:
    with pytest.raises(ExtractionError, match=r"save it as \.xlsx"):
        extract("a", zipped({"xl/workbook.bin": "", "[Content_Types].xml": "<Types/>"}))


def test_shapes_pictures_and_charts_follow_the_cells_of_their_sheet() -> None:
    with zipfile.ZipFile(BytesIO(workbook(f"<row>{_inline('x')}</row>"))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    paragraph = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
    names = 'xmlns:a="a" xmlns:xdr="x"'
    parts |= {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(drawing="../d/d.xml"),
        "xl/d/d.xml": f"<xdr:wsDr {names}><xdr:sp>{paragraph.format('drawn')}</xdr:sp>"
        '<xdr:pic><xdr:cNvPr name="Picture 1" descr="a heron"/></xdr:pic></xdr:wsDr>',
        "xl/d/_rels/d.xml.rels": relations(chart="c.xml"),
        "xl/d/c.xml": f"<chart {names}>{paragraph.format('Birds a year')}</chart>",
    }
    document = read_xlsx(source(zipped(parts)))
    assert document.text == "x\n\ndrawn\n\na heron\n\nBirds a year"
    assert document.places[1] == Place(3, "S")
