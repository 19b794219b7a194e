"""Divide a text into passages: pieces of a size that the models read whole, which begin and end where it makes sense.

A passage is made of whole paragraphs as far as it goes. A paragraph that is too long is cut into sentences, a sentence
that is too long at its lines, then at commas, then between words, at last between graphemes. Each step looks only at
what is still too long, and counts all of it at once. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import regex

from bge_desktop.extract.sentences import NOT_COMBINED, Range, paragraphs, sentences, sentences_in, trimmed

__all__ = ["Passage", "sentences", "split"]

CountTokens = Callable[[list[str]], list[int]]
Cut = Callable[[str, int, int], Iterator[Range]]

PASSAGE_TOKENS = 256
"""The most tokens of a usual passage."""

_CHARACTERS_PER_TOKEN = 16  # a run of letters without end counts as one token, but is no passage to show
_BATCH = 20_000
_SMALL = 8  # the last passage of a page is small when it has less than this part of the limit
_LONGEST_HEADING = 80
_UNFINISHED = re.compile(r"[^.!?。！？；;…,，、]")
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z)")
_CLAUSE_END = regex.compile(rf"[，、；：—]+[”’」』）)]*{NOT_COMBINED}|[,;:]+[\"'”’)]*(?=\s)")
_WORD_GROUP = re.compile(r"\S(?:.{0,62}\S)?(?!\S)|\S+", re.DOTALL)
_WORD = re.compile(r"\S+")
_PUNCTUATION = regex.compile(rf"[!-/:-@\[-`{{-~]+{NOT_COMBINED}")
# Flags are named apart, because \X counts all the regional indicators before it anew for each of them.
_ONE_GRAPHEME = r"(?:\p{RI}\p{RI}[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]*+|\X)"
_GRAPHEME = regex.compile(_ONE_GRAPHEME)
_GRAPHEME_GROUP = regex.compile(f"{_ONE_GRAPHEME}{{1,32}}+")


@dataclass(frozen=True)
class Passage:
    """A range of characters, `text[start:end]`, without white space around it."""

    start: int
    end: int


class _Piece(NamedTuple):
    """A range, the tokens it takes, the page it is on, and whether a paragraph begins with it."""

    start: int
    end: int
    tokens: int
    page: int
    opens: bool


def split(
    document_text: str, count_tokens: CountTokens, limit: int = PASSAGE_TOKENS, starts: Sequence[int] = ()
) -> list[Passage]:
    """Divide a text into passages of at most `limit` tokens; only a single grapheme may take more.

    Every character that is not white space is in exactly one passage; the passages are in order, do not overlap, and
    none crosses a page or cuts a grapheme. A heading stays with what follows it.

    Args:
        document_text: the whole text.
        count_tokens: the number of tokens of each of many strings; called a few times, with up to 20,000 of them.
            Two pieces are taken to need the sum of their tokens when joined.
        limit: the most tokens a passage may take.
        starts: of the pages, sheets or messages, which no passage crosses; empty where there are none.
    """
    measure = _Measure(document_text, count_tokens, limit)
    pieces = _with_headings(measure, _pieces(measure, starts))
    return [Passage(run[0].start, run[-1].end) for run in _balanced(measure, _packed(measure, pieces))]


class _Measure:
    """What fits: counts tokens of pieces of one text, and knows the limits."""

    def __init__(self, text: str, count_tokens: CountTokens, limit: int) -> None:
        self.text = text
        self.limit = limit
        self._longest = limit * _CHARACTERS_PER_TOKEN
        self._count_tokens = count_tokens

    def pieces(self, ranges: list[tuple[int, int, int, bool]]) -> list[_Piece]:
        """Count the tokens of ranges (start, end, page, opens). What is too long in any case is not worth a count."""
        counts = iter(self._counts([self.text[start:end] for start, end, *_ in ranges if self._is_short(start, end)]))
        return [
            _Piece(start, end, next(counts) if self._is_short(start, end) else self.limit + 1, page, opens)
            for start, end, page, opens in ranges
        ]

    def fits(self, first: _Piece, last: _Piece, tokens: int) -> bool:
        """Tell whether what begins with `first` and ends with `last` may be one passage."""
        return first.page == last.page and tokens <= self.limit and self._is_short(first.start, last.end)

    def is_heading(self, piece: _Piece) -> bool:
        """Tell whether a piece is a short line or two that begin a paragraph, and end as no sentence does."""
        if not piece.opens or piece.end - piece.start > _LONGEST_HEADING:
            return False
        unfinished = _UNFINISHED.match(self.text, piece.end - 1)
        return unfinished is not None and _LINE_END.match(self.text, piece.end) is not None

    def _counts(self, strings: list[str]) -> list[int]:
        batches = (strings[first : first + _BATCH] for first in range(0, len(strings), _BATCH))
        return [tokens for batch in batches for tokens in self._count_tokens(batch)]

    def _is_short(self, start: int, end: int) -> bool:
        return end - start <= self._longest


def _pieces(measure: _Measure, starts: Sequence[int]) -> list[_Piece]:
    """Return the paragraphs, those over the limit cut as finely as they need."""
    bounds = [*dict.fromkeys((0, *starts)), len(measure.text)]
    ranges = [
        (start, end, page, True)
        for page, (page_start, page_end) in enumerate(pairwise(bounds))
        for start, end in paragraphs(measure.text, page_start, page_end)
    ]
    pieces = measure.pieces(ranges)
    for cut in _CUTS:
        pieces = _cut_the_long(measure, pieces, cut)
    return pieces


def _cut_the_long(measure: _Measure, pieces: list[_Piece], cut: Cut) -> list[_Piece]:
    short = [piece for piece in pieces if piece.tokens <= measure.limit]
    if len(short) == len(pieces):
        return pieces
    long = (piece for piece in pieces if piece.tokens > measure.limit)
    ranges = [
        (start, end, piece.page, piece.opens and start == piece.start)
        for piece in long
        for start, end in cut(measure.text, piece.start, piece.end)
    ]
    return sorted(short + measure.pieces(ranges))


def _with_headings(measure: _Measure, pieces: list[_Piece]) -> list[_Piece]:
    """Join each heading to what follows it, from the last to the first: headings may follow one another."""
    joined: list[_Piece] = []
    for piece in reversed(pieces):
        if joined and measure.is_heading(piece) and measure.fits(piece, joined[-1], piece.tokens + joined[-1].tokens):
            body = joined[-1]
            joined[-1] = piece._replace(end=body.end, tokens=piece.tokens + body.tokens)
        else:
            joined.append(piece)
    return joined[::-1]


def _packed(measure: _Measure, pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Put as many neighbours together as fit in a passage."""
    runs: list[list[_Piece]] = []
    tokens = 0
    for piece in pieces:
        if runs and measure.fits(runs[-1][0], piece, tokens + piece.tokens):
            runs[-1].append(piece)
            tokens += piece.tokens
        else:
            runs.append([piece])
            tokens = piece.tokens
    return runs


