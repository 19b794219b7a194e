"""The words of the library that a misspelt word may stand for.

All words of the library are held in memory and compared by a bit-parallel edit distance (Hyyrö 2003): 200,000 words
take about 20 ms, without an index of near words that would take a hundred times their memory. To read them takes
longer, in proportion to the text: so it is done in portions, between other work.
"""

from __future__ import annotations

import json

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlite_utils import Database

from bge_desktop.bge.script import is_cjk
from bge_desktop.library.words import fold, normalise

# A slip in a word of four letters, two in one of eight: with more, every word is near to some other.
_SHORTEST, _LONG, _LONGEST = 4, 8, 40
# Of so many nearest words, it is looked up how often they stand in the library.
_MOST_COMPARED = 50
# The words are read again when this part of the passages is new.
_STALE = 20
_PORTION = 10_000
# Words with letters lie between these: numbers are before them, and pairs of Chinese characters after.
_BEFORE_LETTERS, _AFTER_LETTERS = "`", "\u2e80"

_Words = dict[int, list[str]]


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
        to seven letters; for longer ones it is two. Of words at the same distance, those come first that begin alike,
        then those that more passages have. Words with digits and those of Chinese have no near ones.

        Args:
            word: as typed, or analysed. As typed is better: what a misspelt word is analysed to may be far from right.
            limit: the most words to return.
        """
        forms = [form for form in dict.fromkeys((normalise(word), fold(word))) if _can_be_misspelt(form)]
        if not forms:
            return []
        while not self.read_some() and not self._words:
            pass
        near = self._near(forms)
        counts = self._counts(near)
        likely = sorted(counts, key=lambda other: (near[other], other[0] != forms[0][0], -counts[other], other))
        return likely[:limit]

    def read_some(self, most: int = _PORTION) -> bool:
        """Read some more of the library's words, if it has new ones; return whether they are all known.

        Until then, corrections come from what was known before. Calling it between other work keeps the first
        correction from having to wait. It reads 10,000 words in 0.05 s where there are 600,000 passages.
        """
        if self._read_to == _BEFORE_LETTERS:
            self._coming_newest = self._newest_passage()
            if (self._coming_newest - self._newest) * _STALE <= self._newest:
                return True
        sql = "SELECT term FROM passage_vocabulary WHERE term > ? AND term < ? LIMIT ?"
        words = [row[0] for row in self._db.execute(sql, [self._read_to, _AFTER_LETTERS, most])]
        for word in filter(_is_spelt, words):
            self._coming.setdefault(len(word), []).append(word)
        if len(words) == most:
            self._read_to = words[-1]
            return False
        self._words, self._newest = self._coming, self._coming_newest
        self._coming, self._read_to = {}, _BEFORE_LETTERS
        return True

    def _near(self, forms: list[str]) -> dict[str, int]:
        """Return the words nearest to any form of a word, with their distances."""
        distances: dict[str, int] = {}
        for form in forms:
            most = 2 if len(form) >= _LONG else 1
            for length in range(len(form) - most, len(form) + most + 1):
                words = self._words.get(length, [])
                for other, distance, _ in process.extract(
                    form, words, scorer=OSA.distance, score_cutoff=most, limit=None
                ):
                    distances[other] = min(int(distance), distances.get(other, most))
        order = sorted(distances, key=lambda other: (distances[other], other[0] != forms[0][0], other))
        return {other: distances[other] for other in order[:_MOST_COMPARED] if other not in forms}

    def _counts(self, words: dict[str, int]) -> dict[str, int]:
        """Return how many passages each word stands in now; those that are gone are left out."""
        sql = "SELECT term, doc FROM json_each(?) CROSS JOIN passage_vocabulary ON term = value"
        return dict(self._db.execute(sql, [json.dumps(list(words))]).fetchall())

    def _newest_passage(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0])


def _can_be_misspelt(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and _is_spelt(word)


def _is_spelt(word: str) -> bool:
    """Whether a word is made of letters that stand for sounds."""
    return word.isalpha() and not is_cjk(word[0])
