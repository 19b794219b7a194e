"""What to show of a passage: the matching words and the most telling sentence, as exact character ranges."""

from __future__ import annotations

import functools
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from bge_desktop.extract.passages import sentences
from bge_desktop.library.words import Word, analyse
from bge_desktop.messages import PassagePlace, Span
from bge_desktop.search.lexical import WordQuery


def snippet(passage: str, query: WordQuery) -> tuple[tuple[Span, ...], Span | None]:
    """Return the ranges of the query's words in a passage, and its most telling sentence.

    The ranges are in order; touching and overlapping ones are joined. The sentence is the one that holds the most of
    the words, each weighted once; None where none holds any.
    """
    found = query.matches(_words(passage))
    return _joined(found), _telling(passage, found, query)


def marks(text: str, query: WordQuery) -> tuple[Span, ...]:
    """Return the ranges of the query's words in a text of any length, in order; touching ones are joined."""
    return _joined(query.matches(analyse(text)))


def hit(passage: str, query: WordQuery, sentence: Span | None, places: Sequence[PassagePlace]) -> int:
    """Return where in a passage what tells the most of its sentence begins: a sentence may run over several places.

    It is the first of the query's words in the place that holds the most of them, each weighted once. Without words,
    it is the start of the sentence, or of the passage.
    """
    whole = sentence or Span(0, len(passage))
    words: defaultdict[int, list[Word]] = defaultdict(list)
    for word in query.matches(_words(passage)):
        if whole.start <= word.start < whole.end:
            words[bisect_right(places, word.start, key=lambda place: place.start)].append(word)
    if not words:
        return whole.start
    best = max(words.values(), key=lambda found: math.fsum(map(query.weight, {own.word for own in found})))
    return best[0].start


def _joined(found: Sequence[Word]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for word in found:
        if joined and word.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(word.end, joined[-1].end))
        else:
            joined.append(Span(word.start, word.end))
    return tuple(joined)


def _telling(passage: str, found: Sequence[Word], query: WordQuery) -> Span | None:
    if not found:
        return None
    scores = {
        span: math.fsum(map(query.weight, {own.word for own in found if span.start <= own.start < span.end}))
        for span in _sentences(passage)
    }
    best = max(scores, key=lambda span: scores[span])
    return best if scores[best] > 0 else None


# The results of one keystroke are mostly those of the one before: analysing their passages took most of a search.
@functools.lru_cache(maxsize=256)
def _words(passage: str) -> tuple[Word, ...]:
    return tuple(analyse(passage))


@functools.lru_cache(maxsize=256)
def _sentences(passage: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in sentences(passage))
