"""What a format is: a kind of document, how one knows its files, and the function that reads them.

Each module of this package that knows formats exports them as `FORMATS`; `formats` gathers and chooses. All those
modules are imported whenever a reader process starts, so they must be light: a library that only one format needs is
imported in the function that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Document

UNREAD = "unread"
"""The kind of a member that could not be read: it has no text, and its shortfall says why."""

ReadMember = Callable[[str, bytes], Document]


@dataclass(frozen=True)
class Source:
    """A file to be read, or a member of one.

    Attributes:
        name: its path; of a member, the name that its container gives it.
        data: its content.
        read_member: reads a file in this one, by its name and content, with the same formats and one level deeper.
            A member that fails costs only itself: its document is of the kind `UNREAD` and without text. The caller
            passes on the shortfalls of every member. It raises BombError and MemoryError only, which the caller lets
            pass.
        allowance: counts what the whole file costs. A reader that decompresses must count what comes out, and one
            of thousands of members should stop, and say so, once the allowance is `spent`.
    """

    name: str
    data: bytes
    read_member: ReadMember
    allowance: Allowance


Reader = Callable[[Source], Document]


@dataclass(frozen=True)
class Member:
    """A file in a file.

    Attributes:
        name: where it lies in its container, for a person, with "/" between folders: the label of its place.
        open: opens it, once, and only until the next member is asked for. It is read by `read1` alone, which counts
            what is unpacked, and may raise SpentError, BombError, and anything where the member is damaged.
        refusal: why it cannot be opened, or None.
        alone: whether it is all that its container holds, and its container just the form in which it is packed.
        ending: what to put behind its name in order to call a file so, where the name is not that of a file.
    """

    name: str
    open: Callable[[], BufferedIOBase]
    refusal: ExtractionError | None = None
    alone: bool = False
    ending: str = ""


Members = Callable[[Source], Iterator[Member]]


@dataclass(frozen=True)
class Format:
    """A format of files. The content decides first, by `starts` with `holds` and by `looks_like`; then the name does.

    Attributes:
        kind: what its documents are called in the filter `type:`; where formats are tried in turn, the first fits.
        read: reads a file of it. It may raise anything on a damaged one: `formats.extract` says it is damaged.
        endings: of names, in lower case: ".docx"; or whole names: "makefile".
        starts: the bytes that its files begin with, whichever of them.
        holds: of a zip or OLE file, any of what it holds: a member's or stream's name, or a media type that its
            `mimetype` or `[Content_Types].xml` tells. A format with `starts` and without `holds` takes the rest.
        looks_like: tells by the first 4,096 bytes. Asked of text only where `text` is True.
        text: whether its files are made of characters. Names decide only between formats of the same nature: a
            binary file is not Markdown whatever its name, nor is a text a photograph.
        members: the files in a file of it, where a person may want to open one apart; it may raise what `read` may.
        name_is_enough: whether it is no loss to know such a file by its name only where it is too large to be read.
    """

    kind: str
    read: Reader
    endings: tuple[str, ...] = ()
    starts: tuple[bytes, ...] = ()
    holds: tuple[str, ...] = ()
    looks_like: Callable[[bytes], bool] | None = None
    text: bool = False
    members: Members | None = None
    name_is_enough: bool = False


def from_bytes(read: Callable[[bytes], Document]) -> Reader:
    """Return a reader of sources made of one that needs the content only."""
    return lambda source: read(source.data)


def readable_head(head: bytes) -> str:
    """Return the start of a text for `looks_like`: its ASCII characters, whatever the character set."""
    return head.replace(b"\0", b"").decode("ascii", "ignore")
