"""Which format a file has, and what a failure to read it is called. Every error of a parser passes through `extract`.

To add a format, export it as one of the `FORMATS` of a module, and name the module here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bge_desktop.errors import ExtractionError
from bge_desktop.extract import archives, common, ocr, office, picture_formats, recordings, text_formats
from bge_desktop.extract.allowance import Allowance, BombError, SpentError
from bge_desktop.extract.charset import beginning, is_binary
from bge_desktop.extract.common import NOTHING, TEXT
from bge_desktop.extract.containers import held_by
from bge_desktop.extract.document import Document, cut, scrubbed
from bge_desktop.extract.format import UNREAD, Format, Source
from bge_desktop.extract.shortfalls import Shortfall

# Where two formats fit, the first is taken: what is special stands before what is general.
FORMATS: tuple[Format, ...] = (
    *office.FORMATS,
    *picture_formats.FORMATS,
    *recordings.FORMATS,
    *archives.FORMATS,  # before what may have something before its mark, as a PDF has: the first member of a tar file
    *common.FORMATS,
    *text_formats.FORMATS,
)

_HEAD = 4096
_LONGEST_SOURCE = 30_000_000  # characters of a text with its marks: more than without them are kept of it
_CUT_SOURCE = Shortfall(
    "Too large",
    f"Only the first {_LONGEST_SOURCE // 1_000_000} million characters of this were read. Split it to make all of it"
    " searchable.",
)


def extract(path: str, data: bytes, on_progress: Callable[[], None] = lambda: None) -> Document:
    """Return what can be read in a file; a Document of kind "other" where nothing can.

    Args:
        path: its name, which decides only where the content does not.
        data: its content.
        on_progress: called again and again while the print in pictures is recognised, which may take minutes.

    Raises:
        ExtractionError: it is damaged, incomplete, protected, or in an old format, in words for a person.
        MemoryError: there is not enough memory.
    """
    try:
        document = Reading(Allowance(len(data), on_progress=on_progress)).read(path, data)
    except ExtractionError as error:
        error.path = path
        raise
    places = tuple(replace(place, label=scrubbed(place.label)) if place.label else place for place in document.places)
    return replace(document, text=scrubbed(document.text), title=scrubbed(document.title), places=places)


def may_hold_text(path: str, head: bytes) -> bool:
    """Tell from the first bytes of a file that is too large to be read whether that is a loss."""
    return not format_of(path, head).name_is_enough


def kind_named(path: str) -> str:
    """Return the kind that a file's name promises, whatever the file holds; "other" where it promises none."""
    return next((format_.kind for format_ in FORMATS if _has_name(format_, path)), NOTHING.kind)


def format_of(path: str, data: bytes) -> Format:
    """Return the format of a file: by how it begins and what it holds, by how it looks, and only then by its name."""
    starting = [format_ for format_ in FORMATS if format_.starts and data.startswith(format_.starts)]
    if starting:
        return _among(starting, path, data)
    is_text = not is_binary(data)
    head = data[:_HEAD]
    fitting = [format_ for format_ in FORMATS if is_text or not format_.text]
    looking = next((format_ for format_ in fitting if format_.looks_like and format_.looks_like(head)), None)
    return looking or _by_name(FORMATS, path, is_text) or (TEXT if is_text else NOTHING)


def _among(starting: Sequence[Format], path: str, data: bytes) -> Format:
    """Choose among formats that begin alike: by what the file holds, by its name, or what takes the rest."""
    if any(format_.holds for format_ in starting):
        holds = held_by(data)
        held = next((format_ for format_ in starting if any(map(holds, format_.holds))), None)
        if held:
            return held
    named = next((format_ for format_ in starting if _has_name(format_, path)), None)
    return named or next((format_ for format_ in starting if not format_.holds), NOTHING)


def _by_name(formats: Sequence[Format], path: str, is_text: bool) -> Format | None:
    name = os.path.basename(path).lower()
    alike = [format_ for format_ in formats if format_.text == is_text]
    whole = next((format_ for format_ in alike if name in format_.endings), None)  # CMakeLists.txt is no plain text
    return whole or next((format_ for format_ in alike if _has_name(format_, path)), None)


def _has_name(format_: Format, path: str) -> bool:
    name = os.path.basename(path).lower()
    return name in format_.endings or os.path.splitext(name)[1] in format_.endings


@contextmanager
def failing_in_plain_words() -> Iterator[None]:
    """Have whatever a parser raises on a damaged file be an ExtractionError; a MemoryError stays one."""
    try:
        yield
    except (ExtractionError, MemoryError):
        raise
    except RecursionError as error:
        message = "This file nests its parts deeper than anybody writes them. Save it in a simpler form."
        raise ExtractionError("Nested too deep", message) from error
    except Exception as error:  # on hostile input a parser raises what it likes
        message = "This file is damaged or incomplete. Open it in the program that made it and save it again."
        raise ExtractionError("Damaged file", message) from error


@dataclass(frozen=True)
class Reading:
    """The reading of one file and of all that it holds."""

    allowance: Allowance

    def read(self, name: str, data: bytes) -> Document:
        """Read the file itself or a member of it, and count its text.

        Raises:
            ExtractionError: it cannot be read.
            MemoryError: there is not enough memory.
        """
        with failing_in_plain_words():
            format_ = format_of(name, data)
            if format_.kind != "image":
                ocr.forget()  # what comes next may need the memory
            return self._read_as(format_, name, data)

    def _read_as(self, format_: Format, name: str, data: bytes) -> Document:
        """Read a file of a format; of a text that is far too long, the beginning. What holds members is read whole."""
        head = beginning(data, _LONGEST_SOURCE) if format_.text and format_.members is None else data
        counted = self.allowance.characters
        document = format_.read(self.source(name, head))
        inside = self.allowance.characters - counted
        try:
            self.allowance.text(max(0, len(document.text) - inside))
        except SpentError as error:
            return cut(document, len(document.text) - self.allowance.excess, Shortfall.of(error))
        if len(head) < len(data) and not document.shortfalls:
            return replace(document, shortfalls=(*document.shortfalls, _CUT_SOURCE))
        return document

    def source(self, name: str, data: bytes) -> Source:
        """Return what a format is given of a file or member."""
        return Source(name, data, self.read_member, self.allowance)

    def read_member(self, name: str, data: bytes) -> Document:
        """Read a member, as `Source.read_member` describes."""
        try:
            with self.allowance.member():
                return self.read(name, data)
        except BombError:
            raise
        except ExtractionError as error:
            return Document("", kind=UNREAD, shortfalls=(Shortfall.of(error),))
