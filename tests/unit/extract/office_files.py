"""Makes small zip-based documents by hand, for what no program at hand writes."""

from __future__ import annotations

import zipfile
from io import BytesIO

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Document
from bge_desktop.extract.format import Source

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def source(data: bytes) -> Source:
    """Return a source of nothing but `data`."""

    def read_member(_name: str, _data: bytes) -> Document:
        raise AssertionError("an office file has no members")

    return Source("a", data, read_member, Allowance(len(data)))


def zipped(parts: dict[str, str]) -> bytes:
    """Return a zip file of texts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def relations(**targets: str) -> str:
    """Return a list of relations; the key is the id and, up to a "_", the kind."""
    items = (
        f'<Relationship Id="{key}" Type="{RELATIONS}/{key.split("_")[0]}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f"<Relationships>{''.join(items)}</Relationships>"


def workbook(*rows: str, shared: str = "", styles: str = "", properties: str = "") -> bytes:
    """Return an Excel file of one sheet, "S", with these rows."""
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><workbookPr {properties}/>'
            '<sheets><sheet name="S" sheetId="1" r:id="worksheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="/xl/styles.xml"
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{shared}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}">{styles}</styleSheet>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{"".join(rows)}</sheetData>'
            "</worksheet>",
        }
    )
