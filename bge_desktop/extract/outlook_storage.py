"""What the items that Outlook saves are made of: the properties of MAPI as streams of an OLE file ([MS-OXMSG])."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator

import olefile

from bge_desktop.extract.charset import decode

UNICODE, BYTES, BINARY, OBJECT = "001F", "001E", "0102", "000D"
"""Types of properties: two of text, and those of bytes and of an item within."""

_PROPERTIES = "__properties_version1.0"
_PROPERTY = struct.Struct("<IIQ")
_NUMBER, _MOMENT = 0x0003, 0x0040
_NAMES = ("__nameid_version1.0", "__substg1.0_00030102")
_NAME = struct.Struct("<IHH")
_FIRST_NAMED = 0x8000
_EPOCH_1601 = 11_644_473_600  # seconds from 1601, where Windows counts from, to 1970


class Storage:
    """A folder of an OLE file: an item, or one of its attachments or recipients.

    Args:
        file: the OLE file.
        path: of the folder in it.
        header: how many bytes stand before its properties of fixed length.
    """

    def __init__(self, file: olefile.OleFileIO, path: tuple[str, ...] = (), header: int = 32) -> None:
        self._file, self._path, self._header = file, path, header

    def text(self, identifier: str) -> str:
        """Return a property as text, or ""."""
        wide = self.data(identifier, UNICODE)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").strip("\0")
        return decode(self.data(identifier, BYTES) or b"").strip("\0")

    def data(self, identifier: str, kind: str) -> bytes | None:
        """Return the stream of a property, or None."""
        return self._stream(*self._path, f"__substg1.0_{identifier}{kind}")

    def number(self, identifier: str) -> int | None:
        """Return a property that is a number, or None."""
        value = self._fixed(identifier, _NUMBER)
        return None if value is None else value & 0xFFFFFFFF

    def moment(self, identifier: str) -> str:
        """Return a point in time as "2026-11-25 14:00 UTC", or ""."""
        ticks = self._fixed(identifier, _MOMENT)
        return "" if ticks is None else _utc(ticks / 10_000_000 - _EPOCH_1601)

    def within(self, start: str, most: int) -> Iterator[Storage]:
        """Yield the first `most` folders in this one whose names begin so, in the order of their names."""
        depth = len(self._path)
        paths = (path for path in self._file.listdir() if tuple(path[:depth]) == self._path and len(path) > depth + 1)
        for name in sorted({path[depth] for path in paths if path[depth].startswith(start)})[:most]:
            yield Storage(self._file, (*self._path, name), header=8)

    def item(self, identifier: str) -> Storage | None:
        """Return the item that is a property of this folder, or None."""
        path = (*self._path, f"__substg1.0_{identifier}{OBJECT}")
        return Storage(self._file, path, header=24) if self._file.exists(list(path)) else None

    def named(self) -> dict[int, str]:
        """Return the identifiers that this file gives to the properties which Outlook knows by numbers of its own."""
        entries = self._stream(*_NAMES) or b""
        whole = entries[: len(entries) // _NAME.size * _NAME.size]
        return {
            number: f"{_FIRST_NAMED + index:04X}" for number, kind, index in _NAME.iter_unpack(whole) if not kind & 1
        }

    def _fixed(self, identifier: str, kind: int) -> int | None:
        properties = self._stream(*self._path, _PROPERTIES) or b""
        for position in range(self._header, len(properties) - _PROPERTY.size + 1, _PROPERTY.size):
            tag, _, value = _PROPERTY.unpack_from(properties, position)
            if tag == int(identifier, 16) << 16 | kind:
                return int(value)
        return None

    def _stream(self, *path: str) -> bytes | None:
        return self._file.openstream(list(path)).read() if self._file.exists(list(path)) else None


def _utc(seconds: float) -> str:
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (ValueError, OverflowError, OSError):
        return ""
