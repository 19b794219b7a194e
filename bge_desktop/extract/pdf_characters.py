"""The characters of a page of a PDF, as a person would type them."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

import pypdfium2
import pypdfium2.raw as pdfium

_HYPHEN_AT_LINE_END = 2
_SURROGATES = range(0xD800, 0xE000)
_FIRST_OF_PAIR, _SECOND_OF_PAIR = range(0xD800, 0xDC00), range(0xDC00, 0xE000)

# Fonts made by word processors map Han glyphs to the look-alike radicals, and print ligatures for letters: neither
# would be found by someone who types the word.
_LOOK_ALIKES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FE0), *range(0xFB00, 0xFB07))
}


def codes_of(textpage: pypdfium2.PdfTextPage, most: int = sys.maxsize) -> list[int]:
    """Return what stands on a page in the order of reading, so many codes at most: of UTF-16, and some of pdfium's."""
    return [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(min(most, textpage.count_chars()))]


def characters(codes: Sequence[int]) -> list[str]:
    """Return the text that each code stands for; a word that was divided at the end of a line is whole again.

    Of a pair of surrogates, the first stands for both.
    """
    found = [_character(code, after) for code, after in zip_longest(codes, codes[1:], fillvalue=0)]
    if any(code in _SURROGATES for code in codes):
        _join_pairs(codes, found)
    return found


def _character(code: int, following: int) -> str:
    if code == _HYPHEN_AT_LINE_END:
        return "" if _as_text(following).islower() else "-"
    return _as_text(code)


def _as_text(code: int) -> str:
    return _LOOK_ALIKES.get(code) or (chr(code) if 0 < code <= sys.maxunicode else "")


def _join_pairs(codes: Sequence[int], found: list[str]) -> None:
    for index, code in enumerate(codes):
        if code in _FIRST_OF_PAIR and codes[index + 1 : index + 2] and codes[index + 1] in _SECOND_OF_PAIR:
            pair = chr(code) + chr(codes[index + 1])
            found[index : index + 2] = pair.encode("utf-16", "surrogatepass").decode("utf-16"), ""
        elif code in _SURROGATES and found[index]:
            found[index] = "\ufffd"
