"""Analysis of text into the words that the full-text index holds, the same for documents and for queries.

Latin and other spaced scripts: compatibility forms folded (NFKC), case and accents removed, stemmed by Snowball's
English algorithm (Porter2). Han, kana and hangul: overlapping pairs of characters, since those scripts put no spaces
between words; the last character of a run stands alone as well, so that a prefix search for one character finds every
place it stands at.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import snowballstemmer
from sqlite_utils import Database

from bge_desktop.bge.script import CJK_CLASS

# Kept with the library: when the analysis changes, the full-text index is built anew.
ANALYSIS_VERSION = "1"

_RUN = re.compile(rf"([{CJK_CLASS}]+)|[^\W_{CJK_CLASS}]+")
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Word:
    """An analysed word, and the characters of the text that it came from, `start` to `end`."""

    word: str
    start: int
    end: int


def analyse(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, with exact character offsets."""
    for run in _RUN.finditer(text):
        if run.group(1):
            yield from _pairs(run.group(), run.start())
        else:
            yield Word(normalise(run.group()), run.start(), run.end())


def analysed(text: str) -> str:
    """Return the words of a text with spaces between, as the full-text index takes them."""
    return " ".join(word.word for word in analyse(text))


def add_words(db: Database, index: str, rowid: int, words: str) -> None:
    """Put analysed words into a full-text index under a row id that it does not hold."""
    db.execute(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", [rowid, words])


def remove_words(db: Database, index: str, rowid: int, words: str) -> None:
    """Take a row out of a full-text index; `words` must be what was put in, since the index does not keep it."""
    db.execute(f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', ?, ?)", [rowid, words])


@functools.lru_cache(maxsize=100_000)
def normalise(word: str) -> str:
    """Return the form under which a word of a spaced script is indexed."""
    folded = fold(word)
    return str(_stemmer.stemWord(folded)) if folded.isascii() else folded


def fold(word: str) -> str:
    """Return a word without differences of case, width and accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _pairs(run: str, offset: int) -> Iterator[Word]:
    for index in range(len(run) - 1):
        yield Word(run[index : index + 2], offset + index, offset + index + 2)
    yield Word(run[-1], offset + len(run) - 1, offset + len(run))
