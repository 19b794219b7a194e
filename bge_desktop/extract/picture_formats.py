"""Which formats pictures and drawings have, and how they are known.

All of Pillow's are read but those that need another program (EPS, WMF), that are no pictures of pages or screens (FITS
and other data of instruments, textures of games, film), or that nobody has written for decades.
"""

from __future__ import annotations

import re

from bge_desktop.extract.document import Document
from bge_desktop.extract.format import Format, Source, from_bytes, readable_head

_TIFF = (b"II*\0", b"MM\0*")
_GAP = rb"(?:\s|#[^\r\n]{0,1000}[\r\n])"
_BITMAP = rb"P[%b][\r\n]" + _GAP + rb"*\d{1,6}" + _GAP + rb"+\d{1,6}\s"
_MARKS = (
    rb"RIFF.{4}WEBP",
    rb"(?:BM.{4}\x00{4}|\(\x00{3}.{8}\x01\x00[\x01\x04\x08\x10\x18\x20]\x00)",  # with and without the header of a file
    rb"\x00\x00[\x02\x03\x0a\x0b]\x00{5}.{4}(?!\x00\x00)..(?!\x00\x00)..[\x08\x0f\x10\x18\x20][\x00-\x3f]",  # TGA
    rb".{4}ftypavi[fs]",
    rb"(?:\x00{3}\x0cjP  \r\n|\xff\x4f\xff\x51)",  # JPEG 2000
    rb"(?:\n[\x00\x02\x03\x05]\x01[\x01\x02\x04\x08]|\xb1\x68\xde\x3a)",  # PCX, and many in one: DCX
    rb"(?:\x00\x00\x01\x00[^\x00]\x00.{3}\x00|icns\x00)",
    rb"8BPS\x00\x01",
    rb"qoif.{8}[\x03\x04][\x00\x01]",
    rb"(?:\x01\xda[\x00\x01][\x01\x02]|\x59\xa6\x6a\x95)",  # of Silicon Graphics, of Sun
    rb"DDS \x7c\x00{3}",
    _BITMAP % b"456",
    _BITMAP % b"123" + rb"(?:[\d\s]|#[^\r\n]{0,1000}(?:[\r\n]|\Z))*\Z",  # the same, written in digits
)
_MARKED = re.compile(b"|".join(_MARKS), re.DOTALL)
_PAM = re.compile(rb"P7" + _GAP + rb"+(?:WIDTH|HEIGHT|DEPTH|MAXVAL|TUPLTYPE)\s")
_IN_C = re.compile(rb"\s*(?:/\* XPM \*/|#define \w+_width \d+\s+#define \w+_height \d)")
_SVG_HEAD = 1024
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_RAW_ENDINGS = (".dng", ".nef", ".cr2", ".arw", ".pef", ".orf", ".rw2", ".raf", ".cr3", ".nrw", ".srw")
_ENDINGS = (
    *(".webp", ".bmp", ".dib", ".avif", ".avifs", ".jp2", ".j2k", ".j2c", ".jpf", ".jpx", ".psd", ".qoi", ".dds"),
    *(".ppm", ".pgm", ".pbm", ".pnm", ".pcx", ".dcx", ".tga", ".vda", ".vst", ".icb", ".ico", ".icns"),
    *(".sgi", ".rgb", ".rgba", ".bw", ".ras"),
)
_NAMED_ENDINGS = (
    *(".heic", ".heif", ".jxl", ".psb", ".xcf", ".kra", ".cur", ".wmf", ".emf", ".pcd", ".fits", ".fit", ".fts"),
    *(".fli", ".flc", ".exr", ".hdr", ".djvu", ".djv"),
)


def _read_image(source: Source) -> Document:
    from bge_desktop.extract.images import read_image

    return read_image(source)


def _read_pam(source: Source) -> Document:
    from bge_desktop.extract.images import read_pam

    return read_pam(source)


def _read_svg(data: bytes) -> Document:
    from bge_desktop.extract.svg import read_svg

    return read_svg(data)


def _found_by_name(_data: bytes) -> Document:
    return Document("", kind="image")


_NAME_ONLY = from_bytes(_found_by_name)

FORMATS = (
    Format("image", _read_image, endings=(".tif", ".tiff"), starts=_TIFF),
    Format("image", _NAME_ONLY, endings=_RAW_ENDINGS, starts=_TIFF, name_is_enough=True),
    Format(
        "image",
        _read_image,
        endings=(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".apng"),
        starts=(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"),
        name_is_enough=True,
    ),
    Format(
        "image",
        _read_image,
        endings=_ENDINGS,
        looks_like=lambda head: _MARKED.match(head) is not None,
        name_is_enough=True,
    ),
    Format(
        "image",
        _read_pam,
        endings=(".pam",),
        looks_like=lambda head: _PAM.match(head) is not None,
        name_is_enough=True,
    ),
    Format(
        "image",
        _read_image,
        endings=(".xbm", ".xpm"),
        looks_like=lambda head: _IN_C.match(head) is not None,
        text=True,
        name_is_enough=True,
    ),
    # No library under a permissive licence decodes HEIC; the others show drawings, the sky, or many pictures.
    Format(
        "image",
        _NAME_ONLY,
        endings=_NAMED_ENDINGS,
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
