"""Archives: each file in them is read as if it lay in a folder of that name.

What is left out of folders, by its name or by an ignore file, is left out of archives too. Archives that are programs
(.jar, .apk, .whl) and those that no free library reads (.7z, .rar) are found by their names only.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BufferedIOBase, BytesIO

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import BombError, SpentError
from bge_desktop.extract.common import NOTHING
from bge_desktop.extract.containers import DAMAGED, ZIP
from bge_desktop.extract.conversion import OLD_FORMATS
from bge_desktop.extract.document import PART_BREAK, Document, Part, Place, as_member, assembled
from bge_desktop.extract.format import UNREAD, Format, Member, Members, Reader, Source
from bge_desktop.extract.shortfalls import Shortfall

LARGEST_MEMBER = 200 << 20
"""Bytes of a member that is read: the limit for files, too."""

_TOO_LARGE = ("Too large", f"This is larger than {LARGEST_MEMBER >> 20} MB. Unpack and split it to make it searchable.")
_DAMAGED = ("Damaged file", "This could not be unpacked. Make or download the archive anew.")
_IN_PART = Shortfall("Incomplete", "Only the beginning of this could be read: the rest is missing or damaged.")


def archive_reader(members: Members) -> Reader:
    """Return a reader of archives, made of a function that yields their members."""
    return lambda source: _read(source, members)


def content(member: Member) -> tuple[bytes, bool]:
    """Return the content of a member, and whether that is all of it.

    Raises:
        ExtractionError: there is none to be had: it is encrypted, damaged or too large.
        SpentError, BombError: it is too much.
    """
    if member.refusal is not None:
        raise member.refusal
    chunks: list[bytes] = []
    try:
        chunks.extend(_chunks(member))  # what has come stays where the next piece fails
    except DAMAGED as error:
        if not chunks:
            raise ExtractionError(*_DAMAGED) from error
        return b"".join(chunks), False
    return b"".join(chunks), True


def _chunks(member: Member) -> Iterator[bytes]:
    size = 0
    with member.open() as stream:
        while chunk := stream.read1():
            size += len(chunk)
            if size > LARGEST_MEMBER:
                raise ExtractionError(*_TOO_LARGE)
            yield chunk


def _read(source: Source, members: Members) -> Document:
    """Read what can be read of an archive.

    Raises:
        ExtractionError: nothing in it can be read, for this reason.
        BombError: it is made to do harm.
    """
    contents = _Contents(source)
    try:
        for member in members(source):
            contents.add(member)
    except BombError:
        raise
    except ExtractionError as error:  # of the rest of the archive
        contents.fail("", Shortfall.of(error))
    return contents.document()


class _Contents:
    """What has been read of an archive."""

    def __init__(self, source: Source) -> None:
        from bge_desktop.extract.ignore_files import IgnoreFiles

        self._source = source
        self._ignore_files = IgnoreFiles()
        # each by the name of its member
        self._parts: dict[str, Part] = {}
        self._without_text: dict[str, None] = {}
        self._unread: dict[str, tuple[Shortfall, ...]] = {}
        self._failure: Shortfall | None = None
        self._holds_any = False
        self._only: Document | None = None

    def add(self, member: Member) -> None:
        """Read a member. Of several of one name, the last is what the archive holds, as whatever unpacks it has it.

        Raises:
            SpentError, BombError: no more may be read.
        """
        if self._ignore_files.is_one(member.name):
            self._heed(member)
        if _is_left_out(member.name) or self._ignore_files.leaves_out(member.name):
            return
        for known in (self._parts, self._without_text, self._unread):
            known.pop(member.name, None)
        self._source.allowance.text(len(member.name) + len(PART_BREAK))
        try:
            data, is_whole = content(member)
        except (SpentError, BombError):
            raise
        except ExtractionError as error:
            self._without_text[member.name] = None
            self.fail(member.name, Shortfall.of(error))
            return
        if not is_whole:
            self._note(member.name, _IN_PART)
        self._take(member, self._source.read_member(member.name, data))

    def _heed(self, member: Member) -> None:
        with contextlib.suppress(ExtractionError):  # what it names is then found
            self._ignore_files.add(member.name, content(member)[0])

    def fail(self, name: str, reason: Shortfall) -> None:
        """Note why a member, or with the name "" the rest of the archive, could not be read."""
        self._failure = self._failure or reason
        self._note(name, reason)

    def document(self) -> Document:
        """Return all of it: the members' texts, and the names of those without.

        Raises:
            ExtractionError: nothing could be read.
        """
        if self._failure is not None and not self._holds_any:
            raise ExtractionError(self._failure.title, self._failure.message)
        # ignore files may come after what they leave out
        kept = {name for known in (self._parts, self._without_text, self._unread) for name in known}
        kept = {name for name in kept if not self._ignore_files.leaves_out(name)}
        parts = [part for name, part in self._parts.items() if name in kept]
        parts.append(_listing([name for name in self._without_text if name in kept]))
        parts += (Part("", name, shortfalls=reasons) for name, reasons in self._unread.items() if name in kept)
        if self._only is not None:
            return assembled(parts, self._only.title, self._only.kind)
        return assembled(parts, kind="archive")

    def _take(self, member: Member, document: Document) -> None:
        if document.kind == UNREAD:
            self._without_text[member.name] = None
            reason = document.shortfalls[0]
            self._holds_any = self._holds_any or reason.title in OLD_FORMATS  # it is whole, and would be read alone
            self.fail(member.name, reason)
        else:
            self._holds_any = True
            self._keep(member, document)
        if self._source.allowance.spent is not None:
            raise self._source.allowance.spent

    def _keep(self, member: Member, document: Document) -> None:
        if member.alone:
            self._only = document
            self._parts[member.name] = as_member(document, member.name)
        elif document.text:
            self._parts[member.name] = _under_name(member.name, document)
        else:
            self._without_text[member.name] = None
            self._parts[member.name] = as_member(document, member.name)

    def _note(self, name: str, reason: Shortfall) -> None:
        self._unread[name] = (*self._unread.get(name, ()), reason)


def _is_left_out(name: str) -> bool:
    from bge_desktop.watch.default_names import DEFAULT_NAMES

    return DEFAULT_NAMES.leaves_out(name.replace("/", os.sep), is_folder=False)


def _under_name(name: str, document: Document) -> Part:
    """Return a member with its name as a heading, which belongs to the first place of its text."""
    heading = f"{name}{PART_BREAK}"
    places = tuple(replace(place, start=place.start + len(heading) if place.start else 0) for place in document.places)
    return as_member(replace(document, text=heading + document.text, places=places), name)


def _listing(names: list[str]) -> Part:
    """Return the members that are found by their names, a line each."""
    places, start = [], 0
    for name in names:
        places.append(Place(start, name, divides=False))
        start += len(name) + 1
    return Part("\n".join(names), places=tuple(places))


def _zip_members(source: Source) -> Iterator[Member]:
    from bge_desktop.extract.zip_members import zip_members

    return zip_members(source)


def _tar_members(source: Source) -> Iterator[Member]:
    from bge_desktop.extract.tar_members import tar_members

    return tar_members(source)


def _is_tar(head: bytes) -> bool:
    from bge_desktop.extract.tar_members import is_tar

    return is_tar(head)


def _gzip(data: bytes) -> BufferedIOBase:
    from gzip import GzipFile

    return GzipFile(fileobj=BytesIO(data))


def _bzip2(data: bytes) -> BufferedIOBase:
    from bz2 import BZ2File

    return BZ2File(BytesIO(data))


def _xz(data: bytes) -> BufferedIOBase:
    from lzma import LZMAFile

    return LZMAFile(BytesIO(data))


def _zstandard(data: bytes) -> BufferedIOBase:
    from bge_desktop.extract.zstandard_file import ZstandardFile

    return ZstandardFile(data)


def _packed(opened: Callable[[bytes], BufferedIOBase]) -> Members:
    def members(source: Source) -> Iterator[Member]:
        from bge_desktop.extract.tar_members import packed_members

        return packed_members(source, opened)

    return members


def _archive(members: Members, endings: tuple[str, ...], starts: tuple[bytes, ...]) -> Format:
    return Format("archive", archive_reader(members), endings, starts, members=members)


_PROGRAMS = (".jar", ".war", ".ear", ".apk", ".aab", ".ipa", ".whl", ".xpi", ".crx", ".vsix", ".nupkg", ".oxt")
_OF_PROGRAMS = ("META-INF/MANIFEST.MF", "AndroidManifest.xml")

FORMATS = (
    Format("other", NOTHING.read, _PROGRAMS, (ZIP,), _OF_PROGRAMS, name_is_enough=True),
    _archive(_zip_members, (".zip",), (ZIP, b"PK\x05\x06")),
    _archive(_packed(_gzip), (".gz", ".tgz"), (b"\x1f\x8b\x08",)),
    _archive(_packed(_bzip2), (".bz2", ".tbz2"), (b"BZh",)),
    _archive(_packed(_xz), (".xz", ".txz"), (b"\xfd7zXZ\0",)),
    _archive(_packed(_zstandard), (".zst", ".tzst"), (b"\x28\xb5\x2f\xfd",)),
    Format("archive", archive_reader(_tar_members), (".tar",), looks_like=_is_tar, members=_tar_members),
    Format("other", NOTHING.read, (".7z", ".rar"), (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"), name_is_enough=True),
)
