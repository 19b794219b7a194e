"""Plain text, source code, and whatever else is made of readable characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bge_desktop.extract.charset import decode, decode_exactly
from bge_desktop.extract.document import Document

# Nobody reads these: data in base64 or hexadecimal digits, in one run or in lines that are all full.
_RUN = re.compile(r"[\w+/=%-]{1000,}+", re.ASCII)
_FULL_LINES = re.compile(
    r"^(?:[A-Za-z0-9+/]{60,}={0,2}[ \t]*\n){8,}+(?:[A-Za-z0-9+/]{20,}={0,2}[ \t]*$)?", re.MULTILINE
)
# A picture or a font within the text itself (RFC 2397), however small.
_DATA_ADDRESS = re.compile(
    r"\bdata:(?:(?:[\w.+-]{1,40}/[\w.+-]{1,80})?(?:;[\w.+-]{1,40}=[^;,\s]{1,80}){0,4};base64,[\w+/=%-]*"
    r"|image/svg\+xml(?:;[\w=-]{1,40}){0,4},(?:[\w.~!*:@/;=&+$-]|%[0-9A-F]{2})*)",
    re.ASCII | re.IGNORECASE,
)
_LONG_LINE = 2_000


def read_text(data: bytes) -> Document:
    """Return the text as it is. It has no title of its own: the file's name is the best there is."""
    return Document(without_blobs(decode(data)), kind="text")


def without_blobs(text: str) -> str:
    """Return `text` with the runs of encoded data in it blanked; its lines stay where they are."""
    text = _DATA_ADDRESS.sub("", text)
    if len(text) < _LONG_LINE // 2:
        return text
    return _FULL_LINES.sub(lambda blob: "\n" * blob[0].count("\n"), _RUN.sub("", text))


def is_minified(source: str) -> bool:
    """Tell whether most of a source stands in lines that no person writes: it was packed for a machine."""
    packed = sum(len(line) for line in source.split("\n") if len(line) > _LONG_LINE)
    return packed * 2 > len(source)


def counted(data: bytes) -> str:
    """Return the text of `data` with the lines that an editor counts: a page break is no end of one."""
    return decode_exactly(data).replace("\r\n", "\n").replace("\r", "\n")


def numbered_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the number of each line, from 1, where it starts, and its text without the line end."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield number, start, line
        start += len(line) + 1