def _balanced(measure: _Measure, runs: list[list[_Piece]]) -> list[list[_Piece]]:
    """Move pieces from the end of a passage to a small one after it: a few words alone say little."""
    for above, small in pairwise(runs):
        tokens = sum(piece.tokens for piece in small)
        while len(above) > 1 and tokens * _SMALL < measure.limit:
            tokens += above[-1].tokens
            if not measure.fits(above[-1], small[-1], tokens):
                break
            small.insert(0, above.pop())
    return runs


def _after(pattern: Any) -> Cut:
    """Return the cut that divides after each match of `pattern`."""

    def cut(text: str, start: int, end: int) -> Iterator[Range]:
        begin = start
        for match in pattern.finditer(text, start, end):
            yield from trimmed(text, begin, match.end())
            begin = match.end()
        yield from trimmed(text, begin, end)

    return cut


def _into(pattern: Any) -> Cut:
    """Return the cut into the matches of `pattern`, which leave out nothing but white space."""

    def cut(text: str, start: int, end: int) -> Iterator[Range]:
        for match in pattern.finditer(text, start, end):
            yield from trimmed(text, *match.span())

    return cut


# From coarse to fine. Groups come before what they are made of, so that a text without a full stop, or without a
# space, is not counted word by word or grapheme by grapheme.
_CUTS: tuple[Cut, ...] = (
    sentences_in,
    _after(re.compile(r"\n")),
    _after(_CLAUSE_END),
    _into(_WORD_GROUP),
    _into(_WORD),
    _after(_PUNCTUATION),
    _into(_GRAPHEME_GROUP),
    _into(_GRAPHEME),
)
