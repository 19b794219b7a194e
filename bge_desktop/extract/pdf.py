"""PDF, through pdfium: the text of each page in reading order, its lines joined to paragraphs again."""

from __future__ import annotations

import ctypes
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate

import pypdfium2
import pypdfium2.raw as pdfium

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.pdf_layout import Line, join

_PAGE_BREAK = "\n\n"
_HYPHEN_AT_LINE_END = 2
_BLANK = frozenset(b"\0\t\r\n ")
_END = b"%%EOF"

# Fonts made by word processors map Han glyphs to the look-alike radicals, and print ligatures for letters: neither
# would be found by someone who types the word.
_LOOK_ALIKES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FE0), *range(0xFB00, 0xFB07))
}


def read_pdf(data: bytes) -> Document:
    """Return the text with its pages; "" where the pages hold no text, as in a scan.

    Raises:
        ExtractionError: it is protected by a password, or cut off before its first text.
        pypdfium2.PdfiumError: it is damaged.
    """
    with closing(_open(data)) as pdf:
        title = one_line(pdf.get_metadata_value("Title"))
        pages = [_page_text(pdf, index) for index in range(len(pdf))]
    if any(pages):
        starts = accumulate((len(page) + len(_PAGE_BREAK) for page in pages[:-1]), initial=0)
        return Document(_PAGE_BREAK.join(pages), title, "pdf", tuple(starts))
    if _END not in data:
        raise ExtractionError("Incomplete file", "The end of this PDF is missing. Copy or download the file again.")
    return Document("", title, "pdf")


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code != pdfium.FPDF_ERR_PASSWORD:
            raise
        message = "This PDF asks for a password. Save a copy without the password to make it searchable."
        raise ExtractionError("Protected by a password", message) from error


def _page_text(pdf: pypdfium2.PdfDocument, index: int) -> str:
    with closing(pdf[index]) as page, closing(page.get_textpage()) as textpage:
        return join(list(_lines(textpage)))


def _lines(textpage: pypdfium2.PdfTextPage) -> Iterator[Line]:
    codes = [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(textpage.count_chars())]
    start = 0
    for end in [index for index, code in enumerate(codes) if code == ord("\n")] + [len(codes)]:
        printed = [index for index in range(start, end) if codes[index] not in _BLANK]
        if printed:
            yield _line(textpage, codes, printed[0], printed[-1])
        start = end + 1


def _line(textpage: pypdfium2.PdfTextPage, codes: list[int], first: int, last: int) -> Line:
    return Line(
        text=_text(codes[first : last + 1]),
        left=textpage.get_charbox(first)[0],
        right=textpage.get_charbox(last)[2],
        top=_baseline(textpage, first),
        bottom=_baseline(textpage, last),
        size=pdfium.FPDFText_GetFontSize(textpage, first),
    )


def _baseline(textpage: pypdfium2.PdfTextPage, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    return y.value


def _text(codes: list[int]) -> str:
    """Return the characters of a line; a word that was divided at the end of a printed line is whole again."""
    following = [*codes[1:], 0]
    characters = [_character(code, after) for code, after in zip(codes, following, strict=True)]
    whole = "".join(characters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.translate(_LOOK_ALIKES)


def _character(code: int, following: int) -> str:
    if code == _HYPHEN_AT_LINE_END:
        return "" if _as_text(following).islower() else "-"
    return _as_text(code)


def _as_text(code: int) -> str:
    return chr(code) if 0 < code <= sys.maxunicode else ""
