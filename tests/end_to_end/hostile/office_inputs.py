"""Office files: cells at the end of the world, repetition without end, relations and sectors in circles."""

from __future__ import annotations

import struct

from tests.end_to_end.hostile.archive_inputs import BOMB, zipped
from tests.end_to_end.hostile.inputs import READ, hostile, register
from tests.end_to_end.hostile.xml_inputs import book, docx, odf, odf_content, odf_table, odt, relations, workbook

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_FIRST_STRING = '<c t="s"><v>0</v></c>'


def sheet(rows: str, dimension: str = "A1") -> bytes:
    return (
        f'<worksheet xmlns="{_SHEET}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def cell(place: str, text: str = "pond") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


register(
    "cell at the end of the world.xlsx", lambda: workbook(sheet(f'<row r="1048576">{cell("XFD1048576")}</row>')), READ
)
register("says it is full.xlsx", lambda: workbook(sheet(f'<row r="1">{cell("A1")}</row>', "A1:XFD1048576")), READ)
register(
    "cell beyond the world.xlsx", lambda: workbook(sheet(f'<row r="99999999999">{cell("ZZZZZZ99999999999")}</row>'))
)
register("cell nowhere.xlsx", lambda: workbook(sheet(f'<row r="-1">{cell("")}</row>')))
register(
    "strings that are not there.xlsx",
    lambda: workbook(
        sheet('<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1" t="s"><v>-1</v></c></row>'),
        strings=f'<sst xmlns="{_SHEET}"/>'.encode(),
    ),
)
register(
    "one string in every cell.xlsx",
    lambda: workbook(
        sheet("".join(f'<row r="{n}">{_FIRST_STRING * 50}</row>' for n in range(1, 4000))),
        strings=f'<sst xmlns="{_SHEET}"><si><t>{"pond " * 2000}</t></si></sst>'.encode(),
    ),
    "Too large|read|Took too long|Unpacks without end",
)
register(
    "a number that is none.xlsx",
    lambda: workbook(sheet('<row r="1"><c r="A1"><v>1e999999</v></c><c r="B1" s="999"><v>NaN</v></c></row>')),
)
register(
    "relations in circles.docx",
    lambda: zipped(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": b"<w/>",
            "word/_rels/document.xml.rels": relations(header="document.xml", footnotes="document.xml"),
        }
    ),
)
register(
    "relations to nowhere.docx",
    lambda: zipped({"_rels/.rels": relations(officeDocument="../../../../etc/passwd"), "word/document.xml": b"<w/>"}),
)
register("no document.docx", lambda: zipped({"word/document.xml": b"", "_rels/.rels": b""}))
register("bomb.docx", lambda: docx("", " " * (60 << 20)), BOMB)
register("bomb.xlsx", lambda: workbook(sheet(f"<row>{' ' * 10_000}</row>" * 6_500)), BOMB)
register(
    "a paragraph of 30 MB.docx", lambda: docx("", "pond " * 6_000_000), "Too large|Unpacks without end|Damaged file"
)
register("a billion spaces.odt", lambda: odt("", '<text:s text:c="1000000000"/>'))
register("less than no spaces.odt", lambda: odt("", '<text:s text:c="-5"/>words'), READ)
register("spaces that are no number.odt", lambda: odt("", '<text:s text:c="many"/>words'))


def repeated(columns: str, rows: str) -> bytes:
    row, cell = f'table:number-rows-repeated="{rows}"', f'table:number-columns-repeated="{columns}"'
    body = odf_table("pond", row, cell)
    return odf("spreadsheet", odf_content("spreadsheet", body))


register("a billion columns.ods", lambda: repeated("1000000000", "1"))
register("a billion rows.ods", lambda: repeated("1", "1000000000"))
register("a billion billion cells.ods", lambda: repeated("1000000000", "1000000000"))
register("rows that are no number.ods", lambda: repeated("x", "-1"))
register(
    "ten thousand times the same chapter.epub",
    lambda: book(b"<html><body><p>" + b"pond " * 2000 + b"</p></body></html>", 10_000),
    "Too large|read|Unpacks without end",
)
register("book without a spine.epub", lambda: book(b"<p>pond</p>", 0))
register("protected.docx", lambda: ole_named("EncryptedPackage"), "Protected by a password")


def ole_named(name: str, chain: int = 0xFFFFFFFE, first: int = 1) -> bytes:
    """Return a compound file of one stream; `chain` is what follows each sector in the table of sectors."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9L", 0, 1, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack(
        "<109L", 0, *[0xFFFFFFFF] * 108
    )
    table = struct.pack("<128L", 0xFFFFFFFD, *[chain] * 127)
    return header + table + _entry("Root Entry", 5, 1) + _entry(name, 2, 0xFFFFFFFF) + bytes(256)


def _entry(name: str, kind: int, child: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<3L", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<LQ", 2, 5000)
    )


for _ending, _stream in {
    ".doc": "WordDocument",
    ".xls": "Workbook",
    ".ppt": "PowerPoint Document",
    ".msg": "__properties_version1.0",
}.items():
    register(f"sectors in circles{_ending}", lambda stream=_stream: ole_named(stream, chain=1))
    register(f"folder beyond the end{_ending}", lambda stream=_stream: ole_named(stream, first=0x7FFFFFFF))


@hostile("entries in circles.xls")
def ole_tree_loop() -> bytes:
    data = bytearray(ole_named("Workbook"))
    struct.pack_into("<3L", data, 512 + 512 + 128 + 68, 1, 1, 0)
    return bytes(data)
