"""The print on pictures in documents: screenshots that were pasted, pages that were scanned."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from urllib.parse import unquote_to_bytes

from bge_desktop.extract.allowance import SpentError
from bge_desktop.extract.containers import DAMAGED
from bge_desktop.extract.document import PART_BREAK, Document, Part, as_member, assembled
from bge_desktop.extract.format import Source
from bge_desktop.extract.packages import Package
from bge_desktop.extract.shortfalls import IN_PART, Shortfall

LABEL = "pictures"
"""The label of the place where pictures are that have none of their own."""

_MOST_PICTURES = 200
_SMALLEST, _LARGEST = 500, 20 << 20  # bytes; below are bullets and lines, above drawings of a map
_SECONDS = 300.0
_DATA_ADDRESS = re.compile(rb"data:image/(?:png|jpe?g|gif|webp|bmp|tiff);base64,([\w+/=%\s]+)", re.IGNORECASE)
_LEFT_OUT = Shortfall(IN_PART, "Not all of its pictures were read: there are many of them, and it would take too long.")


class EmbeddedPictures:
    """Reads the pictures of one document, each once, until there were too many of them.

    Args:
        package: the document; None for one that holds no parts.
        source: of the document.
    """

    def __init__(self, package: Package | None, source: Source) -> None:
        self._package, self._source = package, source
        self._known: set[str | bytes] = set()
        self._count = 0
        self._deadline = time.monotonic() + _SECONDS
        self._shortfalls: list[Shortfall] = []

    def text(self, names: Iterable[str]) -> str:
        """Return what is written on the parts of these names; "" for those that were read before.

        Raises:
            BombError: they unpack to too much.
            MemoryError: there is not enough memory.
        """
        return PART_BREAK.join(dict.fromkeys(filter(None, map(self._text, names))))

    def part(self, names: Iterable[str] = ()) -> Part:
        """Return these as the last part of a document, with what could not be read of all its pictures."""
        return Part(self.text(names), LABEL, shortfalls=tuple(dict.fromkeys(self._shortfalls)))

    def inline(self, encoded: str | bytes) -> str:
        """Return what is written on a picture that stands in the document in base64; it raises as `text` does."""
        return self._read("picture", len(encoded) * 3 // 4, partial(base64.b64decode, encoded))

    def _text(self, name: str) -> str:
        if self._package is None or name in self._known or name not in self._package:
            return ""
        self._known.add(name)
        return self._read(name, self._package.size(name), partial(self._package.read, name))

    def _read(self, name: str, size: int, load: Callable[[], bytes]) -> str:
        if not _SMALLEST <= size <= _LARGEST:
            return ""
        if self._count >= _MOST_PICTURES or time.monotonic() > self._deadline:
            self._shortfalls.append(_LEFT_OUT)
            return ""
        label = posixpath.basename(name)
        try:
            data = load()
        except SpentError:
            self._shortfalls.append(_LEFT_OUT)
            return ""
        except DAMAGED:
            self._shortfalls.append(Shortfall(IN_PART, "Pictures in it are damaged.", label))
            return ""
        digest = hashlib.blake2b(data, digest_size=16).digest()
        if digest in self._known:
            return ""
        self._known.add(digest)
        self._count += 1
        picture = self._source.read_member(name, data)
        self._shortfalls += (replace(own, label=label) for own in picture.shortfalls)
        return picture.text if picture.kind == "image" else ""


def with_inline_pictures(document: Document, source: Source) -> Document:
    """Return a document with what is written on the pictures that its source holds as `data:` addresses."""
    found = _DATA_ADDRESS.finditer(source.data)
    pictures = EmbeddedPictures(None, source)
    texts = dict.fromkeys(filter(None, (pictures.inline(unquote_to_bytes(address[1])) for address in found)))
    last = replace(pictures.part(), text=PART_BREAK.join(texts))
    if not last.text and not last.shortfalls:
        return document
    return assembled([as_member(document, ""), last], document.title, document.kind)
