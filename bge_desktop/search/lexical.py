"""Search by words: what to look for of a query, and BM25 of the passages and of the whole documents."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from bge_desktop.bge.script import CJK_CLASS, is_cjk
from bge_desktop.library.library import Library
from bge_desktop.library.words import Word, analyse, normalise
from bge_desktop.search import bm25
from bge_desktop.search.bm25 import K1, TextHits
from bge_desktop.search.stop_words import STOP_WORDS

# Words that stand everywhere reach nothing: FTS5 gives them a BM25 of about a millionth, which must stay small.
_LEAST_REACH = 0.1

# One letter is the beginning of everything. A word of the library may be the beginning of another one ("straw") where
# nothing else was typed yet; to look for both in longer queries made them worse (nDCG@10 by words 0.746, then 0.724).
_SHORTEST_BEGINNING, _SHORTEST_ALONE = 2, 4

# A query of ten thousand characters is somebody's paste: its first words tell what it is about.
_MOST_WORDS = 64
# So is one of many unknown words, or a text in another language: each would take some milliseconds.
_MOST_CORRECTED = 6
_LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|\d+")


Corrections = Callable[[str], list[str]]


@dataclass(frozen=True)
class WordQuery:
    """The words of a query that the index is asked for, and the beginnings of words.

    A beginning is a last word that is still being typed, or a single Han character: the index holds those in pairs.
    Each has a weight, its inverse document frequency over the passages. `corrected` tells which words that no passage
    has were taken for others: as typed, and the others as they stand in the library, the likeliest first. Of those,
    `alternatives` are the analysed words besides the likeliest.
    """

    words: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alternatives: frozenset[str] = frozenset()

    @functools.cached_property
    def _looked_up(self) -> frozenset[str]:
        return frozenset(self.words)

    @property
    def reach(self) -> float:
        """The BM25 that a passage full of all the words comes near to, never 0."""
        return self.reach_by(self.weights)

    def reach_by(self, weights: Mapping[str, float]) -> float:
        """The same where the words have other weights, as in other texts."""
        looked_for = {*self.words, *self.beginnings} - self.alternatives  # of several, one is meant
        return max(_LEAST_REACH, (K1 + 1) * math.fsum(weights.get(own, 0.0) * _share(own) for own in looked_for))

    def weight(self, word: str) -> float:
        """Return how much a matching word of a text tells."""
        own = word if word in self.weights else next(filter(word.startswith, self.beginnings), "")
        # a word of most passages tells little, but more than nothing
        return 0.01 + self.weights.get(own, 0.0)

    def put_right(self, text: str) -> str:
        """Return the text of the query with the likeliest words for those that were corrected."""
        for typed, (likeliest, *_) in self.corrected.items():
            alone = rf"(?<![^\W_{CJK_CLASS}]){re.escape(typed)}(?![^\W_{CJK_CLASS}])"  # not within another word
            text = re.sub(alone, likeliest, text)  # words hold nothing that means something in a replacement
        return text

    @property
    def expressions(self) -> dict[str, str]:
        """Each of them, as FTS5 takes it."""
        return {**{word: f'"{word}"' for word in self.words}, **{start: f'"{start}"*' for start in self.beginnings}}

    @property
    def expression(self) -> str:
        """All of them joined by OR, as FTS5 takes it; "" for none."""
        return " OR ".join(self.expressions.values())

    def matches(self, words: Iterable[Word]) -> list[Word]:
        """Return the parts of analysed words of a text that the query matches, in their order."""
        looked_up, beginnings = self._looked_up, self.beginnings
        found = [word for word in words if word.word in looked_up or word.word.startswith(beginnings)]
        return [self._part(word) for word in found] if beginnings else found

    def _part(self, word: Word) -> Word:
        """Return the part of a word that the query matches, which it does."""
        start = "" if word.word in self._looked_up else next(filter(word.word.startswith, self.beginnings))
        return Word(start, word.start, word.start + 1) if _is_character(start) else word


def word_query(library: Library, text: str, corrections: Corrections = lambda _: []) -> WordQuery:
    """Return what to ask the full-text indexes for.

    Words that tell nothing are left out where others remain: those that questions are made of, and those that stand in
    more than half of all passages, which BM25 gives no weight and which cost the most time. A word that is in no
    passage is taken for the beginning of one, if it is the last, or else for the nearest ones that there are; one that
    is may be the beginning of another as well, if it is the only one.

    Args:
        library: where the words are looked for.
        text: the text of the query.
        corrections: returns the analysed words that a misspelt word may stand for.
    """
    typed, passages = dict(_query_words(text)[:_MOST_WORDS]), library.catalogue.passage_count
    counts = {word: _stands_in(library, word) for word in typed}
    beginnings = _beginnings(library.db, counts)
    whole = [word for word in typed if word not in beginnings or (counts[word] and not _is_character(word))]
    unknown = {word for word in whole if not counts[word] and not _is_in_a_name(library.db, word)}
    others = _others(library, {word: typed[word] for word in whole}, unknown, corrections)
    # what stands nowhere, and was taken for something else, finds nothing; to miss it must not count against the rest
    whole = [word for word in whole if word not in unknown or not any(typed[word] in own.split() for own in others)]
    found = list(dict.fromkeys(word for options in others.values() for option in options for word in option.split()))
    counts |= {word: _passages_with(library, word) for word in found}
    telling = [word for word in whole if counts[word] <= passages / 2 and word not in STOP_WORDS]
    chosen = list(dict.fromkeys([*(telling if telling or beginnings else whole), *found]))
    counts |= {word: _passages_with(library, word) for word in chosen if word in STOP_WORDS}
    weights = {word: inverse_frequency(counts[word], passages) for word in (*chosen, *beginnings)}
    corrected = {own: tuple(_as_it_stands(library.db, option) for option in options) for own, options in others.items()}
    likeliest = {word for first, *_ in others.values() for word in first.split()}
    return WordQuery(tuple(chosen), tuple(beginnings), weights, corrected, frozenset(found) - likeliest)


def text_hits(library: Library, query: WordQuery) -> TextHits:
    """Return the matching passages and documents."""
    return bm25.text_hits(library.occurrences, library.catalogue, query.words, query.beginnings)


def _passages_with(library: Library, word: str) -> int:
    """Return how many passages an analysed word stands in."""
    return len(library.occurrences.of(word, tells=word not in STOP_WORDS).passages)


def _stands_in(library: Library, word: str) -> int:
    """Return how many passages an analysed word stands in; of one that tells nothing by itself, whether in any (1)."""
    if word not in STOP_WORDS:
        return _passages_with(library, word)
    # to read all of its occurrences would take long, and it is hardly ever looked for
    sql = "SELECT 1 FROM passage_words WHERE words MATCH ? LIMIT 1"
    return int(library.db.execute(sql, [f'"{word}"']).fetchone() is not None)


def _is_in_a_name(db: Database, word: str) -> bool:
    """Whether an analysed word stands in the name of a file or a folder."""
    return db.execute("SELECT 1 FROM name_words WHERE words MATCH ? LIMIT 1", [f'"{word}"']).fetchone() is not None


def _others(
    library: Library, typed: Mapping[str, str], unknown: Collection[str], corrections: Corrections
) -> dict[str, list[str]]:
    """Return what the words that the library lacks may stand for, by what was typed: analysed, the likeliest first.

    Two of them may be one into which a space was put; one may be two that stand apart in the library, which come with
    a space between them. What is a word of questions would tell nothing.
    """
    left = set(unknown)
    others: dict[str, list[str]] = {}
    for pair in itertools.pairwise(typed):
        first, second = (typed[word] for word in pair)
        joined = normalise(first + second)
        if left.intersection(pair) and _passages_with(library, joined):
            others[f"{first} {second}"] = [joined]
            left.difference_update(pair)
    looked_up = [word for word in typed if word in left][:_MOST_CORRECTED]
    others |= {typed[word]: _parts(library, word) or corrections(typed[word]) for word in looked_up}
    telling = {own: [option for option in options if option not in STOP_WORDS] for own, options in others.items()}
    return {own: options for own, options in telling.items() if options}


def _parts(library: Library, word: str) -> list[str]:
    """Return the letters and the digits of a word ("rtx4090"), if all of them are words of the library."""
    parts = _LETTERS_OR_DIGITS.findall(word)
    return [" ".join(parts)] if len(parts) > 1 and all(_passages_with(library, part) for part in parts) else []


def _as_it_stands(db: Database, words: str) -> str:
    """Return analysed words as some passages have them: "insurance" for "insur"."""
    return " ".join(_word_as_it_stands(db, word) for word in words.split())


def _word_as_it_stands(db: Database, word: str) -> str:
    sql = (
        'SELECT substr(unpacked(text), start + 1, "end" - start) FROM passage_words'
        " JOIN passages ON passages.id = passage_words.rowid JOIN documents ON documents.id = document_id"
        " WHERE words MATCH ? LIMIT 1"
    )
    for (text,) in db.execute(sql, [f'"{word}"']):
        for own in analyse(text):
            if own.word == word:
                return str(text[own.start : own.end])
    return word


def inverse_frequency(holding: int, texts: int) -> float:
    """The inverse document frequency in BM25 (Robertson and Zaragoza 2009, section 3.1), never below 0."""
    return max(0.0, math.log((texts - holding + 0.5) / (holding + 0.5)))


def _share(word: str) -> float:
    """How much of a word this is: of a run of Han characters, about every other pair lies across two words."""
    return 0.5 if is_cjk(word[0]) else 1.0


def _beginnings(db: Database, counts: dict[str, int]) -> list[str]:
    """Return the words of a query that other words begin with: single characters, and the last one while it is typed.

    Args:
        db: the library's database.
        counts: how many passages each word stands in, in the order of the query.
    """
    last = next(reversed(counts), "")
    shortest = _SHORTEST_BEGINNING if not counts.get(last) else _SHORTEST_ALONE if len(counts) == 1 else math.inf
    is_beginning = len(last) >= shortest and _begins_another(db, last)
    return [word for word in counts if _is_character(word) or (word == last and is_beginning)]


def _begins_another(db: Database, word: str) -> bool:
    sql = "SELECT 1 FROM passage_vocabulary WHERE term > ? AND term < ? LIMIT 1"
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
