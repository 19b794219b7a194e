"""What to show of a passage: the matching words and the most telling sentence, as exact character ranges."""

from __future__ import annotations

import math

from bge_desktop.extract.passages import sentences
from bge_desktop.library.words import analyse
from bge_desktop.messages import Span
from bge_desktop.search.lexical import WordQuery


def marks(passage: str, query: WordQuery) -> tuple[Span, ...]:
    """Return the ranges of the query's words in a passage, in order; touching and overlapping ones are joined."""
    joined: list[Span] = []
    for word in filter(None, map(query.match, analyse(passage))):
        if joined and word.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(word.end, joined[-1].end))
        else:
            joined.append(Span(word.start, word.end))
    return tuple(joined)


def telling_sentence(passage: str, query: WordQuery) -> Span | None:
    """Return the sentence that holds the most of the query's words, each weighted once; None where none holds any."""
    best, best_score = None, 0.0
    for start, end in sentences(passage):
        found = {word.word for word in map(query.match, analyse(passage[start:end])) if word}
        score = math.fsum(map(query.weight, found))
        if score > best_score:
            best, best_score = Span(start, end), score
    return best
