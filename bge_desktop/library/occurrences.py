"""Where words occur in the passages, as the full-text index knows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.library.ids import read_numbers, starts_of

# How many passages are kept, of all words together, at 5 bytes each: 15 MB, and in large libraries more.
_KEPT, _KEPT_PER_PASSAGE = 3_000_000, 15
# So full, that the next of the most frequent words may take the place of another.
_FULL = 0.8
# A word that is kept takes as much as so many passages, however few it has.
_OF_ITSELF = 50
_MOST_IN_A_BYTE = 255
_OF_WORD = "SELECT doc AS id FROM passage_occurrences WHERE term = ? LIMIT ?"
_OF_BEGINNING = "SELECT doc AS id FROM passage_occurrences WHERE term >= ? AND term < ? LIMIT ?"
# To read so many takes 30 ms. A beginning, or a word of questions, that occurs still more often tells hardly anything.
_MOST = 200_000


class Found(NamedTuple):
    """The passages, by id, ascending, that a word occurs in [n], and how often it does [n].

    Of what tells hardly anything, they may be only the first ones. `tells` is False for a word of which they are: it
    would seem to be a word of the oldest documents.
    """

    passages: NDArray[np.int32]
    counts: NDArray[np.uint8] | NDArray[np.int32]
    tells: bool = True


class Occurrences:
    """Reads where analysed words occur, and keeps what was read last: with each keystroke, most words are the same.

    Args:
        db: the library's database, through a connection by `storage.connect`.
        most_kept: the most passages to keep, of all words together.
    """

    def __init__(self, db: Database, most_kept: int) -> None:
        self._db, self._most_kept = db, most_kept
        self._kept: OrderedDict[str, Found] = OrderedDict()
        self._size = 0

    @property
    def is_full(self) -> bool:
        """Whether to keep another frequent word may mean to forget one."""
        return self._size > _FULL * self._most_kept

    def of(self, word: str, *, tells: bool = True) -> Found:
        """Return where a word occurs; of one that tells nothing of what a text is about, maybe only the first ones."""
        return self._found(word, lambda: self._read_word(word, -1 if tells else _MOST))

    def of_beginning(self, start: str) -> Found:
        """Return where words occur that begin like this, as if they were one word; it may be only the first of them."""
        return self._found(f"{start}*", lambda: self._read_beginning(start))

    def forget(self) -> None:
        """Read everything anew: the library has changed."""
        self._kept.clear()
        self._size = 0

    def _found(self, key: str, read: Callable[[], Found]) -> Found:
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = read()
            self._size += _size(found)
            self._make_room()
        self._kept.move_to_end(key)
        return found

    def _read_word(self, word: str, most: int) -> Found:
        found = read_numbers(self._db, _OF_WORD, [word, most])
        return _counted(found)._replace(tells=len(found) != most)

    def _read_beginning(self, start: str) -> Found:
        return _counted(np.sort(read_numbers(self._db, _OF_BEGINNING, [start, start + "\U0010ffff", _MOST])))

    def _make_room(self) -> None:
        while self._size > self._most_kept and len(self._kept) > 1:
            self._size -= _size(self._kept.popitem(last=False)[1])


def _size(found: Found) -> int:
    return _OF_ITSELF + len(found.passages)


def most_kept(passages: int) -> int:
    """Return the most passages that are kept, of all words together, in a library of so many passages."""
    return max(_KEPT, _KEPT_PER_PASSAGE * passages)


def _counted(ascending: NDArray[np.int64]) -> Found:
    starts = starts_of(ascending)
    counts = np.diff(starts, append=len(ascending))
    is_small = counts.max(initial=0) <= _MOST_IN_A_BYTE
    return Found(ascending[starts].astype(np.int32), counts.astype(np.uint8) if is_small else counts.astype(np.int32))
