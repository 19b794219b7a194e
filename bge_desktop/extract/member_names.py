"""What the members of archives are called.

A zip file that says nothing of its character set is, by its specification, in code page 437. In truth it is in that
of the system it was made on: the names of a Chinese zip file then read as box drawings and Greek letters.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import one_line

_UTF8_FLAG = 0x800  # APPNOTE.TXT, 4.4.4, bit 11
_UNICODE_PATH = 0x7075  # APPNOTE.TXT, 4.6.9: version, CRC-32 of the name that it stands for, name in UTF-8
_CONTROL = bytes(range(0x20)) + b"\x7f"
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST = 250  # characters of a name, its end being the most telling
_HOLLOW = frozenset({"", ".", ".."})


def zip_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the names of the members of one archive; those in an unknown character set are guessed together."""
    raw = [_bytes_of_name(entry) for entry in entries]
    guessed = iter(guess([name for name in raw if isinstance(name, bytes)]))
    return [readable(name if isinstance(name, str) else next(guessed)) for name in raw]


def guess(names: Sequence[bytes]) -> list[str]:
    """Return names in one unknown character set as text. What is no language that we know is in code page 437."""
    lines = [name.translate(bytes.maketrans(_CONTROL, b"_" * len(_CONTROL))) for name in names]
    together = b"\n".join(lines)
    text = decode(together)
    if text == together.decode("cp1252", "replace"):
        text = together.decode("cp437")
    return text.split("\n") if names else []


def tar_name(name: str) -> str:
    """Return a name that tarfile took for UTF-8, whatever it is in."""
    if name.isascii():
        return readable(name)
    return readable(decode(name.encode("utf-8", "surrogateescape").translate(None, _CONTROL)))


def readable(name: str) -> str:
    """Return a name for a person: on one line, "/" between folders, and nothing that leads out of the archive."""
    parts = _NOT_SHOWN.sub("\ufffd", name).replace("\\", "/").split("/")
    return "/".join(one_line(part) for part in parts if part.strip() not in _HOLLOW)[-_LONGEST:]


def _bytes_of_name(entry: zipfile.ZipInfo) -> bytes | str:
    """Return the name as text where its character set is certain, else as it stands in the archive."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    raw = entry.orig_filename.encode("cp437", "replace")
    for kind, value in _extra_fields(entry.extra):
        if kind == _UNICODE_PATH and value[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return value[5:].decode("utf-8", "replace")
    return entry.filename if raw.isascii() else raw


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        yield kind, extra[4 : 4 + length]
        extra = extra[4 + length :]
