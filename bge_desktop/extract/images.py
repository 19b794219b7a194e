"""Pictures: what their makers and cameras noted in them, and the print on them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from typing import TYPE_CHECKING

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import Document, Part, assembled
from bge_desktop.extract.format import Source
from bge_desktop.extract.shortfalls import IN_PART, Shortfall

if TYPE_CHECKING:
    from PIL.Image import Image

# All that Pillow decodes without another program, but for sprites, textures, film and the data of instruments.
_OPENED = (
    *("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP", "DIB", "AVIF", "JPEG2000", "PPM", "PCX", "DCX", "TGA"),
    *("ICO", "ICNS", "PSD", "QOI", "SGI", "SUN", "DDS", "XBM", "XPM"),
)
_PAM = b"P7"
_PAGED = ("TIFF", "DCX")
_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError)  # what Pillow raises
_MOST_PIXELS = 100_000_000  # three bytes each
_ENOUGH_PIXELS = 4000  # of the longer side: a photograph of 200 million pixels is decoded at a quarter of its size
_MOST_PAGES = 1000
_SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I")
_LEVELS = 256
_UNREAD = Shortfall(IN_PART, "Not all of the print in this picture was read: it would take too long.")
_DAMAGED_PAGES = Shortfall(
    IN_PART, "Its later pages are damaged or missing. Open it in the program that made it and save it again."
)


def read_image(source: Source) -> Document:
    """Return what is noted in a picture, and what is printed on it; the pages of a TIFF file are its pages.

    Raises:
        ExtractionError: it is too large.
        PIL.UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError: it is
            damaged.
    """
    with _opened(source.data) as picture:
        return _read(picture, source)


def picture_at(data: bytes, number: int) -> tuple[Image, int | None, int]:
    """Return a picture upright, or that of a page or the nearest one, with its number from 1 and how many there are.

    The number is None, and there is 1, where the format has no pages. It raises as `read_image`, and `read_pam`.
    """
    from bge_desktop.extract.pam import opened

    with nullcontext(opened(data)) if data.startswith(_PAM) else _opened(data) as picture:
        picture.draft(None, (_ENOUGH_PIXELS, _ENOUGH_PIXELS))
        if picture.format not in _PAGED:
            return _upright(picture), None, 1
        pages = min(getattr(picture, "n_frames", 1), _MOST_PAGES)
        number = max(1, min(number, pages))
        picture.seek(number - 1)
        return _upright(picture), number, pages


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    import PIL.Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of all that is odd in the notes of a picture, and of half too many pixels
        try:
            with PIL.Image.open(BytesIO(data), formats=_OPENED) as picture:
                yield picture
        except PIL.Image.DecompressionBombError as error:
            raise _too_large() from error


def read_pam(source: Source) -> Document:
    """Return what is printed on a picture in the format PAM.

    Raises:
        ExtractionError: it is too large.
        ValueError, KeyError: it is damaged.
    """
    from bge_desktop.extract.pam import opened

    return _read(opened(source.data), source)


def _read(picture: Image, source: Source) -> Document:
    from bge_desktop.extract.picture_notes import notes_of

    picture.draft(None, (_ENOUGH_PIXELS, _ENOUGH_PIXELS))  # of JPEG files, which are decoded smaller then
    _refuse_too_large(picture)  # before the notes: Pillow unpacks a PNG file to find those at its end
    notes = notes_of(picture)
    return assembled([Part(notes.text), *_pages(picture, source)], notes.title, "image")


def _too_large() -> ExtractionError:
    most = _MOST_PIXELS // 1_000_000
    message = f"This picture has more than {most} million pixels. Save it smaller to find its words."
    return ExtractionError("Too large", message)


def _refuse_too_large(picture: Image) -> None:
    if picture.width * picture.height > _MOST_PIXELS:
        raise _too_large()


def _pages(picture: Image, source: Source) -> Iterator[Part]:
    """Yield the print on each page of a file that has pages, or on the first picture of any other; and what is lost."""
    for number in range(1, _MOST_PAGES + 1):
        try:
            if not _has_page(picture, number):
                return
            text, whole = _printed(picture, source)
        except _DAMAGED:
            if number == 1:
                raise
            yield Part("", shortfalls=(_DAMAGED_PAGES,))
            return
        shortfalls = () if whole else (_UNREAD,)
        yield Part(text, page=number if picture.format in _PAGED else None, shortfalls=shortfalls)
        if picture.format not in _PAGED or not whole:
            return


def _has_page(picture: Image, number: int) -> bool:
    """Turn to a page, if it is there."""
    try:
        picture.seek(number - 1)
    except EOFError:
        return False
    return True


def _printed(picture: Image, source: Source) -> tuple[str, bool]:
    from bge_desktop.extract.ocr import printed_text

    with source.allowance.picture() as goes_on:
        return printed_text(_upright(picture), goes_on) if goes_on() else ("", False)


def _upright(picture: Image) -> Image:
    """Return the picture as it is meant to be seen, in grey or colour.

    Raises:
        ExtractionError: it is too large.
    """
    from PIL import ImageOps

    _refuse_too_large(picture)  # every page has a size of its own
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in _SIXTEEN_BITS:
        upright = upright.convert("I").point(lambda level: level / _LEVELS)
    if upright.mode in ("P", "PA", "LA", "La", "RGBa", "RGBA"):
        return upright.convert("RGBA")
    return upright.convert("L" if upright.mode in ("1", "L", "I", "F") else "RGB")
