"""The write-ahead log of a database whose process was killed: whether all of it is there."""

from __future__ import annotations

import itertools
import os
import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from sqlite_utils import Database

# https://www.sqlite.org/fileformat2.html#walformat: big-endian words
_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_PAGE_SIZES = [1 << bits for bits in range(9, 17)]
_SIZE_IN_DATABASE = slice(16, 18)  # where in its header a database says how large its pages are
_WORD = 1 << 32


class _Frame(NamedTuple):
    """A frame; `start` is where in the log its page begins, `head` what its checksum covers besides the page."""

    number: int
    is_commit: bool
    salts: tuple[int, ...]
    checksum: tuple[int, ...]
    head: bytes
    start: int


def committed_frames(database: str) -> int:
    """Return up to which frame the log of a database holds what was committed, going by the frames themselves.

    The last one counts only if it is whole: its process may have been killed between writing its head and its page.

    Raises:
        OSError: the log is not there or cannot be read.
    """
    with open(f"{database}-wal", "rb") as file:
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return 0
        words = _HEADER.unpack(header)
        page_size = words[2] if words[2] in _PAGE_SIZES else _page_size(database)
        frames = _own_frames(_frames(file, page_size), words[4:6])
        checksums = [words[6:8], *(frame.checksum for frame in frames)]
        if frames and not _is_whole(file, frames[-1], page_size, checksums[-2]):
            frames.pop()
    return max((frame.number for frame in frames if frame.is_commit), default=0)


def recovered_frames(db: Database) -> int:
    """Return up to which frame SQLite has taken a log to be whole, when it opened the database."""
    [(_, frames, _)] = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    return max(int(frames), 0)


def _page_size(database: str) -> int:
    with open(database, "rb") as file:
        [size] = struct.unpack(">H", file.read(_SIZE_IN_DATABASE.stop)[_SIZE_IN_DATABASE])
    return int(size) if size in _PAGE_SIZES else _PAGE_SIZES[-1]  # which does not fit in two bytes


def _frames(file: BinaryIO, page_size: int) -> Iterator[_Frame]:
    for number in itertools.count(1):
        found = file.read(_FRAME.size)
        if len(found) < _FRAME.size:
            return
        words = _FRAME.unpack(found)
        yield _Frame(number, bool(words[1]), words[2:4], words[4:6], found[:8], file.tell())
        file.seek(page_size, os.SEEK_CUR)


def _own_frames(frames: Iterator[_Frame], salts: tuple[int, ...]) -> list[_Frame]:
    """Return the frames that belong together; those behind them are older, and stand in the database."""
    first = next(frames, None)
    if first is None or salts[0] == (first.salts[0] + 1) % _WORD:  # begun anew: no frame follows the new header yet
        return []
    # where the header is spoilt, the first frame tells
    return [frame for frame in itertools.chain([first], frames) if frame.salts in (salts, first.salts)]


def _is_whole(file: BinaryIO, frame: _Frame, page_size: int, before: tuple[int, ...]) -> bool:
    """Whether a frame has its checksum, which continues the one `before`."""
    file.seek(frame.start)
    content = frame.head + file.read(page_size)
    if len(content) < len(frame.head) + page_size:
        return False
    orders = (struct.unpack(f"{order}{len(content) // 4}I", content) for order in "<>")
    return any(_checksum(words, before) == frame.checksum for words in orders)


def _checksum(words: Sequence[int], before: tuple[int, ...]) -> tuple[int, int]:
    first, second = before
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) % _WORD
        second = (second + odd + first) % _WORD
    return first, second
