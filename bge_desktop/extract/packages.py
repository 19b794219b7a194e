"""Documents that are zip files: Office Open XML, OpenDocument, EPUB. Only the parts that are asked for are unpacked."""

from __future__ import annotations

import zipfile
from io import BufferedIOBase
from typing import cast

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import CHUNK, Allowance, CountedStream, read_all
from bge_desktop.extract.containers import PROTECTED, open_zip
from bge_desktop.extract.format import Source
from bge_desktop.extract.xml_trees import Element, parsed

_ENCRYPTED = 0x1


class PartStream:
    """One part of a package, unpacked and counted as it is read."""

    def __init__(self, stream: BufferedIOBase, allowance: Allowance) -> None:
        self._counted = CountedStream(stream, allowance)

    def read(self, size: int = CHUNK) -> bytes:
        """Return at most `size` bytes; b"" at the end.

        Raises:
            SpentError, BombError: the package unpacks to too much.
            zipfile.BadZipFile, zlib.error, EOFError: it is damaged.
        """
        return self._counted.read1(size)


class Package:
    """A zip file whose members are the parts of one document, found by their names in any case.

    Raises:
        ExtractionError: it is made to do harm.
        zipfile.BadZipFile, ValueError: it is damaged.
    """

    def __init__(self, source: Source) -> None:
        self._allowance = source.allowance
        self._archive = open_zip(source.data)
        self._entries = {_folded(entry.filename): entry for entry in reversed(self._archive.infolist())}

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._entries

    def open(self, name: str) -> PartStream:
        """Open a part.

        Raises:
            KeyError: there is no such part.
            ExtractionError: it is encrypted.
            zipfile.BadZipFile, NotImplementedError: it is damaged.
        """
        return PartStream(self._opened(name), self._allowance)

    def read(self, name: str) -> bytes:
        """Return the content of a part; it raises what `open` and reading do."""
        return read_all(self._opened(name), self._allowance)

    def size(self, name: str) -> int:
        """Return how many bytes a part says it unpacks to; KeyError where there is no such part."""
        return self._entries[_folded(name)].file_size

    def tree(self, name: str) -> Element:
        """Return the root of a part that is XML; it raises what `read` and `xml_trees.parsed` do."""
        return parsed(self.read(name))

    def _opened(self, name: str) -> BufferedIOBase:
        entry: zipfile.ZipInfo = self._entries[_folded(name)]
        if entry.flag_bits & _ENCRYPTED:
            raise ExtractionError(*PROTECTED)
        return cast("BufferedIOBase", self._archive.open(entry))


def _folded(name: str) -> str:
    """Return a part's name as it is compared: some programs write backslashes, or other case than they refer to."""
    return name.replace("\\", "/").lstrip("/").lower()
