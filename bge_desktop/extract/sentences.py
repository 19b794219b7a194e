"""Where sentences end, in Chinese and in English, by rules alone.

Chinese marks end a sentence wherever they stand. A full stop, an exclamation mark or a question mark of the Latin
kind ends one only before white space (or between Chinese characters), and not after an abbreviation, an initial or
the number of a list item. A line end counts where the line was not simply full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from bge_desktop.extract.document import CJK

_CLOSING = "\"'”’»」』）)\\]】》〉"
# A mark that bears a combining character is part of a longer grapheme, which no cut may divide.
NOT_COMBINED = r"(?![\p{M}\p{GCB=Extend}\p{GCB=SpacingMark}\u200d])"
_BOUNDARY = regex.compile(rf"[.!?…。！？；｡]+[{_CLOSING}]*{NOT_COMBINED}|\n")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_ALWAYS = frozenset("。！？；｡")
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_FIRST_OF_SENTENCE = re.compile(r"\s+[^\sa-zàâäáãåæçèéêëìíîïñòóôõöøùúûüý.,;:!?)\]]")
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"'“‘])((?:[A-Za-z]\.)*[A-Za-z]{1,12}|\d{1,3})$")
_LOOK_BACK = 24
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "gen", "col", "capt", "lt", "sgt", "rev", "hon", "mt", "vs"}
    | {"e.g", "i.e", "eg", "ie", "cf", "viz", "approx", "ca", "al", "fig", "figs", "eq", "eqs", "sec", "ch", "vol"}
    | {"no", "nos", "pp", "p", "ed", "eds", "dept", "est", "inc", "ltd", "co", "corp", "bros", "ave", "rd", "blvd"}
    | {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu"}
    | {"fri", "sat", "sun", "tel", "ext", "max", "min", "nr", "bzw", "z.b", "u.s", "u.k", "a.m", "p.m"}
)
_LIST_MARK = re.compile(
    r"\s*(?:[-*+•◦▪■●○‣·–—#>|]|\(?\d{1,3}[.)、]|\(?[a-zA-Z][.)]\s|[（(][一二三四五六七八九十\d]|[一二三四五六七八九十]{1,3}、)"
)
_FULL_LINE = 0.7

Range = tuple[int, int]


def sentences(text: str) -> list[Range]:
    """Return the ranges of the sentences of `text`, in order, without white space around them.

    Together they hold every character that is not white space; an empty line always ends a sentence.
    """
    return [found for start, end in paragraphs(text, 0, len(text)) for found in sentences_in(text, start, end)]


def paragraphs(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the ranges between empty lines of `text[start:end]`, without white space around them."""
    for match in _PARAGRAPH.finditer(text, start, end):
        yield match.start(), match.start() + len(match[0].rstrip())


def sentences_in(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the ranges of the sentences in the paragraph `text[start:end]`."""
    widest = max(map(len, text[start:end].split("\n")))
    begin, line_start = start, start
    for match in _BOUNDARY.finditer(text, start, end):
        if match[0] == "\n":
            ends = _is_deliberate(text, line_start, match.start(), widest)
            line_start = match.end()
        else:
            ends = _ends_sentence(text, begin, match.start(), match.end())
        if ends:
            yield from trimmed(text, begin, match.end())
            begin = match.end()
    yield from trimmed(text, begin, end)


def trimmed(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the range without the white space around it, unless nothing is left."""
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(bare)


def _is_deliberate(text: str, line_start: int, line_end: int, widest: int) -> bool:
    """Tell whether a line ends because its author wanted it to: it was not full, or an item of a list follows."""
    return line_end - line_start < _FULL_LINE * widest or bool(_LIST_MARK.match(text, line_end + 1))


def _ends_sentence(text: str, begin: int, mark: int, after: int) -> bool:
    """Tell whether the marks `text[mark:after]` end the sentence that began at `begin`."""
    if not _ALWAYS.isdisjoint(text[mark:after]):
        return True
    before, following = text[mark - 1 : mark], text[after : after + 1]
    if _CJK_CHARACTER.match(following) and (text[mark] != "." or _CJK_CHARACTER.match(before)):
        return True
    if not _FIRST_OF_SENTENCE.match(text, after):
        return False
    return text[mark:after] != "." or not _is_abbreviation(text, begin, mark)


def _is_abbreviation(text: str, begin: int, mark: int) -> bool:
    """Tell whether the full stop at `mark` belongs to the word before it: "Dr.", "J.", or "1." at the beginning."""
    word = _LAST_WORD.search(text[max(begin, mark - _LOOK_BACK) : mark])
    if not word:
        return False
    if word[1].isdigit():
        return not text[begin : mark - len(word[1])].strip()
    return word[1].lower() in _ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper())
