"""The folded form of a text, in which what differs only in writing is the same."""

from __future__ import annotations

import functools
import re
import unicodedata

from bge_desktop.library.characters import JOINERS, LIGATURES, simplified

_VOICING = "\u3099\u309a"  # of kana: they make another letter, and are no accents
_ACCENTS = "".join(
    character
    for character in map(chr, (*range(0x300, 0x3100), *range(0xA000, 0xAC00), *range(0xFE20, 0xFE30)))
    if unicodedata.combining(character) and character not in _VOICING
)
_ACCENT = re.compile(f"[{_ACCENTS}{JOINERS}]+")
_SIGNS: dict[int, int | str] = {**str.maketrans("‐‑‒–−‘’“”", "-----''\"\""), **LIGATURES}
# What may change in more than its case. (An accent on a letter before it is part of the run, and taken away.)
_RUN = re.compile(r"[^\x00-\x7f]+")


# So short are quotes, dashes and letters with accents, which come again and again.
_SHORT = 8


def folded(text: str) -> str:
    """Return a text without differences of case, width, accents, Chinese script, and forms of quotes and dashes."""
    # run by run: of a text of English with some quotes in it, that takes less than half of the time
    return (text if text.isascii() else _RUN.sub(_folded_run, text)).lower()


def _folded_run(run: re.Match[str]) -> str:
    return _folded_short(run[0]) if len(run[0]) <= _SHORT else _folded(run[0])


def _folded(run: str) -> str:
    decomposed = unicodedata.normalize("NFKD", run).casefold()
    composed = unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))
    return simplified(composed.translate(_SIGNS))


_folded_short = functools.lru_cache(maxsize=10_000)(_folded)
