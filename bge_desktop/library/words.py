"""Analysis of text into the words that the full-text index holds, the same for documents and for queries.

All scripts: compatibility forms are folded and decomposed characters composed (NFKC), so that a text from macOS or
from a PDF (Kangxi radicals, half-width kana) has the words that a person types. Latin and other spaced scripts: case
and accents removed, ligatures taken apart, irregular plurals as their singulars, stemmed by Snowball's English
algorithm (Porter2). Han, kana and hangul: overlapping pairs of characters, since those scripts put no spaces between
words; the last character of a run stands alone as well, so that a prefix search for one character finds every place it
stands at. Traditional characters are taken for the simplified ones (OpenCC, character by character), so that either
finds both.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

import msgspec
import regex
import Stemmer

from bge_desktop.bge.script import CJK_CLASS, is_cjk
from bge_desktop.library.characters import JOINERS, LIGATURES, simplified
from bge_desktop.library.plurals import IRREGULAR_PLURALS

# Kept with the library: when the analysis changes, the full-text index is built anew.
ANALYSIS_VERSION = "3"

# What may follow a letter within a word: accents and vowel signs, but no variation selectors, which follow emoji.
_MARKS = "".join(
    character
    for character in map(chr, (*range(0x300, 0x3000), *range(0xA000, 0xAC00), *range(0xFE20, 0xFE30)))
    if unicodedata.category(character) in ("Mn", "Mc")
)
# Signs that stand for words: as in 90㎡, № 7, ㈱. Those of trade marks belong to no word.
_SIGNS = "".join(
    sign
    for sign in map(chr, (*range(0x2000, 0x3400), *range(0x1F100, 0x1F200)))
    if not sign.isalnum() and sign not in "™℠" and any(map(str.isalnum, unicodedata.normalize("NFKC", sign)))
)
_NO_JOINERS = dict.fromkeys(map(ord, JOINERS))
_FOLDS = {**LIGATURES, **_NO_JOINERS}
# A line break between two characters of a script without spaces is only where the line was full.
_RUN = re.compile(
    rf"([{CJK_CLASS}]++(?:(?:\n[ \t]*+|[{JOINERS}]++)[{CJK_CLASS}]++)*+)"
    rf"|((?:(?:[^\W_{CJK_CLASS}]|[{_SIGNS}])++[{_MARKS}{JOINERS}]*+)++)"
)
_HAN_IN_LINES = re.compile(f"[\u3400-\u4dbf\u4e00-\u9fff\n\t {JOINERS}]*")
_UNSEEN = re.compile(f"[\n\t {JOINERS}]")
_GRAPHEME = regex.compile(r"\X")
_stemmer = Stemmer.Stemmer("english", 0)  # in C: the one that is in Python takes thirty times as long


class Word(msgspec.Struct, frozen=True, gc=False):  # tens of thousands are kept: not for the garbage collector as well
    """An analysed word, and the characters of the text that it came from, `start` to `end`."""

    word: str
    start: int
    end: int


def analyse(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, with exact character offsets."""
    for run in _RUN.finditer(text):
        word = run.group()
        if word.isascii():
            yield Word(normalise(word), run.start(), run.end())
        elif _is_plain(word):
            yield from _words(word, run.start())
        else:
            yield from _words_of_other_form(word, run.start())


def analysed(text: str) -> str:
    """Return the words of a text with spaces between, as the full-text index takes them."""
    words: list[str] = []
    for cjk, spaced in _RUN.findall(text):  # as `analyse`, several times faster without the offsets
        if not _is_plain(cjk or spaced):
            words += [word.word for word in _words_of_other_form(cjk or spaced, 0)]
        elif cjk:
            words += _pairs(cjk)
        else:
            words.append(normalise(spaced))
    return " ".join(words)


@functools.lru_cache(maxsize=100_000)
def normalise(word: str) -> str:
    """Return the form under which a word of a spaced script is indexed."""
    folded = fold(word)
    return str(_stemmer.stemWord(IRREGULAR_PLURALS.get(folded, folded))) if folded.isascii() else folded


def fold(word: str) -> str:
    """Return a word without differences of case, width and accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word).casefold().translate(_FOLDS)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_plain(run: str) -> bool:
    """Whether the characters of a run are those that are indexed."""
    return _UNSEEN.search(run) is None and unicodedata.is_normalized("NFKC", run)


def _words(run: str, offset: int) -> Iterator[Word]:
    if not is_cjk(run):
        yield Word(normalise(run), offset, offset + len(run))
        return
    for start, pair in enumerate(_pairs(run), offset):
        yield Word(pair, start, start + len(pair))


def _pairs(run: str) -> list[str]:
    run = simplified(run)
    return [run[start : start + 2] for start in range(len(run))]


def _words_of_other_form(run: str, offset: int) -> Iterator[Word]:
    """Yield the words of a run that is broken by lines or not in NFKC; a word reaches over whole graphemes of it."""
    normal, origins = _composed(run)
    for part in _RUN.finditer(normal):
        for word in _words(part.group(), part.start()):
            yield Word(word.word, offset + origins[word.start][0], offset + origins[word.end - 1][1])


def _composed(run: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a run in NFKC without white space, and for each of its characters the range that it came from."""
    if _HAN_IN_LINES.fullmatch(run):  # each character by itself is in NFKC: several times faster
        kept = [(at, character) for at, character in enumerate(run) if not _UNSEEN.match(character)]
        return "".join(character for _, character in kept), [(at, at + 1) for at, _ in kept]
    normal, origins = "", []
    for grapheme in _GRAPHEME.finditer(run):
        composed = unicodedata.normalize("NFKC", grapheme.group()).strip().translate(_NO_JOINERS)
        normal += composed
        origins += [grapheme.span()] * len(composed)
    return normal, origins
