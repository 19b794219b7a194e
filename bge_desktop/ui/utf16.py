"""Positions in a text as Qt counts them: in UTF-16 code units, of which characters beyond U+FFFF have two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from bge_desktop.messages import Span

_WIDE = re.compile("[\U00010000-\U0010ffff]")


def in_utf16(text: str) -> Callable[[Span], Span]:
    """Return what turns a range of characters of a text into one of code units."""
    wide = [match.start() for match in _WIDE.finditer(text)]
    if not wide:
        return lambda span: span
    return lambda span: Span(span.start + bisect_left(wide, span.start), span.end + bisect_left(wide, span.end))
