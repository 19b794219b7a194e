"""What one file may cost: the bytes that it unpacks to, its members, their depth, its text, and the time for them.

A file is small and a bomb: what it says of its own sizes counts for nothing, so everything that comes out of it is
counted here as it comes, on all levels of an archive in an archive together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase

from bge_desktop.errors import ExtractionError

CHUNK = 1 << 18
"""How many bytes are unpacked at a time, at most."""

_ALWAYS_FINE = 20 << 20  # bytes; below that no ratio is held against a file

_PICTURE_SECONDS = 60.0  # the densest page of a newspaper takes half of it

_BOMB = (
    "This file unpacks to hundreds of times its own size, as files do that are made to fill up a computer. It was not"
    " read. If you trust it, unpack it yourself to make its content searchable."
)


class SpentError(ExtractionError):
    """What a file may cost is used up. An archive keeps what it has by then; any other file is too large."""


class BombError(ExtractionError):
    """A file is made to exhaust whoever reads it. All of it is refused, with whatever holds it."""


class Allowance:
    """Counts what reading one file has cost.

    Args:
        packed: bytes of the file itself.
        unpacked: bytes that may come out of it.
        ratio: how many times its own size may come out of it, beyond the first 20 MB.
        members: how many files in it are read.
        depth: how deep archives, attachments and the like may be nested.
        characters: of text.
        seconds: after which no further member is begun.
        recognition: seconds for the print in pictures, which are counted apart; 0 leaves it unread.
        on_progress: called again and again while print is read, for whoever waits.

    Attributes:
        spent: why no more may be read, once that is so.
    """

    def __init__(
        self,
        packed: int,
        *,
        unpacked: int = 500 << 20,
        ratio: int = 500,
        members: int = 10_000,
        depth: int = 5,
        characters: int = 20_000_000,
        seconds: float = 40.0,
        recognition: float = 600.0,
        on_progress: Callable[[], None] = lambda: None,
    ) -> None:
        self._most_unpacked, self._most_by_ratio = unpacked, max(_ALWAYS_FINE, packed * ratio)
        self._most_members, self._most_depth, self._most_characters = members, depth, characters
        self._unpacked = self._members = self._depth = self._characters = 0
        self.spent: SpentError | None = None
        self._seconds, self._deadline = seconds, time.monotonic() + seconds
        self._recognition, self._on_progress = recognition, on_progress

    def unpack(self, size: int) -> None:
        """Count `size` bytes that a decompressor has given.

        Raises:
            BombError: so many bytes come of no honest file of this size.
            SpentError: too many bytes have been unpacked.
        """
        self._unpacked += size
        if self._unpacked > self._most_by_ratio:
            raise BombError("Unpacks without end", _BOMB)
        if self._unpacked > self._most_unpacked:
            raise self._spend(f"unpacks to more than {self._most_unpacked >> 20} MB")

    @contextmanager
    def member(self) -> Iterator[None]:
        """Count a member and go one level deeper, for as long as it is read.

        Raises:
            SpentError: there were too many members, or they took too long, or something else is spent.
            ExtractionError: it is nested too deep.
        """
        if self._depth >= self._most_depth:
            message = (
                f"It lies more than {self._most_depth} archives deep. Unpack the outer ones to make it searchable."
            )
            raise ExtractionError("Nested too deep", message)
        if self.spent:
            raise self.spent
        self._members += 1
        if self._members > self._most_members:
            raise self._spend(f"holds more than {self._most_members:,} files")
        self.check_time()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def check_time(self) -> None:
        """Look at the clock.

        Raises:
            SpentError: reading the file has taken too long for more of it to be read.
        """
        if time.monotonic() > self._deadline:
            raise self._spend(f"takes more than {self._seconds:g} seconds to read")

    @contextmanager
    def picture(self) -> Iterator[Callable[[], bool]]:
        """Count the time that the print in one picture takes; yield a function that tells whether to go on with it."""
        start = time.monotonic()
        end = start + min(self._recognition, _PICTURE_SECONDS)

        def goes_on() -> bool:
            self._on_progress()
            return time.monotonic() < end

        try:
            yield goes_on
        finally:
            taken = time.monotonic() - start
            self._recognition -= taken
            self._deadline += taken

    @property
    def characters(self) -> int:
        """How many characters of text were counted so far."""
        return self._characters

    @property
    def excess(self) -> int:
        """How many characters more were counted than are allowed."""
        return max(0, self._characters - self._most_characters)

    def text(self, characters: int) -> None:
        """Count characters of text.

        Raises:
            SpentError: it is too much. It is raised once: then an archive wraps up what it has.
        """
        self._characters += characters
        if self._characters > self._most_characters and not self.spent:
            raise self._spend(f"holds more than {self._most_characters // 1_000_000} million characters")

    def _spend(self, what: str) -> SpentError:
        message = f"This file {what}. Split or unpack it to make all of it searchable."
        self.spent = SpentError("Too large", message)
        return self.spent


class CountedStream(BufferedIOBase):
    """What a decompressing stream gives, counted as it comes. It is read by `read1` alone."""

    def __init__(self, stream: BufferedIOBase, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def read1(self, size: int = CHUNK) -> bytes:
        """Return the next bytes, at least one of them; b"" at the end.

        Raises:
            SpentError, BombError: it is too much.
            Exception: whatever the stream raises on damaged data.
        """
        chunk = self._stream.read1(min(size, CHUNK))
        self._allowance.unpack(len(chunk))
        return chunk


def read_all(stream: BufferedIOBase, allowance: Allowance) -> bytes:
    """Return all that a decompressing stream gives; it raises as `CountedStream.read1` does."""
    return b"".join(iter(CountedStream(stream, allowance).read1, b""))
