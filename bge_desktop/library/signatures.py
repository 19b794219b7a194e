"""Signatures of documents: short summaries by which it shows that two documents say almost the same.

A signature holds the smallest hashes of a document's shingles, the overlapping runs of a few analysed words (Broder
1997, "On the resemblance and containment of documents": resemblance is estimated from the smallest elements of a
random permutation). Documents made from one template resemble each other as well, so it holds the words, too, with how
often each is used: they tell whether something was put in the place of something else. Since words are analysed, case,
width, and traditional or simplified characters make no difference.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.library.words import analysed

Hashes = NDArray[np.uint32]

SHINGLE = 4
"""Of so many words is a shingle."""
# 2 kB; of documents with fewer shingles the resemblance is exact, of others at 0.95 within 0.01.
_MOST_SHINGLES = 512
_MOST_WORDS = 4096
# A word as the signature holds it: 26 bits of its hash, 5 of its count, and whether there is a digit in it.
_HASH_SHIFT, _MOST_COUNTED = 6, 31
_HEADER = struct.Struct("<III")
# Odd numbers of 64 random bits: multiplying by them spreads what differs in few bits over all.
_MIX, _LAST_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_PORTION = 200


@dataclass(frozen=True)
class Signature:
    """What is known of a document's text.

    Attributes:
        word_count: how many words it has, each occurrence counted.
        shingle_count: how many different shingles it has.
        shingles: the smallest of their hashes, ascending [at most 512].
        hashes: of its different words, ascending [at most 4,096, the smallest].
        counts: how often each word is used, 31 for more [as `hashes`].
        have_digits: whether each word has a digit [as `hashes`].
    """

    word_count: int
    shingle_count: int
    shingles: Hashes
    hashes: Hashes
    counts: NDArray[np.int64]
    have_digits: NDArray[np.bool_]

    @classmethod
    def read(cls, stored: bytes) -> Signature:
        """Return a signature from the form in which it is stored."""
        word_count, shingle_count, kept = _HEADER.unpack_from(stored)
        numbers = np.frombuffer(stored, "<u4", offset=_HEADER.size)
        words = numbers[kept:]
        return cls(
            word_count,
            shingle_count,
            shingles=numbers[:kept],
            hashes=(words >> _HASH_SHIFT).astype(np.uint32),
            counts=((words >> 1) & _MOST_COUNTED).astype(np.int64),
            have_digits=(words & 1).astype(np.bool_),
        )

    def resemblance(self, other: Signature) -> float:
        """Return the estimated share of the shingles of both documents that both have (Broder 1997, section 2)."""
        smallest = np.union1d(self.shingles, other.shingles)[:_MOST_SHINGLES]
        in_both = np.intersect1d(self.shingles, other.shingles, assume_unique=True)
        return float(np.isin(smallest, in_both, assume_unique=True).sum() / max(len(smallest), 1))

    def more_often(self, other: Signature) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return for the words that this document uses more often how many times more, and whether it has a digit.

        Where a document has more words than its signature holds, those are compared that both would hold.
        """
        last = min(_last(self.hashes), _last(other.hashes))
        own = self.hashes <= last
        at = np.searchsorted(other.hashes, self.hashes[own]).clip(max=max(len(other.hashes) - 1, 0))
        is_known = other.hashes[at] == self.hashes[own] if len(other.hashes) else np.zeros(own.sum(), np.bool_)
        more = self.counts[own] - np.where(is_known, other.counts[at] if len(other.counts) else 0, 0)
        return more[more > 0], self.have_digits[own][more > 0]


class Signatures:
    """The table `signatures`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, document_id: int, text: str) -> None:
        """Store the signature of a document that has none."""
        self._db.execute("INSERT INTO signatures VALUES (?, ?)", [document_id, signature(text)])

    def add_missing(self) -> None:
        """Store the signatures of all documents that have none, a portion at a time: what is done is kept."""
        sql = "SELECT id, text FROM documents WHERE id NOT IN (SELECT document_id FROM signatures) LIMIT ?"
        while rows := self._db.execute(sql, [_PORTION]).fetchall():
            with self._db.atomic():
                for document_id, text in rows:
                    self.add(document_id, text)

    def of(self, document_ids: Sequence[int]) -> dict[int, Signature]:
        """Return the signatures of documents by id."""
        sql = "SELECT * FROM signatures WHERE document_id IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(sql, [json.dumps(list(document_ids))])
        return {document_id: Signature.read(stored) for document_id, stored in rows}

    def remove(self, document_id: int) -> None:
        """Remove the signature of a document."""
        self._db.execute("DELETE FROM signatures WHERE document_id = ?", [document_id])

    def remove_all(self) -> None:
        """Remove all signatures, as after a change of the analysis."""
        self._db.execute("DELETE FROM signatures")


def signature(text: str) -> bytes:
    """Return the signature of a text as it is stored: little-endian, the counts, the shingles, the words."""
    words = analysed(text).split()
    counts = Counter(words)
    hashes = {word: zlib.crc32(word.encode()) for word in counts}
    shingles = np.unique(_shingles([hashes[word] for word in words]))
    kept = shingles[:_MOST_SHINGLES]
    packed = np.unique(np.array([_packed(word, hashes[word], count) for word, count in counts.items()], "<u4"))
    header = _HEADER.pack(len(words), len(shingles), len(kept))
    return header + kept.astype("<u4").tobytes() + packed[:_MOST_WORDS].tobytes()


def _shingles(words: Sequence[int]) -> Hashes:
    """Return the hash of each shingle of a text, given the hash of each word; of a shorter text, that of the whole."""
    own = _mixed(np.array(words, np.uint64) + np.uint64(1))
    size = min(SHINGLE, len(own))
    total = np.zeros(max(len(own) - size + 1, 0) if size else 0, np.uint64)
    for place in range(size):
        total = _mixed(total ^ own[place : place + len(total)])
    return (total >> np.uint64(32)).astype(np.uint32)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    once = numbers * _MIX
    mixed: NDArray[np.uint64] = (once ^ (once >> np.uint64(32))) * _LAST_MIX
    return mixed


def _packed(word: str, hashed: int, count: int) -> int:
    has_digit = any(map(str.isdigit, word))
    return (hashed >> _HASH_SHIFT << _HASH_SHIFT) | (min(count, _MOST_COUNTED) << 1) | has_digit


def _last(hashes: Hashes) -> int:
    return int(hashes[-1]) if len(hashes) >= _MOST_WORDS else 1 << 32
