"""Messages that Outlook saved as `.msg`: OLE files whose streams are the properties of MAPI ([MS-OXMSG]).

Read with olefile: the headers, the plain text or the page, and the attachments.
"""

from __future__ import annotations

import codecs
import datetime as dt
import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, Part, as_member, assembled, one_line
from bge_desktop.extract.format import Member, Source
from bge_desktop.extract.html import read_html
from bge_desktop.extract.outline import as_label

# Property identifiers of [MS-OXPROPS], and the types of strings and bytes.
_SUBJECT, _BODY, _HTML = "0037", "1000", "1013"
_ADDRESSES = (("0C1A", "From"), ("0E04", "To"), ("0E03", "Cc"))
_SUBMITTED, _DELIVERED = 0x00390040, 0x0E060040
_NAME, _SHORT_NAME, _CONTENT = "3707", "3704", "3701"
_UNICODE, _BYTES, _BINARY = "001F", "001E", "0102"
_ATTACHMENT = "__attach_version1.0_"
_PROPERTIES = "__properties_version1.0"
_HEADER_OF_PROPERTIES = 32
_EPOCH_1601 = 11_644_473_600  # seconds from 1601, where Windows counts from, to 1970
_MOST_ATTACHMENTS = 500


def read_outlook_message(source: Source) -> Document:
    """Return a message and what is attached to it.

    Raises:
        OSError, struct.error, ValueError: it is damaged.
    """
    with olefile.OleFileIO(BytesIO(source.data)) as file:
        message = _Storage(file, ())
        attached = list(_attached(file))
        parts = [Part(_text(message, attached)), *_attachments(attached, source)]
        return assembled(parts, one_line(message.text(_SUBJECT)), "email")


def members(source: Source) -> Iterator[Member]:
    """Yield the attachments of a message."""
    with olefile.OleFileIO(BytesIO(source.data)) as file:
        for name, one in _attached(file):
            content = one.data(_CONTENT, _BINARY)
            if content is not None:
                yield Member(name, lambda content=content: BytesIO(content))  # type: ignore[misc]


class _Storage:
    """A folder of an OLE file: a message or an attachment."""

    def __init__(self, file: olefile.OleFileIO, folder: tuple[str, ...]) -> None:
        self._file = file
        self._folder = folder

    def text(self, identifier: str) -> str:
        """Return a property as text, or ""."""
        wide = self.data(identifier, _UNICODE)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").strip("\0")
        return decode(self.data(identifier, _BYTES) or b"").strip("\0")

    def data(self, identifier: str, kind: str) -> bytes | None:
        """Return the stream of a property, or None."""
        return self._stream(f"__substg1.0_{identifier}{kind}")

    def moment(self, tag: int) -> str:
        """Return a point in time as "2026-11-25 14:00 UTC", or ""."""
        properties = self._stream(_PROPERTIES) or b""
        for position in range(_HEADER_OF_PROPERTIES, len(properties) - 15, 16):
            found, _, ticks = struct.unpack_from("<IIQ", properties, position)
            if found == tag:
                return _utc(ticks / 10_000_000 - _EPOCH_1601)
        return ""

    def _stream(self, name: str) -> bytes | None:
        path = [*self._folder, name]
        return self._file.openstream(path).read() if self._file.exists(path) else None


def _attached(file: olefile.OleFileIO) -> Iterator[tuple[str, _Storage]]:
    """Yield the attachments and their names."""
    folders = {path[0] for path in file.listdir() if path[0].startswith(_ATTACHMENT) and len(path) > 1}
    for folder in sorted(folders)[:_MOST_ATTACHMENTS]:
        one = _Storage(file, (folder,))
        yield as_label((one.text(_NAME) or one.text(_SHORT_NAME) or "attachment").replace("/", "_")), one


def _text(message: _Storage, attached: list[tuple[str, _Storage]]) -> str:
    lines = [one_line(message.text(_SUBJECT))]
    lines += [f"{shown}: {one_line(value)}" for identifier, shown in _ADDRESSES if (value := message.text(identifier))]
    lines += [f"Date: {sent}" for sent in (message.moment(_SUBMITTED) or message.moment(_DELIVERED),) if sent]
    if attached:
        lines.append("Attachments: " + ", ".join(name for name, _ in attached))
    return "\n\n".join(filter(None, ("\n".join(filter(None, lines)), _body(message))))


def _body(message: _Storage) -> str:
    plain = message.text(_BODY).replace("\r\n", "\n").strip()
    if plain:
        return plain
    page = message.data(_HTML, _BINARY)
    if page is not None:
        return read_html(page).text
    return read_html(codecs.BOM_UTF8 + message.text(_HTML).encode("utf-8", "replace")).text


def _attachments(attached: list[tuple[str, _Storage]], source: Source) -> Iterator[Part]:
    for name, one in attached:
        content = one.data(_CONTENT, _BINARY)
        if content is None or source.allowance.spent is not None:
            continue
        yield as_member(source.read_member(name, content), name)


def _utc(seconds: float) -> str:
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (ValueError, OverflowError, OSError):
        return ""
