"""Characters that are typed as others, or that nobody sees. It imports nothing heavy: the window needs it as well."""

from __future__ import annotations

import functools

from opencc import OpenCC

JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that nobody sees: where a word may be divided, or not. Within a word they are as good as not there."""
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"})
"""Letters that are typed as others where a keyboard lacks them, and that no normal form takes apart."""


def simplified(text: str) -> str:
    """Return a text with its traditional Chinese characters as simplified ones, each in its place."""
    return text.translate(_simpler_characters())


@functools.cache
def _simpler_characters() -> dict[int, str]:
    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    simpler = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, simpler, strict=True) if old != new and len(new) == 1}
