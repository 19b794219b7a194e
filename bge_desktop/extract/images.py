"""Pictures: what their makers and cameras noted in them, and the print on them. Drawings in SVG: their words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import Document, Part, assembled
from bge_desktop.extract.format import Format, Source, from_bytes, readable_head

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_OPENED = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP", "AVIF")
_TIFF = (b"II*\0", b"MM\0*")
_MOST_PIXELS = 100_000_000  # three bytes each
_ENOUGH_PIXELS = 4000  # of the longer side: a photograph of 200 million pixels is decoded at a quarter of its size
_MOST_PAGES = 1000
_SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I")
_LEVELS = 256
_UNREAD = "Not all of the print in this picture was read: it would take too long."
_SVG_HEAD = 1024
_RAW_ENDINGS = (".dng", ".nef", ".cr2", ".arw", ".pef", ".orf", ".rw2", ".raf", ".cr3", ".nrw", ".srw")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def read_image(source: Source) -> Document:
    """Return what is noted in a picture, and what is printed on it; the pages of a TIFF file are its pages.

    Raises:
        ExtractionError: it is too large.
        PIL.UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError: it is damaged.
    """
    import PIL.Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of all that is odd in the notes of a picture, and of half too many pixels
        try:
            with PIL.Image.open(BytesIO(source.data), formats=_OPENED) as picture:
                return _read(picture, source)
        except PIL.Image.DecompressionBombError as error:
            raise _too_large() from error


def _read(picture: ImageFile, source: Source) -> Document:
    from bge_desktop.extract.picture_notes import notes_of

    picture.draft(None, (_ENOUGH_PIXELS, _ENOUGH_PIXELS))  # of JPEG files, which are decoded smaller then
    _refuse_too_large(picture)  # before the notes: Pillow unpacks a PNG file to find those at its end
    notes = notes_of(picture)
    return assembled([Part(notes.text), *_pages(picture, source)], notes.title, "image")


def _too_large() -> ExtractionError:
    most = _MOST_PIXELS // 1_000_000
    message = f"This picture has more than {most} million pixels. Save it smaller to find its words."
    return ExtractionError("Too large", message)


def _refuse_too_large(picture: ImageFile) -> None:
    if picture.width * picture.height > _MOST_PIXELS:
        raise _too_large()


def _pages(picture: ImageFile, source: Source) -> Iterator[Part]:
    """Yield the print on each page of a TIFF file, and on the first picture of any other; and what was left out."""
    for number in range(1, _MOST_PAGES + 1):
        try:
            picture.seek(number - 1)
        except EOFError:
            return
        text, whole = _printed(picture, source)
        yield Part(text, page=number if picture.format == "TIFF" else None)
        if not whole:
            yield Part(_UNREAD)
        if picture.format != "TIFF" or not whole:
            return


def _printed(picture: ImageFile, source: Source) -> tuple[str, bool]:
    from bge_desktop.extract.ocr import printed_text

    with source.allowance.picture() as goes_on:
        return printed_text(_upright(picture), goes_on) if goes_on() else ("", False)


def _upright(picture: ImageFile) -> Image:
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


def _read_svg(data: bytes) -> Document:
    from bge_desktop.extract.svg import read_svg

    return read_svg(data)


def _found_by_name(_data: bytes) -> Document:
    return Document("", kind="image")


_NAME_ONLY = from_bytes(_found_by_name)

FORMATS = (
    Format("image", read_image, endings=(".tif", ".tiff"), starts=_TIFF),
    Format("image", _NAME_ONLY, endings=_RAW_ENDINGS, starts=_TIFF, name_is_enough=True),
    Format(
        "image",
        read_image,
        endings=(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".apng"),
        starts=(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"),
        name_is_enough=True,
    ),
    Format(
        "image",
        read_image,
        endings=(".webp", ".bmp", ".dib", ".avif"),
        looks_like=lambda head: (
            (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
            or (head.startswith(b"BM") and head[6:10] == bytes(4))
            or (head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis"))
        ),
        name_is_enough=True,
    ),
    # No library under a permissive licence decodes HEIC; the others show drawings in layers, or many small pictures.
    Format(
        "image",
        _NAME_ONLY,
        endings=(".heic", ".heif", ".psd", ".psb", ".xcf", ".ico", ".icns", ".jxl", ".jp2", ".kra"),
        looks_like=lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS,
        name_is_enough=True,
    ),
    Format(
        "image",
        from_bytes(_read_svg),
        endings=(".svg",),
        looks_like=lambda head: "<svg" in readable_head(head[:_SVG_HEAD]),
        text=True,
    ),
)
