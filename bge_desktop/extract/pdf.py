"""PDF, through pdfium: the text of each page in reading order, its lines joined to paragraphs again.

A page without text is a scan: it is drawn, and what is printed on it recognised. Comments and the values of forms
follow the page that they are on.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance, SpentError
from bge_desktop.extract.document import PART_BREAK, Document, Part, Place, assembled, one_line
from bge_desktop.extract.format import ReadMember
from bge_desktop.extract.ocr import Print, printed_text
from bge_desktop.extract.pdf_characters import characters, codes_of
from bge_desktop.extract.pdf_layout import Line, join
from bge_desktop.extract.pdf_notes import attachments, notes
from bge_desktop.extract.properties import properties
from bge_desktop.extract.shortfalls import IN_PART, Shortfall

if TYPE_CHECKING:
    from PIL.Image import Image

_PROPERTIES = ("Author", "Subject", "Keywords")
_BLANK = frozenset(b"\0\t\r\n ")
_END = b"%%EOF"
_SCAN_DPI = 200
_POINTS_PER_INCH = 72
_LARGEST_SCAN = 3300  # pixels on the longer side: a page of A3 at 200 dpi
_LITTLE_TEXT = 80  # characters that the software of a scanner stamps on a page
_COVERING = 0.5  # of the page
_FORMS_DEEP = 3
_FEW_OBJECTS = 50  # a page of a scan is a few pictures and a stamp; a drawing may have a million lines


@dataclass
class _Page:
    """The text of a page, what is noted beside it, and whether it has print to be recognised."""

    text: str
    notes: str
    is_scan: bool

    def part(self, number: int) -> Part:
        """Return the page's part of the document."""
        whole = PART_BREAK.join(filter(None, (self.text, self.notes)))
        beside = (Place(len(whole) - len(self.notes), "comments and forms", divides=False),) if self.notes else ()
        return Part(whole, page=number, places=beside)


def read_pdf(data: bytes, allowance: Allowance | None = None, read_member: ReadMember | None = None) -> Document:
    """Return the text with its pages; "" where the pages hold neither text nor print.

    Args:
        data: the file.
        allowance: has the time for recognising print; without it, pages that hold no text are empty.
        read_member: reads the files in this one, as that of a `Source`; without it or an allowance they are left out.

    Raises:
        ExtractionError: it is protected by a password, or cut off before its first text.
        pypdfium2.PdfiumError: it is damaged.
    """
    with closing(open_pdf(data)) as pdf:
        title = one_line(pdf.get_metadata_value("Title"))
        pages, unread = _pages(pdf, allowance)
        if allowance and not unread:
            unread = _recognise(pdf, pages, allowance)
        beside = [*attachments(pdf, read_member, allowance)] if allowance and read_member else []
        beside.append(properties((name, pdf.get_metadata_value(name)) for name in _PROPERTIES))
    if not any(page.text or page.notes for page in pages) and _END not in data:
        raise ExtractionError("Incomplete file", "The end of this PDF is missing. Copy or download the file again.")
    parts = [page.part(number) for number, page in enumerate(pages, 1)]
    return assembled([*parts, *beside, Part("", shortfalls=unread)], title, "pdf")


def _pages(pdf: pypdfium2.PdfDocument, allowance: Allowance | None) -> tuple[list[_Page], tuple[Shortfall, ...]]:
    """Return the pages, as far as time allows, and what was left out.

    Raises:
        SpentError: it is too much text, as where thousands of pages show the same.
    """
    pages: list[_Page] = []
    for index in range(len(pdf)):
        try:
            if allowance:
                allowance.check_time()
        except SpentError:
            return pages, (_left_out(index, f"{len(pdf)} pages"),)
        pages.append(_page(pdf, index))
        if allowance:
            allowance.text(len(pages[-1].text) + len(pages[-1].notes))
    return pages, ()


def _left_out(read: int, of_all: str) -> Shortfall:
    return Shortfall(IN_PART, f"Only the first {read} of {of_all} were read: all of them would take too long.")


def _recognise(pdf: pypdfium2.PdfDocument, pages: list[_Page], allowance: Allowance) -> tuple[Shortfall, ...]:
    """Fill in the pages that are scans, as far as time allows; return what was left out."""
    scans = [(index, page) for index, page in enumerate(pages) if page.is_scan]
    for done, (index, page) in enumerate(scans):
        with allowance.picture() as goes_on:
            found = printed_text(drawn_for_print(pdf[index]), goes_on) if goes_on() else Print("", False)
        page.text = found.text or page.text
        if not found.whole:
            return (_left_out(done, f"{len(scans)} scanned pages"),)
    return ()


def is_scan(page: pypdfium2.PdfPage, text: str) -> bool:
    """Tell whether a page is one of little or no text that shows print: anything, or with text a picture over it."""
    if len(text) >= _LITTLE_TEXT:
        return False
    if not text:
        return next(iter(page.get_objects(max_depth=1)), None) is not None
    width, height = page.get_size()
    first = islice(page.get_objects(max_depth=_FORMS_DEEP), _FEW_OBJECTS)
    pictures = (thing for thing in first if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE)
    return any(_area(picture.get_bounds()) > _COVERING * width * height for picture in pictures)


def _area(bounds: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = bounds
    return (right - left) * (top - bottom)


def drawn_for_print(page: pypdfium2.PdfPage) -> Image:
    """Return a page as it is drawn to have its print recognised; the page is closed."""
    with closing(page):
        scale = min(_SCAN_DPI / _POINTS_PER_INCH, _LARGEST_SCAN / max(*page.get_size(), 1))
        with closing(page.render(scale=scale, grayscale=True)) as bitmap:
            drawn: Image = bitmap.to_pil().copy()  # it outlives the bitmap
            return drawn


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Return a document, which the caller closes.

    Raises:
        ExtractionError: it is protected by a password.
        pypdfium2.PdfiumError: it is damaged.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code != pdfium.FPDF_ERR_PASSWORD:
            raise
        message = "This PDF asks for a password. Save a copy without the password to make it searchable."
        raise ExtractionError("Protected by a password", message) from error
    pdf.init_forms()
    return pdf


def _page(pdf: pypdfium2.PdfDocument, index: int) -> _Page:
    """Return all that is read of a page: loading it again would take as long."""
    with closing(pdf[index]) as page, closing(page.get_textpage()) as textpage:
        text = join(list(_lines(textpage)))
        return _Page(text, notes(page), is_scan(page, text))


def _lines(textpage: pypdfium2.PdfTextPage) -> Iterator[Line]:
    codes = codes_of(textpage)
    start = 0
    for end in [index for index, code in enumerate(codes) if code == ord("\n")] + [len(codes)]:
        printed = [index for index in range(start, end) if codes[index] not in _BLANK]
        if printed:
            yield _line(textpage, codes, printed[0], printed[-1])
        start = end + 1


def _line(textpage: pypdfium2.PdfTextPage, codes: list[int], first: int, last: int) -> Line:
    return Line(
        text="".join(characters(codes[first : last + 1])),
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
