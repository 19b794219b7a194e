"""What zip and OLE files hold, as far as it tells their format."""

from __future__ import annotations

import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import BombError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Office files begin with, and the shells around new ones that are encrypted."""
ZIP = b"PK\x03\x04"
"""What a zip file begins with that holds anything."""
PROTECTED = (
    "Protected by a password",
    "This document asks for a password. Save a copy without the password to make it searchable.",
)
"""Title and message for a document that is encrypted."""
DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
    *(ValueError, ArithmeticError, RuntimeError, OSError, EOFError),
)
"""What the libraries for archives raise on those that are damaged, or packed in a way that they do not know."""

_MEDIA_TYPE = re.compile(rb"""(?:ContentType\s*=\s*["']|\A)([\w.+-]{1,100}/[\w.+-]{1,200})""")
_TELLING = ("mimetype", "[Content_Types].xml")
_LONGEST_TELLING = 1 << 16
_LARGEST_DIRECTORY = 32 << 20  # bytes; some 300,000 members
_END = b"PK\x05\x06"
_END_LENGTH, _END64_LENGTH = 22, 56 + 20  # the record; in large files another and its locator before it
_LOCAL_LENGTH = 30  # of the header before a member, without its name
_LONGEST_COMMENT = 0xFFFF
_FEW_OVERLAPS = 8


def held_by(data: bytes) -> Callable[[str], bool]:
    """Return a function that tells whether a zip or OLE file holds a member or stream, or says it has a media type."""
    if data.startswith(OLE):
        return lambda name: name.encode("utf-16-le") in data
    try:
        return _names(data).__contains__
    except (ExtractionError, *DAMAGED):
        return lambda _name: False  # its ending decides


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return an open zip file; what it unpacks to is still to be counted.

    Raises:
        BombError: members share their bytes, which makes a small file unpack to terabytes.
        ExtractionError: it lists so many members that the list alone would fill the memory.
        zipfile.BadZipFile, ValueError, NotImplementedError, struct.error: it is damaged.
    """
    if len(data) > _LARGEST_DIRECTORY and _directory_size(data) > _LARGEST_DIRECTORY:
        message = "This archive lists hundreds of thousands of files. Unpack it to make them searchable."
        raise ExtractionError("Too many files", message)
    archive = zipfile.ZipFile(BytesIO(data))
    _refuse_overlaps(archive.infolist())
    return archive


def _refuse_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what Fifield describes in "A better zip bomb" (WOOT 2019): files that lie over each other.

    A few that do are no bomb, but what a flipped bit makes of an offset.
    """
    last_end = overlaps = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        overlaps += entry.header_offset < last_end
        last_end = entry.header_offset + _LOCAL_LENGTH + entry.compress_size
    if overlaps > _FEW_OVERLAPS:
        message = "The files in it lie over each other, as if made to fill up a computer. It was not read."
        raise BombError("Unpacks without end", message)
    if overlaps or any(entry.header_offset < 0 for entry in entries):
        raise zipfile.BadZipFile("a member that lies over another one, or before the start of the file")


def _directory_size(data: bytes) -> int:
    """Return the larger of the sizes that the two records at the end of a zip file give its list of members."""
    end = data.rfind(_END, max(0, len(data) - _END_LENGTH - _LONGEST_COMMENT))
    if end < _END64_LENGTH or end + _END_LENGTH > len(data):
        return 0
    (size,) = struct.unpack_from("<L", data, end + 12)
    if data[end - 20 : end - 16] == b"PK\x06\x07":
        size = max(size, *struct.unpack_from("<Q", data, end - _END64_LENGTH + 40))
    return int(size)


def _names(data: bytes) -> set[str]:
    with open_zip(data) as archive:
        names = set(archive.namelist())
        return names.union(*(_media_types(archive, name) for name in _TELLING if name in names))


def _media_types(archive: zipfile.ZipFile, name: str) -> set[str]:
    with archive.open(name) as stream:
        found: list[bytes] = _MEDIA_TYPE.findall(stream.read(_LONGEST_TELLING))
    return {media_type.decode("ascii", "replace") for media_type in found}
