"""A page of a PDF as a picture, and the characters on it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.letters import SCALE, LetterCase, Letters, letters_of
from bge_desktop.extract.ocr import printed_rows
from bge_desktop.extract.pdf import drawn_for_print, is_scan, open_pdf
from bge_desktop.extract.pdf_characters import characters, codes_of
from bge_desktop.extract.pictures import Drawn, drawn_size

_MOST_CHARACTERS = 100_000
_LEAST = 1e-6
_NO_PAGES = ("No pages", "This PDF holds no pages. Copy or download the file again.")


def draw_page(data: bytes, number: int, width: int) -> Drawn:
    """Return a page of a PDF, or the one nearest to it.

    Args:
        data: the file.
        number: of the page, from 1.
        width: pixels that it is to be wide.

    Raises:
        ExtractionError: it is protected by a password, or has no pages.
        pypdfium2.PdfiumError: it is damaged.
    """
    with closing(open_pdf(data)) as pdf:
        number = _nearest(pdf, number)
        with closing(pdf[number - 1]) as page:
            letters = _letters(page)
            pixels, size = _pixels(page, width)
            return Drawn(*size, pixels, letters, number, len(pdf), is_scan(page, letters.text.strip()))


def read_page(data: bytes, number: int, goes_on: Callable[[], bool]) -> Letters:
    """Return the print on a scanned page, recognised.

    Raises:
        ExtractionError, pypdfium2.PdfiumError: as `draw_page`.
        MemoryError: there is not enough memory.
    """
    with closing(open_pdf(data)) as pdf:
        return letters_of(printed_rows(drawn_for_print(pdf[_nearest(pdf, number) - 1]), goes_on))


def _nearest(pdf: pypdfium2.PdfDocument, number: int) -> int:
    if not len(pdf):
        raise ExtractionError(*_NO_PAGES)
    return max(1, min(number, len(pdf)))


def _pixels(page: pypdfium2.PdfPage, width: int) -> tuple[bytes, tuple[int, int]]:
    page_width, page_height = page.get_size()
    wanted, _ = drawn_size(page_width, page_height, width)
    scale = wanted / max(page_width, _LEAST) * (1 - _LEAST)  # sides are rounded up
    with closing(page.render(scale=scale, prefer_bgrx=True)) as bitmap:
        return bytes(bitmap.buffer), (bitmap.width, bitmap.height)


def _letters(page: pypdfium2.PdfPage) -> Letters:
    """Return what stands on a page, as `pdf` reads it."""
    case = LetterCase()
    with closing(page.get_textpage()) as textpage:
        for index, text in enumerate(characters(codes_of(textpage, _MOST_CHARACTERS))):
            case.add(text, (0, 0, 0, 0) if text.isspace() else _sides(page, textpage, index))
    return case.letters()


def _sides(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, index: int) -> tuple[int, int, int, int]:
    """Return the box of a character on the page as it is seen, which may be turned or cut."""
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    across, down = zip(_seen(page, left, top), _seen(page, right, bottom), strict=True)
    return min(across), min(down), max(across), max(down)


def _seen(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, SCALE, SCALE, 0, x, y, across, down)
    return max(0, min(across.value, SCALE)), max(0, min(down.value, SCALE))
