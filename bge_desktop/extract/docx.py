"""Word documents, through python-docx: headers, then paragraphs and tables in their order, then notes and footers.

python-docx opens the package; the text is gathered from its elements here, because its own `paragraph.text` leaves out
content controls, text boxes and tracked insertions.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import Document, one_line

Element = Any  # lxml has no type hints
Part = Any

_LARGEST = 500 << 20
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT_BOX = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "txbxContent"))
_TEXT = qn("w:t")
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_CHARACTERS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Deleted text, and the second form of a drawing, which repeats the text of the first.
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), f"{_COMPATIBILITY}Fallback"})


def read_docx(data: bytes) -> Document:
    """Return all the text; a table row is a line with its cells between bars. The title is that of the properties.

    Raises:
        ExtractionError: it would unpack to more than 500 MB.
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    _refuse_bombs(data)
    package = Package.open(BytesIO(data))
    body = package.main_document_part
    headers = _related(body, RELATIONSHIP_TYPE.HEADER)
    ends = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES, RELATIONSHIP_TYPE.FOOTER)
    parts = [*headers, body, *(part for kind in ends for part in _related(body, kind))]
    texts = dict.fromkeys(_part_text(part) for part in parts)  # sections often repeat a header word for word
    text = "\n\n".join(text for text in texts if text)
    return Document(text, one_line(package.core_properties.title), "docx")


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _LARGEST:
        message = "This document unpacks to more than 500 MB. Split it to make it searchable."
        raise ExtractionError("Too large", message)


def _related(body: Part, kind: str) -> list[Part]:
    relations = body.rels.values()
    return [relation.target_part for relation in relations if relation.reltype == kind and not relation.is_external]


def _part_text(part: Part) -> str:
    element = part.element if hasattr(part, "element") else parse_xml(part.blob)
    return "\n\n".join(_blocks(element))


def _blocks(story: Element) -> Iterator[str]:
    """Yield the text of each paragraph and table that has any, in their order."""
    for block in _nearest(story, _PARAGRAPH, _TABLE):
        if block.tag == _TABLE:
            yield "\n".join(_rows(block))
            continue
        text = "".join(_characters(block)).strip()
        if text:
            yield text
        for box in _nearest(block, _TEXT_BOX):
            yield from _blocks(box)


def _rows(table: Element) -> Iterator[str]:
    for row in _nearest(table, _ROW):
        cells = [one_line(" ".join(_blocks(cell))) for cell in _nearest(row, _CELL)]
        if any(cells):
            yield " | ".join(filter(None, cells))


def _characters(element: Element) -> Iterator[str]:
    """Yield the pieces of text of a paragraph, but for those of the text boxes that hang on it."""
    for child in element:
        if child.tag in (_TEXT, _MATHS):
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _LEFT_OUT and child.tag != _TEXT_BOX:
            yield from _characters(child)


def _nearest(element: Element, *tags: str) -> Iterator[Element]:
    """Yield the descendants with one of `tags`, in order, but none within another one."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _nearest(child, *tags)
