"""Which reader reads a file, and what a failure of one is called. Every error of a parser passes through `extract`."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.charset import is_binary
from bge_desktop.extract.document import Document, scrubbed
from bge_desktop.extract.docx import read_docx
from bge_desktop.extract.html import read_html
from bge_desktop.extract.markdown import read_markdown
from bge_desktop.extract.pdf import read_pdf
from bge_desktop.extract.text import read_text

Reader = Callable[[bytes], Document]

_PDF = re.compile(rb"[\s\S]{0,1023}?%PDF-")  # other software, too, accepts up to a kilobyte before the mark
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    r"(?:\s|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,800}-->)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE
)
_HEAD = 1024
_WORD_BODY = "word/document.xml"
# Made of readable characters, but not to be read.
_CODED = (b"{\\rtf", b"%!PS", b"-----BEGIN ")

_BY_ENDING: dict[str, Reader] = {
    **dict.fromkeys((".htm", ".html", ".xhtml", ".shtml"), read_html),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd"), read_markdown),
}
_WORD_ENDINGS = frozenset({".docx", ".docm", ".dotx", ".dotm"})


def extract(path: str, data: bytes) -> Document:
    """Return what can be read in a file; a Document of kind "other" where nothing can.

    Args:
        path: its name, which decides only where the content does not.
        data: its content.

    Raises:
        ExtractionError: it is damaged, incomplete, protected, or in an old format, in words for a person.
        MemoryError: there is not enough memory.
    """
    try:
        document = _reader(path, data)(data)
    except ExtractionError as error:
        raise ExtractionError(error.title, error.message, path) from error
    except MemoryError:
        raise
    except Exception as error:  # on hostile input a parser raises what it likes
        message = "This file is damaged or incomplete. Open it in the program that made it and save it again."
        raise ExtractionError("Damaged file", message, path) from error
    return replace(document, text=scrubbed(document.text), title=scrubbed(document.title))


def may_hold_text(path: str, head: bytes) -> bool:
    """Tell from the first bytes of a file whether `extract` would look for text in it."""
    return _reader(path, head) not in (_read_nothing, _read_ole)


def _reader(path: str, data: bytes) -> Reader:
    ending = os.path.splitext(path)[1].lower()
    if _PDF.match(data[:_HEAD]):
        return read_pdf
    if data.startswith(_OLE):
        return _read_ole
    if data.startswith(_ZIP):
        return read_docx if ending in _WORD_ENDINGS or _holds_word_body(data) else _read_nothing
    if data.startswith(_CODED) or is_binary(data):
        return _read_nothing
    if _HTML.match(_readable_head(data)):
        return read_html
    return _BY_ENDING.get(ending, read_text)


def _readable_head(data: bytes) -> str:
    """Return the start of a text with what is not ASCII left out, whatever the character set."""
    return data[:_HEAD].replace(b"\0", b"").decode("ascii", "ignore")


def _holds_word_body(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _WORD_BODY in archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False  # some other archive, and damaged: it is found by its name


def _read_nothing(_data: bytes) -> Document:
    return Document("", kind="other")


def _read_ole(data: bytes) -> Document:
    """Say why an OLE container cannot be read: old Office files, and the shell around encrypted new ones."""
    if _names(data, "EncryptedPackage"):
        message = "This document asks for a password. Save a copy without the password to make it searchable."
        raise ExtractionError("Protected by a password", message)
    if _names(data, "WordDocument"):
        message = "This is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx."
        raise ExtractionError("Old Word format", message)
    return _read_nothing(data)


def _names(data: bytes, stream: str) -> bool:
    """Tell whether the directory of an OLE container lists `stream`."""
    return stream.encode("utf-16-le") in data
