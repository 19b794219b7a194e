"""Where words occur in the passages, as the full-text index knows it."""

from __future__ import annotations

from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

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
_BEGINNING = "*"  # stands in no word
_OF_WORD = "SELECT doc AS id FROM passage_occurrences WHERE term = ? LIMIT ?"
_OF_BEGINNING = "SELECT doc AS id FROM passage_occurrences WHERE term >= ? AND term < ? LIMIT ?"
# Of changes since the words were read, so many are taken in: then all is read anew.
_MOST_NEW, _MOST_REMOVED = 500_000, 100_000
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


@dataclass
class _Kept:
    """Where a word occurs, or words with a beginning, but for what was removed after the first so many removals.

    Of one that occurs too often, it may not be the whole of it: then nothing is added.
    """

    found: Found
    removals: int
    is_whole: bool


class Occurrences:
    """Reads where analysed words occur, and keeps what was read last: with each keystroke, most words are the same.

    What is added to the library, and removed from it, is taken in when a word is asked for again.

    Args:
        db: the library's database, through a connection by `storage.connect`.
        most_kept: the most passages to keep, of all words together.
    """

    def __init__(self, db: Database, most_kept: int) -> None:
        self._db, self._most_kept = db, most_kept
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self.forget()

    @property
    def is_full(self) -> bool:
        """Whether to keep another frequent word may mean to forget one."""
        return self._size > _FULL * self._most_kept

    def of(self, word: str, *, tells: bool = True) -> Found:
        """Return where a word occurs; of one that tells nothing of what a text is about, maybe only the first ones."""
        return self._found(word, lambda: self._read_word(word, -1 if tells else _MOST))

    def of_beginning(self, start: str) -> Found:
        """Return where words occur that begin like this, as if they were one word; it may be only the first of them."""
        return self._found(f"{start}{_BEGINNING}", lambda: self._read_beginning(start))

    def add(self, passages: Iterable[tuple[int, str]]) -> None:
        """Take note of passages that are newer than all others: the id of each, and its analysed words."""
        beginnings = [key for key in self._kept if key.endswith(_BEGINNING)]
        for passage_id, words in passages:
            counts = Counter(words.split())
            for word, count in counts.items():
                self._note(word, passage_id, count)
            for key in beginnings:
                start = key.removesuffix(_BEGINNING)
                self._note(key, passage_id, sum(n for word, n in counts.items() if word.startswith(start)))
        if self._new_count > _MOST_NEW:
            self.forget()

    def _note(self, key: str, passage_id: int, count: int) -> None:
        if count and key in self._kept and self._kept[key].is_whole:
            self._new[key].extend((passage_id, count))
            self._new_count += 1

    def remove(self, passage_ids: NDArray[np.int64]) -> None:
        """Take note of passages that are there no more."""
        self._removed.append(passage_ids)
        if sum(map(len, self._removed)) > _MOST_REMOVED:
            self.forget()

    def forget(self) -> None:
        """Read everything anew."""
        self._kept.clear()
        self._size = self._new_count = 0
        self._new: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))  # passages and counts in turn
        self._removed: list[NDArray[np.int64]] = []

    def _found(self, key: str, read: Callable[[], tuple[Found, bool]]) -> Found:
        kept = self._kept.get(key)
        found, is_whole = read() if kept is None else (self._up_to_date(key, kept), kept.is_whole)
        if kept is None or found is not kept.found:
            self._drop(key)
            self._kept[key] = _Kept(found, len(self._removed), is_whole)
            self._size += _size(found)
            self._make_room()
        self._kept.move_to_end(key)
        return found

    def _up_to_date(self, key: str, kept: _Kept) -> Found:
        """Return where a word occurs that was read before, after what has changed since."""
        found = kept.found
        if key in self._new:
            found = _with_new(found, self._new.pop(key))
        if kept.removals < len(self._removed):
            gone = np.isin(found.passages, np.concatenate(self._removed[kept.removals :]))
            found = Found(found.passages[~gone], found.counts[~gone], found.tells)
        return found

    def _drop(self, key: str) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._size -= _size(kept.found)
            self._new.pop(key, None)

    def _read_word(self, word: str, most: int) -> tuple[Found, bool]:
        """Return where a word occurs, and whether that is the whole of it."""
        found = read_numbers(self._db, _OF_WORD, [word, most])
        is_whole = len(found) != most
        return _counted(found)._replace(tells=is_whole), is_whole

    def _read_beginning(self, start: str) -> tuple[Found, bool]:
        found = read_numbers(self._db, _OF_BEGINNING, [start, start + "\U0010ffff", _MOST])
        return _counted(np.sort(found)), len(found) != _MOST

    def _make_room(self) -> None:
        while self._size > self._most_kept and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))


def _size(found: Found) -> int:
    return _OF_ITSELF + len(found.passages)


def most_kept(passages: int) -> int:
    """Return the most passages that are kept, of all words together, in a library of so many passages."""
    return max(_KEPT, _KEPT_PER_PASSAGE * passages)


def _counted(ascending: NDArray[np.int64]) -> Found:
    starts = starts_of(ascending)
    return _narrow(ascending[starts].astype(np.int32), np.diff(starts, append=len(ascending)))


def _with_new(found: Found, new: array[int]) -> Found:
    passages, counts = np.array(new, np.int32).reshape(-1, 2).T
    return _narrow(np.append(found.passages, passages), np.append(found.counts, counts))


def _narrow(passages: NDArray[np.int32], counts: NDArray[Any]) -> Found:
    is_small = counts.max(initial=0) <= _MOST_IN_A_BYTE
    return Found(passages, counts.astype(np.uint8) if is_small else counts.astype(np.int32))
