"""Signatures of documents: short summaries by which it shows that two documents say almost the same.

A signature tells of a document's shingles, the overlapping runs of a few analysed words (Broder 1997, "On the
resemblance and containment of documents"). It holds the smallest of their hashes, by which documents that may resemble
each other are found, and an odd sketch of all of them (Mitzenmacher, Pagh and Pham 2014, "Efficient estimation for high
similarities using odd sketches"): from the bits in which those of two documents differ follows how many shingles only
one of both has. Documents made from one template resemble each other as well, so it also holds how often words are
used, by their hashes: that tells whether something was put in the place of something else. Since words are analysed,
case, width, and traditional or simplified characters make no difference.
"""

from __future__ import annotations

import json
import math
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

Hashes = NDArray[np.uint32]
Counts = NDArray[np.uint8]
Differences = NDArray[np.int8]

SHINGLE = 4
"""Of so many words is a shingle."""
# Documents that say almost the same share nearly all of their smallest shingles, and few others share any.
_SMALLEST = 32
# Bits of the odd sketch: as many as there are shingles, so that a resemblance of 0.95 is known within 0.01.
_BITS = 256, 1 << 16
# Two documents that say almost the same differ in few words: those seldom have the same one of so few counts.
_COUNTS, _WORDS_A_COUNT = (32, 4096), 8
_HEADER = struct.Struct("<II")
# Odd numbers of 64 random bits: multiplying by them spreads what differs in few bits over all.
_MIX, _LAST_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Signature:
    """What is known of a document's text.

    Attributes:
        word_count: how many words it has, each occurrence counted.
        shingle_count: how many different shingles it has.
        shingles: the smallest of their hashes, ascending [at most 32].
        odd: whether the number of shingles with each remainder of their hashes is odd, as 0 or 1 [a power of two].
        words: how often the words without digits with each remainder of their hashes are used, modulo 256 [a power of
            two].
        numbers: the same of words with digits [as `words`].
    """

    word_count: int
    shingle_count: int
    shingles: Hashes
    odd: Counts
    words: Counts
    numbers: Counts

    @classmethod
    def read(cls, stored: bytes) -> Signature:
        """Return a signature from the form in which it is stored."""
        word_count, shingle_count = _HEADER.unpack_from(stored)
        kept = min(shingle_count, _SMALLEST)
        shingles = np.frombuffer(stored, "<u4", kept, _HEADER.size)
        rest = np.frombuffer(stored, np.uint8, offset=_HEADER.size + shingles.nbytes)
        odd, counts = np.split(rest, [_power_of_two(shingle_count, *_BITS) // 8])
        words, numbers = np.split(counts, 2)
        return cls(word_count, shingle_count, shingles, np.unpackbits(odd), words, numbers)

    def resemblance(self, other: Signature) -> float:
        """Return the estimated share of the shingles of both documents that both have; 0 where it is small."""
        bits = min(len(self.odd), len(other.odd))
        differing = int(((_summed(self.odd, bits) ^ _summed(other.odd, bits)) & 1).sum())
        if 2 * differing >= bits:
            return 0.0
        in_one = -bits / 2 * math.log1p(-2 * differing / bits)  # Mitzenmacher et al., section 3
        together = self.shingle_count + other.shingle_count
        return max(0.0, (together - in_one) / (together + in_one)) if together else 0.0

    def differences(self, other: Signature) -> tuple[Differences, Differences]:
        """Return how many times more often this document uses words without digits, and with, than another.

        Each number is of all words whose hashes have the same remainder; below 0, the other uses them more often.
        """
        size = min(len(self.words), len(other.words))
        words, numbers = (
            (_summed(own, size) - _summed(others, size)).view(np.int8)
            for own, others in ((self.words, other.words), (self.numbers, other.numbers))
        )
        return words, numbers


class Signatures:
    """The table `signatures`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, rows: Iterable[tuple[int, str]]) -> None:
        """Store the signatures of documents that have none, given as their ids and analysed words."""
        self._db.conn.executemany(
            "INSERT INTO signatures VALUES (?, ?)", [(number, signature(words.split())) for number, words in rows]
        )

    def missing(self) -> list[int]:
        """Return the ids of the documents that have none."""
        # by way of the hashes' index: the table itself holds all texts, and reading past them is slow
        rows = self._db.execute("SELECT id FROM documents EXCEPT SELECT document_id FROM signatures")
        return [row[0] for row in rows]

    def of(self, document_ids: Sequence[int]) -> dict[int, Signature]:
        """Return the signatures of documents by id."""
        sql = "SELECT * FROM signatures WHERE document_id IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(sql, [json.dumps(list(document_ids))])
        return {document_id: Signature.read(stored) for document_id, stored in rows}

    def remove(self, document_id: int) -> None:
        """Remove the signature of a document."""
        self._db.execute("DELETE FROM signatures WHERE document_id = ?", [document_id])

    def remove_all(self) -> None:
        """Remove all signatures, as before a change of the analysis."""
        self._db.execute("DELETE FROM signatures")


def signature(words: Sequence[str]) -> bytes:
    """Return the signature of a text, given as its analysed words, as it is stored: in the order of the attributes."""
    counts = Counter(words)
    hashes = {word: zlib.crc32(word.encode()) for word in counts}
    shingles = np.unique(_shingles([hashes[word] for word in words]))
    bits = _power_of_two(len(shingles), *_BITS)
    odd = np.bincount(shingles % bits, minlength=bits) & 1
    have_digits = set(filter(_DIGIT.search, counts))
    counted = partial(_counted, counts, hashes, _power_of_two(len(counts) // _WORDS_A_COUNT, *_COUNTS))
    header = _HEADER.pack(len(words), len(shingles)) + shingles[:_SMALLEST].astype("<u4").tobytes()
    return header + np.packbits(odd).tobytes() + counted(counts.keys() - have_digits) + counted(have_digits)


def _counted(counts: Mapping[str, int], hashes: Mapping[str, int], size: int, words: Iterable[str]) -> bytes:
    """Return how often words are used, modulo 256, added up by the remainders of their hashes [size]."""
    own = list(words)
    places = np.array([hashes[word] for word in own], np.int64) % size
    return np.bincount(places, [counts[word] for word in own], size).astype(np.int64).astype(np.uint8).tobytes()


def _summed(counts: Counts, size: int) -> Counts:
    """Return counts by remainders as they would be by remainders of a smaller power of two, modulo 256."""
    summed: Counts = counts.reshape(-1, size).sum(axis=0, dtype=np.uint8)
    return summed


def _power_of_two(wanted: int, least: int, most: int) -> int:
    """Return the smallest power of two that is not less than `wanted`, within bounds that are powers of two."""
    return min(max(1 << max(wanted - 1, 0).bit_length(), least), most)


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
