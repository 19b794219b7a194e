"""Search by words: BM25 of passages, of whole documents and of names, from SQLite's full-text indexes."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.script import is_cjk
from bge_desktop.library.words import Word, analyse
from bge_desktop.search.stop_words import STOP_WORDS

# How soon a repeated word stops to count more: k1 of BM25 (Robertson and Zaragoza 2009, section 3.3), as FTS5 sets it.
_K1 = 1.2

# Words that stand everywhere reach nothing: FTS5 gives them a BM25 of about a millionth, which must stay small.
_LEAST_REACH = 0.1

# One letter is the beginning of everything.
_SHORTEST_BEGINNING = 2

# A query of ten thousand characters is somebody's paste: its first words tell what it is about.
_MOST_WORDS = 64


Corrections = Callable[[str], list[str]]


@dataclass(frozen=True)
class Hits:
    """Row ids [n] and their BM25 [n], positive, higher is better."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float64]


@dataclass(frozen=True)
class WordQuery:
    """The words of a query that the index is asked for, and the beginnings of words.

    A beginning is a last word that is still being typed, or a single Han character: the index holds those in pairs.
    Each has a weight, its inverse document frequency over the passages. `corrected` tells which words that no passage
    has were taken for others: as typed, and the others.
    """

    words: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @functools.cached_property
    def _looked_up(self) -> frozenset[str]:
        return frozenset(self.words)

    @property
    def reach(self) -> float:
        """The BM25 that a passage full of all the words comes near to, never 0."""
        others = {other for words in self.corrected.values() for other in words[1:]}  # of several, one is meant
        looked_for = {*self.words, *self.beginnings} - others
        return max(_LEAST_REACH, (_K1 + 1) * math.fsum(self.weights.get(own, 0.0) * _share(own) for own in looked_for))

    def weight(self, word: str) -> float:
        """Return how much a matching word of a text tells."""
        own = word if word in self.weights else next(filter(word.startswith, self.beginnings), "")
        # a word of most passages tells little, but more than nothing
        return 0.01 + self.weights.get(own, 0.0)

    @property
    def expression(self) -> str:
        """All of them joined by OR, as FTS5 takes it; "" for none."""
        return " OR ".join([*(f'"{word}"' for word in self.words), *(f'"{start}"*' for start in self.beginnings)])

    def match(self, word: Word) -> Word | None:
        """Return the part of an analysed word of a text that the query matches, None where it does not."""
        if word.word in self._looked_up:
            return word
        for start in self.beginnings:
            if word.word.startswith(start):
                return Word(start, word.start, word.start + 1) if _is_character(start) else word
        return None


def word_query(db: Database, text: str, passages: int, corrections: Corrections = lambda _: []) -> WordQuery:
    """Return what to ask the full-text indexes for.

    Words that tell nothing are left out where others remain: those that questions are made of, and those that stand in
    more than half of all passages, which BM25 gives no weight and which cost the most time. A word that is in no
    passage is taken for the beginning of one, if it is the last, or else for the nearest ones that there are.

    Args:
        db: the library's database.
        text: the text of the query.
        passages: how many passages the library has.
        corrections: returns the analysed words that a misspelt word may stand for.
    """
    typed = dict(_query_words(text)[:_MOST_WORDS])
    counts = {word: _passages_with(db, word) for word in typed}
    last = next(reversed(typed), "")
    beginnings = [word for word in typed if _is_character(word) or (word == last and _begins_one(db, word, counts))]
    whole = [word for word in typed if word not in beginnings]
    corrected = {typed[word]: tuple(corrections(typed[word])) for word in whole if not counts[word]}
    corrected = {word: others for word, others in corrected.items() if others}
    counts |= {other: _passages_with(db, other) for others in corrected.values() for other in others}
    telling = [word for word in whole if counts[word] <= passages / 2 and word not in STOP_WORDS]
    chosen = telling if telling or beginnings else whole
    chosen = list(dict.fromkeys([*chosen, *(other for others in corrected.values() for other in others)]))
    weights = {word: _weight(counts[word], passages) for word in (*chosen, *beginnings)}
    return WordQuery(tuple(chosen), tuple(beginnings), weights, corrected)


def passage_hits(db: Database, query: WordQuery) -> Hits:
    """Return the matching passages by id."""
    return _hits(db, "SELECT rowid, -bm25(passage_words) FROM passage_words WHERE words MATCH ?", query)


def document_hits(db: Database, query: WordQuery) -> Hits:
    """Return the matching documents by id."""
    return _hits(db, "SELECT rowid, -bm25(document_words) FROM document_words WHERE words MATCH ?", query)


def name_hits(db: Database, query: WordQuery) -> Hits:
    """Return the documents, by id, whose file's name or folder matches; a document once for each such file."""
    sql = (
        "SELECT document_id, -bm25(name_words) FROM name_words JOIN files ON files.id = name_words.rowid"
        " WHERE words MATCH ?"
    )
    return _hits(db, sql, query)


def _hits(db: Database, sql: str, query: WordQuery) -> Hits:
    rows = db.execute(sql, [query.expression]).fetchall() if query.expression else []
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    return Hits(ids, np.fromiter((row[1] for row in rows), np.float64, len(rows)))


def _passages_with(db: Database, word: str) -> int:
    """Return how many passages an analysed word stands in."""
    row = db.execute("SELECT doc FROM passage_vocabulary WHERE term = ?", [word]).fetchone()
    return int(row[0]) if row else 0


def _weight(holding: int, passages: int) -> float:
    """The inverse document frequency in BM25 (Robertson and Zaragoza 2009, section 3.1), never below 0."""
    return max(0.0, math.log((passages - holding + 0.5) / (holding + 0.5)))


def _share(word: str) -> float:
    """How much of a word this is: of a run of Han characters, about every other pair lies across two words."""
    return 0.5 if is_cjk(word[0]) else 1.0


def _begins_one(db: Database, word: str, counts: Mapping[str, int]) -> bool:
    """Whether a word that is in no passage is the beginning of one that is."""
    if counts[word] or len(word) < _SHORTEST_BEGINNING:
        return False
    sql = "SELECT 1 FROM passage_vocabulary WHERE term >= ? AND term < ? LIMIT 1"
    return db.execute(sql, [word, word + "\U0010ffff"]).fetchone() is not None


def _query_words(text: str) -> list[tuple[str, str]]:
    """Return the words of a query, analysed and as typed, less the last character of longer Han runs: pairs have it."""
    found: list[Word] = []
    for word in analyse(text):
        if not (found and word.start < found[-1].end and _is_character(word.word)):
            found.append(word)
    return [(word.word, text[word.start : word.end]) for word in found]


def _is_character(word: str) -> bool:
    return len(word) == 1 and is_cjk(word)
