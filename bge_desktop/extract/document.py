"""What a reader makes of a file: its text, and what is known of the text as a whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

CJK = "\u2e80-\u30ff\u3100-\u312f\u31c0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
"""Characters that are written without spaces between them, and their punctuation: a set for a regular expression."""

_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n|[\r\f\v]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Document:
    r"""The readable text of one file.

    Attributes:
        text: all of it, with `\n` between lines and an empty line between paragraphs; "" where there is none.
        title: the document's own title, or "".
        kind: "text", "markdown", "html", "pdf", "docx", or "other" for a file without text that we can read.
        page_starts: offset in `text` of the start of each page, the first is 0; empty where the format has no pages.
    """

    text: str
    title: str = ""
    kind: str = "text"
    page_starts: tuple[int, ...] = ()


def page_at(page_starts: Sequence[int], offset: int) -> int | None:
    """Return the 1-based number of the page that holds `offset`, or None where there are no pages."""
    return bisect_right(page_starts, offset) or None


def with_plain_newlines(text: str) -> str:
    r"""Return `text` with every kind of line and page break as `\n`."""
    return _NEWLINE.sub("\n", text)


def scrubbed(text: str) -> str:
    """Return `text` of the same length, storable everywhere: no control character but tab and newline, no surrogate."""
    return _LONE_SURROGATE.sub("\ufffd", _NOT_TEXT.sub(" ", text))


def one_line(text: str) -> str:
    """Return `text` as one line without white space around it, as for a title."""
    return _SPACES.sub(" ", text).strip()
