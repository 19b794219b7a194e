"""What is noted in a picture: its title, caption and keywords; when it was taken, by which camera, and where.

People and programs write the same things to EXIF, IPTC, XMP or the text chunks of PNG; all four are read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import one_line
from bge_desktop.extract.xml_trees import Element, attribute, parsed, within

if TYPE_CHECKING:
    from PIL.Image import Image

_DESCRIPTION, _MAKE, _MODEL, _CHANGED, _ARTIST = 0x010E, 0x010F, 0x0110, 0x0132, 0x013B
_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F
_CAMERA, _GPS = 0x8769, 0x8825  # further directories
_TAKEN, _COMMENT = 0x9003, 0x9286
_COMMENT_CODES = {b"ASCII\0\0\0": "utf-8", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp", bytes(8): "utf-8"}
_IPTC_TITLE, _IPTC_KEYWORDS, _IPTC_HEADLINE, _IPTC_CAPTION = (2, 5), (2, 25), (2, 105), (2, 120)
_PNG_NOTES = ("Description", "Comment", "Author")
_LONGEST = 5000  # characters of one note
_DATE = re.compile(r"([12]\d{3})[:/-](\d\d)[:/-](\d\d)[ T](\d\d:\d\d)")
# What cameras and programs write themselves says nothing of this picture.
_OF_THE_CAMERA = re.compile(
    r"(?:OLYMPUS|MINOLTA|SONY|KONICA|SAMSUNG|DCIM|Exif)[A-Z0-9 _]*(?:DIGITAL CAMERA|DSC|JPEG)?"
    r"|Created by OpenJPEG version [\d.]+|CREATOR: gd-jpeg.*|Created with (?:The )?GIMP"
)


@dataclass(frozen=True)
class Notes:
    """What is noted in a picture: its title or "", and the rest as lines."""

    title: str
    text: str


def notes_of(picture: Image) -> Notes:
    """Return what is noted in a picture; what cannot be understood of it is left out."""
    tags = _exif(picture)
    iptc, xmp = _iptc(picture), _xmp(picture)
    titles = [*tags.titles, *iptc.titles, *xmp.titles, *_texts(picture.info.get("Title"))]
    comments = [note for name in _PNG_NOTES for note in _texts(picture.info.get(name))]
    captions = [*tags.captions, *iptc.captions, *xmp.captions, *comments, *_texts(picture.info.get("comment"))]
    keywords = _distinct([*tags.keywords, *iptc.keywords, *xmp.keywords])
    words = _distinct([*titles, *captions])
    lines = [*words, *_line("Keywords", ", ".join(keywords)), *tags.facts]
    return Notes(next(iter(_distinct(titles)), ""), "\n".join(lines))


@dataclass(frozen=True)
class _Found:
    """What one of the ways of noting gives."""

    titles: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def _exif(picture: Image) -> _Found:
    exif = picture.getexif()
    camera, gps = exif.get_ifd(_CAMERA), exif.get_ifd(_GPS)
    model = _text(exif.get(_MODEL))
    make = _text(exif.get(_MAKE))
    whole = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return _Found(
        titles=tuple(_texts(exif.get(_XP_TITLE), _wide)),
        captions=(
            *_texts(exif.get(_DESCRIPTION)),
            *_texts(exif.get(_XP_SUBJECT), _wide),
            *_texts(exif.get(_XP_COMMENT), _wide),
            *_texts(camera.get(_COMMENT), _marked),
        ),
        keywords=tuple(key for keys in _texts(exif.get(_XP_KEYWORDS), _wide) for key in keys.split(";")),
        facts=(
            *_line("Taken", _date(_text(camera.get(_TAKEN)) or _text(exif.get(_CHANGED)))),
            *_line("By", _text(exif.get(_ARTIST))),
            *_line("Camera", whole.strip()),
            *_line("Place", _coordinates(gps)),
        ),
    )


def _iptc(picture: Image) -> _Found:
    from PIL.ImageFile import ImageFile
    from PIL.IptcImagePlugin import getiptcinfo

    if not isinstance(picture, ImageFile):
        return _Found()
    try:
        found = getiptcinfo(picture) or {}
    except (SyntaxError, ValueError, OSError, TypeError, LookupError):  # what Pillow raises on damaged notes
        return _Found()

    def values(*keys: tuple[int, int]) -> tuple[str, ...]:
        return tuple(text for key in keys for text in _texts(found.get(key)))

    return _Found(values(_IPTC_TITLE), values(_IPTC_HEADLINE, _IPTC_CAPTION), values(_IPTC_KEYWORDS))


def _xmp(picture: Image) -> _Found:
    data = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    try:
        root = parsed(data.encode() if isinstance(data, str) else bytes(data).strip(b"\0"))
    except (etree.XMLSyntaxError, ExtractionError, ValueError, TypeError):
        return _Found()
    titles = _items(root, "title")
    captions = (*_items(root, "Headline"), *_items(root, "description"))
    return _Found(titles, captions, _items(root, "subject"))


def _items(root: Element, name: str) -> tuple[str, ...]:
    """Return the texts of a property, which is an element with a list in it, or an attribute."""
    attributes = (attribute(element, name) for element in within(root, "Description"))
    items = (item for element in within(root, name) for item in (list(within(element, "li")) or [element]))
    return tuple(text for text in (*attributes, *("".join(item.itertext()) for item in items)) if text.strip())


def _text(value: Any) -> str:
    """Return a note as one line. Pillow takes text for Latin-1, which it seldom is."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return one_line(value[:_LONGEST])
    return one_line(decode(value[:_LONGEST].rstrip(b"\0"))) if isinstance(value, bytes) else ""


def _wide(value: Any) -> str:
    """Return a note of Windows, which is UTF-16."""
    raw = bytes(value) if isinstance(value, bytes | tuple) else b""
    return one_line(raw[: 2 * _LONGEST].decode("utf-16-le", "ignore").partition("\0")[0])


def _marked(value: Any) -> str:
    """Return a comment, before which its character set stands in eight bytes."""
    if not isinstance(value, bytes):
        return ""
    code = _COMMENT_CODES.get(value[:8])
    return one_line(value[8 : 2 * _LONGEST].decode(code, "ignore").strip("\0")) if code else ""


def _texts(value: Any, text_of: Callable[[Any], str] = _text) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        text = text_of(one)
        if text and not _OF_THE_CAMERA.fullmatch(text):
            yield text


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(one_line, texts))))


def _line(name: str, value: str) -> list[str]:
    return [f"{name}: {value}"] if value else []


def _date(value: str) -> str:
    found = _DATE.match(value)
    return "{}-{}-{} {}".format(*found.groups()) if found else ""


def _coordinates(gps: dict[int, Any]) -> str:
    """Return latitude and longitude in degrees, as maps take them."""
    north, east = _degrees(gps.get(2), 90), _degrees(gps.get(4), 180)
    if north is None or east is None or (north == 0 and east == 0):
        return ""
    return f"{-north if gps.get(1) == 'S' else north:.5f}, {-east if gps.get(3) == 'W' else east:.5f}"


def _degrees(value: Any, most: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    whole = degrees + minutes / 60 + seconds / 3600
    return whole if math.isfinite(whole) and 0 <= whole <= most else None
