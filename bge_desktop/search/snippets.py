"""What to show of a passage: the matching words and the most telling sentence, as exact character ranges."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from bge_desktop.extract.passages import sentences
from bge_desktop.library.words import Word, analyse
from bge_desktop.messages import Span
from bge_desktop.search.lexical import WordQuery


def snippet(passage: str, query: WordQuery) -> tuple[tuple[Span, ...], Span | None]:
    """Return the ranges of the query's words in a passage, and its most telling sentence.

    The ranges are in order; touching and overlapping ones are joined. The sentence is the one that holds the most of
    the words, each weighted once; None where none holds any.
    """
    found = [match for match in map(query.match, _words(passage)) if match]
    return _joined(found), _telling(passage, found, query)


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
        span: sum(map(query.weight, {own.word for own in found if span.start <= own.start < span.end}))
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
