"""The members of zip files: by the list at the end of the file, or, where that is cut off, one after the other."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import BufferedIOBase, BytesIO
from typing import Any, NamedTuple, cast

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import CHUNK, Allowance, CountedStream
from bge_desktop.extract.containers import DAMAGED, ZIP, open_zip
from bge_desktop.extract.format import Member, Source
from bge_desktop.extract.member_names import guess, readable, zip_names

_PASSWORD = ("Protected by a password", "Unpack this with its password to make it searchable.")

_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE.TXT, 4.3.7
_ENCRYPTED, _SIZE_FOLLOWS, _UTF8 = 0x1, 0x8, 0x800
_UNKNOWN_SIZE = 0xFFFFFFFF
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
_SALVAGED_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OTHER_METHOD = (
    "Unknown packing",
    "This is packed in a way that cannot be read here. Unpack it to make it searchable.",
)


def zip_members(source: Source) -> Iterator[Member]:
    """Yield the files in a zip file.

    Raises:
        BombError: members share their bytes, which makes a small file unpack to terabytes.
        ExtractionError: it is cut off; raised after what is there has been yielded.
    """
    try:
        archive = open_zip(source.data)
    except DAMAGED:
        yield from _salvaged(source)
        message = "The end of this archive is missing or damaged. What could be read of it can be found."
        raise ExtractionError("Incomplete archive", message) from None
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_link(entry)]
        for entry, name in zip(entries, zip_names(entries), strict=True):
            refusal = _refusal(entry.flag_bits, entry.compress_type, _METHODS)
            yield Member(name, partial(_opened, archive, entry, source.allowance), refusal)


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> BufferedIOBase:
    return CountedStream(cast("BufferedIOBase", archive.open(entry)), allowance)


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _refusal(flags: int, method: int, methods: frozenset[int]) -> ExtractionError | None:
    if flags & _ENCRYPTED:
        return ExtractionError(*_PASSWORD)
    return None if method in methods else ExtractionError(*_OTHER_METHOD)


class _LocalHeader(NamedTuple):
    """What stands before the content of a member."""

    flags: int
    method: int
    packed: int
    start: int
    name: str


def _salvaged(source: Source) -> Iterator[Member]:
    """Yield the members whose headers follow each other from the start of a damaged zip file."""
    data = source.data
    position = data.find(ZIP)
    while position >= 0 and position + _LOCAL.size <= len(data):
        header = _header(data, position)
        is_sized = header.packed != _UNKNOWN_SIZE and not (header.flags & _SIZE_FOLLOWS and not header.packed)
        after = header.start + header.packed if is_sized else header.start
        position = data.find(ZIP, after)
        end = after if is_sized else position if position >= 0 else len(data)
        if header.name and not header.name.endswith("/"):
            packed = data[header.start : end]
            refusal = _refusal(header.flags, header.method, _SALVAGED_METHODS)
            yield Member(readable(header.name), partial(_inflated, packed, header.method, source.allowance), refusal)


def _header(data: bytes, position: int) -> _LocalHeader:
    fields: tuple[Any, ...] = _LOCAL.unpack_from(data, position)
    _, _, flags, method, _, _, _, packed, _, name_length, extra_length = fields
    name_start = position + _LOCAL.size
    raw = data[name_start : name_start + name_length]
    name = raw.decode("utf-8", "replace") if flags & _UTF8 else guess([raw])[0]
    return _LocalHeader(flags, method, packed, name_start + name_length + extra_length, name)


def _inflated(packed: bytes, method: int, allowance: Allowance) -> BufferedIOBase:
    return CountedStream(_Inflating(packed) if method == zipfile.ZIP_DEFLATED else BytesIO(packed), allowance)


class _Inflating(BufferedIOBase):
    """Reads a deflated stream as far as it goes; what follows its end is not looked at."""

    def __init__(self, packed: bytes) -> None:
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._packed = BytesIO(packed)

    def read1(self, size: int = CHUNK) -> bytes:
        """Return the next bytes; b"" at the end.

        Raises:
            EOFError: the stream is cut off.
            zlib.error: it is damaged.
        """
        piece = b""
        while not piece and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._packed.read(CHUNK)
            piece = self._inflate.decompress(packed, size)
            if not packed and not piece:
                raise EOFError("a deflated stream is cut off")
        return piece
