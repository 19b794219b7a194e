"""XML in every file that holds it: entities that grow or fetch, endless depth, and what is not well-formed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.end_to_end.hostile.archive_inputs import zipped
from tests.end_to_end.hostile.inputs import register

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets: str) -> bytes:
    """Return a list of relations; each kind is a type, and its own number."""
    lines = (f'<Relationship Id="{kind}" Type="{_RELATED}/{kind}" Target="{to}"/>' for kind, to in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'.encode()


_DOCUMENT = "_rels/.rels"


def docx(prologue: str, inside: str) -> bytes:
    paragraph = f"<w:p><w:r><w:t>{inside}</w:t></w:r></w:p>"
    document = f'{prologue}<w:document xmlns:w="{_WORD}"><w:body>{paragraph}</w:body></w:document>'
    return zipped({_DOCUMENT: relations(officeDocument="word/document.xml"), "word/document.xml": document.encode()})


def xlsx(prologue: str, inside: str) -> bytes:
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{inside}</t></is></c></row>'
    sheet = f'{prologue}<worksheet xmlns="{_SHEET}"><sheetData>{row}</sheetData></worksheet>'
    return workbook(sheet.encode())


def workbook(sheet: bytes, **more: bytes) -> bytes:
    """Return an Excel file of one sheet."""
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="worksheet"/></sheets>'
    book = f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATED}">{sheets}</workbook>'
    parts = {
        _DOCUMENT: relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(parts | {"xl/sharedStrings.xml": more["strings"]} if more else parts)


def pptx(prologue: str, inside: str) -> bytes:
    names = f'xmlns:p="{_SHOW}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATED}"'
    shape = f"<p:sp><p:txBody><a:p><a:r><a:t>{inside}</a:t></a:r></a:p></p:txBody></p:sp>"
    slide = f"{prologue}<p:sld {names}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>"
    slides = '<p:sldIdLst><p:sldId id="256" r:id="slide"/></p:sldIdLst>'
    show = f"<p:presentation {names}>{slides}</p:presentation>"
    return zipped(
        {
            _DOCUMENT: relations(officeDocument="ppt/presentation.xml"),
            "ppt/presentation.xml": show.encode(),
            "ppt/_rels/presentation.xml.rels": relations(slide="slides/slide1.xml"),
            "ppt/slides/slide1.xml": slide.encode(),
        }
    )


def odf(kind: str, content: str) -> bytes:
    """Return an OpenDocument file of a kind: "text", "spreadsheet" or "presentation"."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "META-INF/manifest.xml": b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": content.encode(),
        }
    )


def odf_content(kind: str, body: str, prologue: str = "") -> str:
    names = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "text", "table"))
    content = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return f"{prologue}<office:document-content {names}>{content}</office:document-content>"


def odt(prologue: str, inside: str) -> bytes:
    return odf("text", odf_content("text", f"<text:p>{inside}</text:p>", prologue))


def ods(prologue: str, inside: str) -> bytes:
    return odf("spreadsheet", odf_content("spreadsheet", odf_table(inside), prologue))


def odf_table(inside: str, row: str = "", cell: str = "") -> str:
    """Return a table of one cell; `row` and `cell` are attributes."""
    content = f"<table:table-cell {cell}><text:p>{inside}</text:p></table:table-cell>"
    return f'<table:table table:name="S"><table:table-row {row}>{content}</table:table-row></table:table>'


def fodt(prologue: str, inside: str) -> bytes:
    return odf_content("text", f"<text:p>{inside}</text:p>", prologue).replace("document-content", "document").encode()


def epub(prologue: str, inside: str) -> bytes:
    return book(f'{prologue}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{inside}</p></body></html>'.encode(), 1)


def book(chapter: bytes, times: int) -> bytes:
    """Return an EPUB whose spine names its one chapter so many times."""
    chapters = '<itemref idref="c"/>' * times
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="c" href="c.xhtml"'
        f' media-type="application/xhtml+xml"/></manifest><spine>{chapters}</spine></package>'
    )
    files = '<rootfiles><rootfile full-path="p.opf"/></rootfiles>'
    container = f'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">{files}</container>'
    parts = {"mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode()}
    return zipped(parts | {"p.opf": package.encode(), "c.xhtml": chapter})


def svg(prologue: str, inside: str) -> bytes:
    return f'{prologue}<svg xmlns="http://www.w3.org/2000/svg"><text>{inside}</text></svg>'.encode()


def xml(prologue: str, inside: str) -> bytes:
    return f"{prologue}<notes><note>{inside}</note></notes>".encode()


def docbook(prologue: str, inside: str) -> bytes:
    return f'{prologue}<article xmlns="http://docbook.org/ns/docbook"><para>{inside}</para></article>'.encode()


def xhtml(prologue: str, inside: str) -> bytes:
    return f'<?xml version="1.0"?>{prologue}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{inside}</p></body></html>'.encode()


HOLDERS: dict[str, Callable[[str, str], bytes]] = {
    ".docx": docx,
    ".xlsx": xlsx,
    ".pptx": pptx,
    ".odt": odt,
    ".ods": ods,
    ".fodt": fodt,
    ".epub": epub,
    ".svg": svg,
    ".xml": xml,
    ".docbook.xml": docbook,
    ".xhtml": xhtml,
}

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
_PAYLOADS: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "billion laughs": (lambda: f'<!DOCTYPE x [<!ENTITY l0 "lol">{_LAUGHS}]>', lambda: "&l11;"),
    "quadratic": (lambda: f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>', lambda: "&a;" * 10_000),
    "external file": (lambda: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', lambda: "&a;"),
    "external address": (lambda: '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" []>', lambda: "words"),
    "recursive": (lambda: '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', lambda: "&a;"),
    "deep": (lambda: "", lambda: "<b>" * 100_000 + "words" + "</b>" * 100_000),
    "never closed": (lambda: "", lambda: "<b>words" * 10_000),
    "many attributes": (lambda: "", lambda: "<b " + " ".join(f"a{n}='x'" for n in range(20_000)) + "/>"),
    "unknown entity": (lambda: "", lambda: "&nowhere;" * 1000),
    "control characters": (lambda: "", lambda: "a\x00b\x01c\x1b[31m"),
}

for _holder, _make in HOLDERS.items():
    for _what, (_prologue, _inside) in _PAYLOADS.items():
        register(
            f"{_what}{_holder}", partial(lambda make, pro, inside: make(pro(), inside()), _make, _prologue, _inside)
        )

register("says utf-16 and is not.xml", lambda: b'<?xml version="1.0" encoding="UTF-16"?><a>words</a>')
register("says utf-7.xml", lambda: b'<?xml version="1.0" encoding="UTF-7"?><a>+ADw-script+AD4-</a>')
register(
    "includes.xml",
    lambda: b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/passwd" parse="text"/></a>',
)
register("an attribute of 5 MB.xml", lambda: b'<a b="' + b"x" * 5_000_000 + b'">words</a>')
register(
    "uses itself.svg",
    lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#a"/><text>words</text></g></svg>',
)
