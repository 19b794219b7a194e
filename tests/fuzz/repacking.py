"""Breaking what is packed, not the packing: a member is unpacked, changed, and packed again with right checksums."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

Change = Callable[[bytes], bytes]

_STREAMS: dict[bytes, tuple[Change, Change]] = {
    b"\x1f\x8b\x08": (gzip.decompress, lambda data: gzip.compress(data, mtime=0)),
    b"BZh": (bz2.decompress, bz2.compress),
    b"\xfd7zXZ\0": (lzma.decompress, lzma.compress),
}


def repacked(data: bytes, change: Change, random: Random) -> bytes | None:
    """Return a packed file with one of its members changed; None where it is none, or cannot be unpacked.

    Args:
        data: a file.
        change: makes the new content of a member of the old one.
        random: decides which member.
    """
    for mark, (unpack, pack) in _STREAMS.items():
        if data.startswith(mark):
            return pack(change(unpack(data)))
    return _zip(data, change, random) if data.startswith(b"PK\x03\x04") else None


def _zip(data: bytes, change: Change, random: Random) -> bytes | None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if not entries or any(entry.flag_bits & 1 for entry in entries):
            return None
        chosen = random.choice(entries)
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as new:
            for entry in entries:
                content = archive.read(entry)
                new.writestr(entry, change(content) if entry is chosen else content)
    return stream.getvalue()
