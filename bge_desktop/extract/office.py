"""The formats of office programs, and of books: documents, sheets and slides, new and old."""

from __future__ import annotations

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.containers import OLE, PROTECTED, ZIP
from bge_desktop.extract.conversion import OLD_FORMATS, OldFormatError
from bge_desktop.extract.document import Document
from bge_desktop.extract.format import Format, Reader, Source, from_bytes, readable_head

_OLD_WORD = "This is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx."
_OLD_POWERPOINT = "This is an old PowerPoint file (.ppt). Open it in PowerPoint or LibreOffice and save it as .pptx."
_BINARY_EXCEL = "This is a binary Excel file (.xlsb). Open it in Excel or LibreOffice and save it as .xlsx."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def _read_docx(source: Source) -> Document:
    from bge_desktop.extract.docx import read_docx

    return read_docx(source)


def _read_pptx(source: Source) -> Document:
    from bge_desktop.extract.pptx import read_pptx

    return read_pptx(source)


def _read_xlsx(source: Source) -> Document:
    from bge_desktop.extract.xlsx import read_xlsx

    return read_xlsx(source)


def _read_xls(source: Source) -> Document:
    from bge_desktop.extract.xls import read_xls

    return read_xls(source)


def _read_odt(source: Source) -> Document:
    from bge_desktop.extract.odf import read_odt

    return read_odt(source)


def _read_odp(source: Source) -> Document:
    from bge_desktop.extract.odf import read_odp

    return read_odp(source)


def _read_ods(source: Source) -> Document:
    from bge_desktop.extract.ods import read_ods

    return read_ods(source)


def _read_epub(source: Source) -> Document:
    from bge_desktop.extract.epub import read_epub

    return read_epub(source)


def _read_rtf(source: Source) -> Document:
    from bge_desktop.extract.rtf import read_rtf

    return read_rtf(source.data)


def _read_delimited(source: Source) -> Document:
    from bge_desktop.extract.delimited import read_delimited

    return read_delimited(source)


def _refuse_encrypted(_data: bytes) -> Document:
    raise ExtractionError(*PROTECTED)


def _refuse_old_word(_data: bytes) -> Document:
    raise OldFormatError(OLD_FORMATS[0], _OLD_WORD, "docx")


def _refuse_old_powerpoint(_data: bytes) -> Document:
    raise OldFormatError(OLD_FORMATS[1], _OLD_POWERPOINT, "pptx")


def _refuse_binary_excel(_data: bytes) -> Document:
    raise ExtractionError("Binary Excel format", _BINARY_EXCEL)


def _open_document(kind: str, read: Reader, name: str, ending: str) -> tuple[Format, Format]:
    """Return the zipped and the flat form of a format of OpenDocument."""
    media_types = (f"{_OPEN_DOCUMENT}{name}", f"{_OPEN_DOCUMENT}{name}-template")
    endings = (f".od{ending}", f".ot{ending}")
    mark = f'office:mimetype="{media_types[0]}'
    return (
        Format(kind, read, endings=endings, starts=(ZIP,), holds=media_types),
        Format(kind, read, (f".fod{ending}",), looks_like=lambda head: mark in readable_head(head), text=True),
    )


FORMATS = (
    Format("docx", _read_docx, (".docx", ".docm", ".dotx", ".dotm"), (ZIP,), ("word/document.xml",)),
    Format("slides", _read_pptx, (".pptx", ".pptm", ".ppsx", ".potx"), (ZIP,), ("ppt/presentation.xml",)),
    Format("sheet", _read_xlsx, (".xlsx", ".xlsm", ".xltx", ".xltm"), (ZIP,), ("xl/workbook.xml",)),
    Format("sheet", from_bytes(_refuse_binary_excel), (".xlsb",), (ZIP,), ("xl/workbook.bin",)),
    *_open_document("odt", _read_odt, "text", "t"),
    *_open_document("slides", _read_odp, "presentation", "p"),
    *_open_document("sheet", _read_ods, "spreadsheet", "s"),
    Format("book", _read_epub, (".epub",), (ZIP,), ("application/epub+zip",)),
    Format("rtf", _read_rtf, (".rtf",), (b"{\\rtf",)),
    Format("sheet", _read_delimited, (".csv", ".tsv", ".tab"), text=True),
    Format("docx", from_bytes(_refuse_encrypted), starts=(OLE,), holds=("EncryptedPackage",)),
    Format("docx", from_bytes(_refuse_old_word), (".doc", ".dot", ".wps"), (OLE,), ("WordDocument",)),
    Format("slides", from_bytes(_refuse_old_powerpoint), (".ppt", ".pps"), (OLE,), ("PowerPoint Document",)),
    Format("sheet", _read_xls, (".xls", ".xlt", ".et"), (OLE,), ("Workbook",)),
)
