"""Where words occur in the passages, as the full-text index knows it."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.library.ids import read_numbers

# The most passages that are kept, of all words together: 8 bytes each, so about 16 MB.
_MOST_KEPT = 2_000_000
_OF_WORD = "SELECT doc AS id FROM passage_occurrences WHERE term = ?"
_OF_BEGINNING = "SELECT doc AS id FROM passage_occurrences WHERE term >= ? AND term < ?"


class Found(NamedTuple):
    """The passages, by id, ascending, that a word occurs in [n], and how often it does [n]."""

    passages: NDArray[np.int32]
    counts: NDArray[np.int32]


class Occurrences:
    """Reads where analysed words occur, and keeps what was read last: with each keystroke, most words are the same.

    Args:
        db: the library's database, through a connection by `storage.connect`.
        most_kept: the most passages to keep, of all words together.
    """

    def __init__(self, db: Database, most_kept: int = _MOST_KEPT) -> None:
        self._db, self._most_kept = db, most_kept
        self._kept: OrderedDict[str, Found] = OrderedDict()

    def of(self, word: str) -> Found:
        """Return where a word occurs."""
        found = self._kept.get(word)
        if found is None:
            found = _counted(read_numbers(self._db, _OF_WORD, [word]))
            self._keep(word, found)
        self._kept.move_to_end(word)
        return found

    def of_beginning(self, start: str) -> Found:
        """Return where words occur that begin like this, as if they were one word."""
        return _counted(np.sort(read_numbers(self._db, _OF_BEGINNING, [start, start + "\U0010ffff"])))

    def forget(self) -> None:
        """Read everything anew: the library has changed."""
        self._kept.clear()

    def _keep(self, word: str, found: Found) -> None:
        self._kept[word] = found
        total = sum(len(other.passages) for other in self._kept.values())
        while total > self._most_kept and len(self._kept) > 1:
            total -= len(self._kept.popitem(last=False)[1].passages)


def _counted(ascending: NDArray[np.int64]) -> Found:
    starts = np.flatnonzero(np.diff(ascending, prepend=-1))
    return Found(ascending[starts].astype(np.int32), np.diff(starts, append=len(ascending)).astype(np.int32))
