"""The words of the library that a misspelt word may stand for.

All words of the library are held in memory and compared by a bit-parallel edit distance (Hyyrö 2003): 200,000 words
take about 20 ms, without an index of near words that would take a hundred times their memory. To read them takes
longer, in proportion to the text: so it is done in portions, between other work.

They are stems, to which a slip in an ending is not near ("insuranec", "insur"). So common English words are compared as
they are written, and for others it is tried what would be left without the ending (see `english`).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlite_utils import Database

from bge_desktop.bge.script import is_cjk
from bge_desktop.library.words import fold, normalise
from bge_desktop.search import english

# A slip in a word of four letters, two in one of eight: with more, every word is near to some other.
_SHORTEST, _LONG, _LONGEST = 4, 8, 40
_SHORTEST_PART = 3
# Of so many nearest words, it is looked up how often they stand in the library.
_MOST_COMPARED = 100
# The words are read again when this part of the passages is new.
_STALE = 20
_PORTION, _PORTION_S = 10_000, 0.03
# Words with letters lie between these: numbers are before them, and pairs of Chinese characters after.
_BEFORE_LETTERS, _AFTER_LETTERS = "`", "\u2e80"
# At the same distance, a common word was meant rather than one that stands in the library as it was typed, and that
# rather than one that is only near when both are without their endings.
_COMMON, _AS_TYPED, _WITHOUT_ENDING = range(3)
_DOUBLED = re.compile(r"(.)\1+")


_Words = dict[int, list[str]]


class _Slip(NamedTuple):
    """How a word may have been misspelt; the likelier, the smaller."""

    kind: int
    is_heavy: bool


class Spelling:
    """Knows the words of a library: about 70 bytes a word. Belongs to the thread that the library belongs to."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._words: _Words = {}
        self._newest = 0  # the passage up to which the words are known
        self._coming: _Words = {}
        self._coming_newest = 0
        self._read_to = _BEFORE_LETTERS

    def corrections(self, word: str, limit: int = 3) -> list[str]:
        """Return the analysed words of the library nearest to a word that no passage has, the likeliest first.

        One letter left out, added, changed, or two exchanged is a distance of one, which is the most for words of four
        to seven letters; for longer ones it is two. Of words at the same distance, common English ones come first,
        then those with a letter doubled or two exchanged, then those that begin alike, then those that more passages
        have. What is near to none may be two words written
        together: they come as one, with a space. Words with digits and those of Chinese have no near ones. A common
        English word is right, though no passage has it: only its other spelling may stand for it ("colour", "color").

        Args:
            word: as typed, or analysed. As typed is better: what a misspelt word is analysed to may be far from right.
            limit: the most words to return.
        """
        typed = fold(word)
        if not _can_be_misspelt(typed):
            return []
        if english.is_common(typed):
            return list(self._counts(map(normalise, english.other_spellings(typed))))[:limit]
        while not self.read_some() and not self._words:
            pass
        for distance in (1, 2) if len(typed) >= _LONG else (1,):
            likely = self._likely(typed, distance)
            if likely is not None:
                return likely[:limit]
        return self._divided(typed)

    def read_some(self, most: int = _PORTION) -> bool:
        """Read some more of the library's words, if it has new ones; return whether they are all known.

        Until then, corrections come from what was known before. Calling it between other work keeps the first
        correction from having to wait. It takes 0.03 s, and longer only for one word that stands nearly everywhere.
        """
        if self._read_to == _BEFORE_LETTERS:
            english.common_words()  # these are read once
            self._coming_newest = self._newest_passage()
            if (self._coming_newest - self._newest) * _STALE <= self._newest:
                return True
        sql = "SELECT term FROM passage_vocabulary WHERE term > ? AND term < ? LIMIT ?"
        until, count = time.perf_counter() + _PORTION_S, 0
        for (word,) in self._db.execute(sql, [self._read_to, _AFTER_LETTERS, most]):
            if _is_spelt(word):
                self._coming.setdefault(len(word), []).append(word)
            self._read_to, count = word, count + 1
            if count == most or time.perf_counter() > until:
                return False
        self._words, self._newest = self._coming, self._coming_newest
        self._coming, self._read_to = {}, _BEFORE_LETTERS
        return True

    def _likely(self, typed: str, distance: int) -> list[str] | None:
        """Return the words of the library at a distance, the likeliest first; None where it shows no word at all.

        It may show a common word that the library lacks: then what is only near without its ending is another one.
        """
        slips = self._near(typed, distance)
        counts = self._counts(slips)
        is_lacking = any(slip.kind == _COMMON for slip in slips.values()) and all(
            slips[other].kind != _COMMON for other in counts
        )
        likely = [other for other in counts if slips[other].kind < _WITHOUT_ENDING or not is_lacking]
        likely.sort(key=lambda other: (slips[other], not _begin_alike(typed, other), -counts[other], other))
        return likely if likely or is_lacking else None

    def _near(self, typed: str, distance: int) -> dict[str, _Slip]:
        """Return analysed words at a distance and how they differ, which of them may not be in the library."""
        slips: dict[str, _Slip] = {}
        for other, slip in self._candidates(typed, distance):
            slips[other] = min(slip, slips.get(other, slip))
        likely = sorted(slips, key=lambda other: (slips[other], not _begin_alike(typed, other), other))
        return {other: slips[other] for other in likely[:_MOST_COMPARED]}

    def _candidates(self, typed: str, distance: int) -> Iterator[tuple[str, _Slip]]:
        for other in _close(typed, english.common_words(), distance):
            yield normalise(other), _slip(_COMMON, typed, other)
        yield from ((other, _slip(_AS_TYPED, typed, other)) for other in _close(typed, self._words, distance))
        for form, ending, rest in _without_ending(typed):
            for other in _close(form, self._words, distance):
                # with the ending, it must be analysed to a word of the library again: "ten" is not meant by "tennancy"
                yield normalise(other.removesuffix(rest) + ending), _slip(_WITHOUT_ENDING, form, other)
        if distance == 1:
            yield from self._with_another_ending(typed)

    def _with_another_ending(self, typed: str) -> Iterator[tuple[str, _Slip]]:
        """Yield the words of the library that were typed with a slip in the ending."""
        right = list(english.without_a_slip(typed))
        known = self._counts({stem for _, stem in right})
        for word, stem in right:
            if stem in known and normalise(word) == stem:
                yield stem, _slip(_WITHOUT_ENDING, typed, word)

    def _divided(self, typed: str) -> list[str]:
        """Return the two words of the library that are written together here, with a space; none where they are not."""
        cuts = range(_SHORTEST_PART, len(typed) - _SHORTEST_PART + 1)
        parts = [(normalise(typed[:cut]), normalise(typed[cut:])) for cut in cuts]
        counts = self._counts({part for pair in parts for part in pair})
        found = [pair for pair in parts if counts.keys() >= set(pair)]
        return [" ".join(pair) for pair in sorted(found, key=lambda pair: -min(map(counts.__getitem__, pair)))[:1]]

    def _counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return how many passages each word stands in now; those that stand in none are left out."""
        sql = "SELECT term, doc FROM json_each(?) CROSS JOIN passage_vocabulary ON term = value"
        return dict(self._db.execute(sql, [json.dumps(list(words))]).fetchall())

    def _newest_passage(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0])


def _close(word: str, words: Mapping[int, Sequence[str]], distance: int) -> Iterator[str]:
    """Yield the words that are no farther than a distance."""
    for length in range(len(word) - distance, len(word) + distance + 1):
        same = words.get(length, ())
        for other, *_ in process.extract(word, same, scorer=OSA.distance, score_cutoff=distance, limit=None):
            yield other


def _without_ending(typed: str) -> Iterator[tuple[str, str, str]]:
    """Yield a word without its ending, that, and what is left of it, as the analysis and as `english` take it off."""
    stem = normalise(typed)
    forms = [(stem, typed[len(stem) :], "")] if typed.startswith(stem) else [(stem, "", "")]
    if typed.endswith("s"):  # which the analysis takes for a part of the word where the slip is before it
        forms.append((typed[:-1], "s", ""))
    for own in dict.fromkeys([*forms, *english.without_ending(typed)]):
        if own[0] != typed and _can_be_misspelt(own[0]):
            yield own


def _slip(kind: int, typed: str, meant: str) -> _Slip:
    """Return how a word differs from the one that is meant: the usual slips are doubled letters and exchanged ones."""
    is_doubled = _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", meant)
    return _Slip(kind, not (is_doubled or sorted(typed) == sorted(meant)))


def _begin_alike(typed: str, other: str) -> bool:
    """Whether two words begin with the same letter, or would, had the first two not been exchanged."""
    return other[0] == typed[0] or other[:2] == typed[1::-1]


def _can_be_misspelt(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and _is_spelt(word)


def _is_spelt(word: str) -> bool:
    """Whether a word is made of letters that stand for sounds."""
    return word.isalpha() and not is_cjk(word[0])
