"""The members of tar files, and of what is packed as one stream: gzip, bzip2, xz and Zstandard.

All of it is read from front to back and once: nothing is unpacked whole, neither in memory nor on disk.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BufferedIOBase, BufferedReader, BytesIO, RawIOBase
from typing import cast

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import CHUNK, Allowance, CountedStream
from bge_desktop.extract.containers import DAMAGED
from bge_desktop.extract.format import Member, Source
from bge_desktop.extract.member_names import readable, tar_name

_BLOCK = tarfile.BLOCKSIZE
_LARGEST_ENTRY = 8 << 30  # bytes; tarfile passes over a member block by block, also where there are none
ENDINGS = (".gz", ".bz2", ".xz", ".zst")
"""Of files that are packed as one stream."""

_HOLES = ("Stored with holes", "This is stored with holes in it, not in full. Unpack it to make it searchable.")
_INCOMPLETE = ("Incomplete archive", "The rest of this archive is missing or damaged. What could be read can be found.")
Opener = Callable[[bytes], BufferedIOBase]


def is_tar(head: bytes) -> bool:
    """Tell by the first header of a file, which carries a checksum, whether it is a tar file."""
    if len(head) < _BLOCK or b"\0" not in head[:_BLOCK]:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except DAMAGED:
        return False
    return True


def tar_members(source: Source) -> Iterator[Member]:
    """Yield the files in a tar file.

    Raises:
        ExtractionError: it is cut off or damaged; raised after what is there has been yielded.
        SpentError: reading took too long.
    """
    yield from _in_tar(BytesIO(source.data), source.allowance)
    if len(source.data) % _BLOCK or source.data[-_BLOCK:].strip(b"\0"):  # what tarfile takes for an end, and is none
        raise ExtractionError(*_INCOMPLETE)


def packed_members(source: Source, opened: Opener) -> Iterator[Member]:
    """Yield the one file that is packed in a file; or, where that is a tar file, the files in it.

    Raises:
        ExtractionError: it is cut off or damaged; raised after what is there has been yielded.
        SpentError, BombError: it unpacks to too much.
    """
    raw = _UpToDamage(CountedStream(opened(source.data), source.allowance))
    stream = BufferedReader(raw, CHUNK)
    if is_tar(stream.peek(_BLOCK)):
        yield from _in_tar(stream, source.allowance)
    else:
        yield Member(_inner_name(source.name), lambda: stream, alone=True)
    if raw.damage is not None:
        raise ExtractionError(*_INCOMPLETE) from raw.damage


def _inner_name(name: str) -> str:
    """Return what a packed file is called when it is unpacked: report.txt for report.txt.gz."""
    stem, ending = os.path.splitext(os.path.basename(name))
    return readable(stem if ending.lower() in ENDINGS else stem + ending)


def _in_tar(stream: BufferedIOBase, allowance: Allowance) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=stream, mode="r|", errors="surrogateescape") as archive:
            for entry in archive:
                archive.members = []  # type: ignore[attr-defined]  # it would keep all of them
                allowance.check_time()
                if entry.size > _LARGEST_ENTRY:
                    raise ExtractionError(*_INCOMPLETE)
                if entry.isreg():
                    yield Member(tar_name(entry.name), partial(_extracted, archive, entry), _refusal(entry))
    except DAMAGED as error:
        raise ExtractionError(*_INCOMPLETE) from error


def _refusal(entry: tarfile.TarInfo) -> ExtractionError | None:
    return ExtractionError(*_HOLES) if entry.issparse() else None


def _extracted(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> BufferedIOBase:
    stream = archive.extractfile(entry)
    assert stream is not None
    return cast("BufferedIOBase", stream)


class _UpToDamage(RawIOBase):
    """A stream that ends where its data is damaged, and remembers why."""

    def __init__(self, stream: CountedStream) -> None:
        self._stream = stream
        self.damage: Exception | None = None

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the start of `buffer`, and return how many bytes."""
        try:
            chunk = b"" if self.damage else self._stream.read1(len(buffer))
        except DAMAGED as error:
            self.damage, chunk = error, b""
        buffer[: len(chunk)] = chunk
        return len(chunk)
