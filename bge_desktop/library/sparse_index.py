"""The inverted index of lexical weights, as BGE-M3 makes them: which passages hold a token, and how much it says there.

Passages are in *blocks* of 1,024 ids. What stands under one token in one block is one row: so a group of passages that
is added changes one small part of the database, and a search reads one row for each token and block. To take passages
out of a block, all of it is read (20 ms): what those have left that are gone stays until the library is tidied, and
whoever searches passes over it. A posting takes four bytes, 5.4 with its part of the row (measured, at 75 tokens a
passage); weights are in half precision, as vectors are, which changes a score by less than a thousandth of it.

Each of a library's models has its own: while the library changes from one to another, and afterwards for a way back.
The index is written in the transactions that write vectors.
"""

from __future__ import annotations

import functools
import itertools
import json
import operator
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.sparse_vectors import SparseVector, SparseVectors
from bge_desktop.library.ids import starts_of

Ids = NDArray[np.int64]
Scores = NDArray[np.float64]

_BLOCK = 1024  # passages: 130 tokens of each come to 0.6 MB, of which a removal reads all
_MOST_ROWS = 4_000  # that a search reads
_TOKEN_BITS = 24
_TOKEN = (1 << _TOKEN_BITS) - 1
_POSTING = np.dtype([("offset", "<u2"), ("weight", "<f2")])
_IS_STRAY = f"id >> {_TOKEN_BITS} NOT IN (SELECT id FROM sparse_blocks)"


@dataclass(frozen=True)
class _Block:
    """Passages of neighbouring ids.

    Attributes:
        id: under which its postings stand.
        members: the offsets of those that have been added.
        checksum: of what it is of, of `members` and of all postings, by exclusive or: so one can change alone.
    """

    id: int
    members: NDArray[np.uint16]
    checksum: int

    def key(self, token: int) -> int:
        return self.id << _TOKEN_BITS | token


class SparseIndex:
    """The tables `sparse_blocks` and `sparse_postings`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, model_id: int, passage_ids: Ids, vectors: SparseVectors) -> None:
        """Add passages, each once, with their vectors; those that are there already get the new one."""
        with self._db.atomic():
            self._remove(model_id, passage_ids)
            numbers, offsets = np.divmod(passage_ids, _BLOCK)
            for number in np.unique(numbers):
                own = np.flatnonzero(numbers == number)
                block = self._block(model_id, int(number))
                self._add_to(block, offsets[own].astype(np.uint16), vectors.taken(own.tolist()))

    def search(self, model_id: int, query: SparseVector) -> tuple[Ids, Scores]:
        """Return the passages that hold a token of the query, ascending [n], and their scores [n].

        Those that are gone are among them until `forget_gone`. In a large index only the heaviest tokens count: with
        500,000 passages 8 of them, with a million 4, so that no search reads more than 4,000 rows.
        """
        blocks = self._db.execute("SELECT id, number FROM sparse_blocks WHERE model_id = ?", [model_id])
        starts = {block: number * _BLOCK for block, number in blocks}
        heaviest = np.argsort(-query.weights, kind="stable")[: max(_MOST_ROWS // max(len(starts), 1), 1)]
        weights = dict(zip(query.tokens[heaviest].tolist(), query.weights[heaviest].tolist(), strict=True))
        rows = self._rows([block << _TOKEN_BITS | token for block in starts for token in weights])
        counts = [len(stored) // _POSTING.itemsize for _, stored in rows]
        postings = np.frombuffer(b"".join(stored for _, stored in rows), _POSTING)
        first = np.array([starts[key >> _TOKEN_BITS] for key, _ in rows], np.int64)
        factors = np.array([weights[key & _TOKEN] for key, _ in rows], np.float64)
        ids = np.repeat(first, counts) + postings["offset"]
        scores: Scores = np.bincount(ids, np.repeat(factors, counts) * postings["weight"]).astype(np.float64)
        found: Ids = np.flatnonzero(scores)
        return found, scores[found]

    def members(self, model_id: int) -> Ids:
        """Return the passages that have been added for a model [n]."""
        blocks = self._db.execute("SELECT number, members FROM sparse_blocks WHERE model_id = ?", [model_id])
        own = (number * _BLOCK + np.frombuffer(members, "<u2").astype(np.int64) for number, members in blocks)
        return np.concatenate([np.empty(0, np.int64), *own])

    def remove_some(self, model_id: int) -> bool:
        """Remove some of what is known of a model's passages; return whether there was any."""
        row = self._db.execute("SELECT id FROM sparse_blocks WHERE model_id = ? LIMIT 1", [model_id]).fetchone()
        if row:
            with self._db.atomic():
                delete_block(self._db, row[0])
        return row is not None

    def forget_gone(self) -> Iterator[None]:
        """Remove what is left of passages that the library has no more, of one block with each step."""
        for block, number in self._db.execute("SELECT id, number FROM sparse_blocks").fetchall():
            with self._db.atomic():
                self._forget_gone_of(block, number)
            yield

    def _forget_gone_of(self, block_id: int, number: int) -> None:
        row = self._db.execute("SELECT members, checksum FROM sparse_blocks WHERE id = ?", [block_id]).fetchone()
        if row is None:
            return  # it went with its model, meanwhile
        block = _Block(block_id, np.frombuffer(row[0], "<u2"), row[1])
        gone = block.members[~self._is_known(number)[block.members]]
        if len(gone) == len(block.members):
            delete_block(self._db, block_id)
        elif len(gone):
            self._remove_from(block, gone)

    def _is_known(self, number: int) -> NDArray[np.bool_]:
        """Return which passages of a block the library has, by offset."""
        first = number * _BLOCK
        sql = "SELECT id FROM passages WHERE id BETWEEN ? AND ?"
        is_known = np.zeros(_BLOCK, np.bool_)
        is_known[[row[0] - first for row in self._db.execute(sql, [first, first + _BLOCK - 1])]] = True
        return is_known

    def _remove(self, model_id: int, passage_ids: Ids) -> None:
        """Remove passages from the index of a model; those that are not there are passed over."""
        numbers, offsets = np.divmod(passage_ids, _BLOCK)
        for block, number in self._blocks(model_id, np.unique(numbers).tolist()):
            gone = np.intersect1d(block.members, offsets[numbers == number])
            if len(gone):
                self._remove_from(block, gone.astype(np.uint16))

    def _blocks(self, model_id: int, numbers: Sequence[int]) -> list[tuple[_Block, int]]:
        sql = (
            "SELECT id, members, checksum, number FROM sparse_blocks"
            " WHERE number IN (SELECT value FROM json_each(?)) AND model_id = ?"
        )
        found = self._db.execute(sql, [json.dumps(list(numbers)), model_id]).fetchall()
        return [
            (_Block(block, np.frombuffer(members, "<u2"), checksum), number)
            for block, members, checksum, number in found
        ]

    def _block(self, model_id: int, number: int) -> _Block:
        """Return a model's block, which is made where there is none yet."""
        for block, _ in self._blocks(model_id, [number]):
            return block
        checksum = _of_place(model_id, number)
        made = self._db.execute(
            "INSERT INTO sparse_blocks (model_id, number, members, checksum) VALUES (?, ?, x'', ?)",
            [model_id, number, checksum],
        )
        assert made.lastrowid is not None
        return _Block(made.lastrowid, np.empty(0, np.uint16), checksum)

    def _add_to(self, block: _Block, offsets: NDArray[np.uint16], vectors: SparseVectors) -> None:
        order = np.argsort(vectors.tokens, kind="stable")
        tokens = vectors.tokens[order]
        postings = np.empty(len(tokens), _POSTING)
        postings["offset"], postings["weight"] = offsets[vectors.rows[order]], vectors.weights[order]
        starts = starts_of(tokens)
        keys = [block.key(token) for token in tokens[starts].tolist()]
        stored, places = postings.tobytes(), (starts * _POSTING.itemsize).tolist()
        added = (stored[first:end] for first, end in itertools.pairwise([*places, len(stored)]))
        known = dict(self._rows(keys))
        after = {key: known.get(key, b"") + more for key, more in zip(keys, added, strict=True)}
        self._write(block, np.concatenate([block.members, offsets]), known, after)

    def _remove_from(self, block: _Block, gone: NDArray[np.uint16]) -> None:
        sql = "SELECT id, postings FROM sparse_postings WHERE id BETWEEN ? AND ?"
        known: dict[int, bytes] = dict(self._db.execute(sql, _range(block.id)))
        is_gone = np.zeros(_BLOCK, np.bool_)
        is_gone[gone] = True
        holding = {key: np.frombuffer(stored, _POSTING) for key, stored in known.items()}
        kept = {key: own[~is_gone[own["offset"]]] for key, own in holding.items()}
        changed = {key: own.tobytes() for key, own in kept.items() if len(own) < len(holding[key])}
        self._write(block, block.members[~is_gone[block.members]], {key: known[key] for key in changed}, changed)

    def _write(
        self, block: _Block, members: NDArray[np.uint16], before: Mapping[int, bytes], after: Mapping[int, bytes]
    ) -> None:
        """Write the members of a block, and postings of which some stood there before; empty ones go."""
        stored = members.astype("<u2").tobytes()
        changed = [block.checksum, zlib.crc32(block.members.tobytes()), zlib.crc32(stored)]
        changed += (_checksum(*row) for row in itertools.chain(before.items(), after.items()) if row[1])
        gone = [(key,) for key, postings in after.items() if not postings]
        self._db.conn.executemany("DELETE FROM sparse_postings WHERE id = ?", gone)
        rows = [row for row in after.items() if row[1]]
        self._db.conn.executemany("INSERT OR REPLACE INTO sparse_postings (id, postings) VALUES (?, ?)", rows)
        sql = "UPDATE sparse_blocks SET members = ?, checksum = ? WHERE id = ?"
        self._db.execute(sql, [stored, _together(changed), block.id])

    def _rows(self, keys: Sequence[int]) -> list[tuple[int, bytes]]:
        sql = "SELECT id, postings FROM sparse_postings WHERE id IN (SELECT value FROM json_each(?))"
        return list(self._db.execute(sql, [json.dumps(list(keys))]))


def scores_of(passage_ids: Ids, found: tuple[Ids, Scores]) -> Scores:
    """Return of what a search has found the scores of passages [n]; 0 for those that it has not."""
    ids, scores = found
    if not len(ids):
        return np.zeros(len(passage_ids))
    places = np.searchsorted(ids, passage_ids).clip(max=len(ids) - 1)
    return np.where(ids[places] == passage_ids, scores[places], 0.0)


def damaged_blocks(db: Database) -> Iterator[int | None]:
    """Yield for each block its id, or None where it and its postings are whole."""
    for block, *columns in db.execute("SELECT id, model_id, number, members, checksum FROM sparse_blocks"):
        yield None if _is_whole(db, block, *columns) else block


def has_strays(db: Database) -> bool:
    """Return whether there are postings of no block."""
    return bool(db.execute(f"SELECT 1 FROM sparse_postings WHERE {_IS_STRAY} LIMIT 1").fetchone())


def mend(db: Database) -> None:
    """Remove what is damaged, and the vectors that have nothing here beside them: their passages are embedded again."""
    for block in [number for number in damaged_blocks(db) if number is not None]:
        delete_block(db, block)
    db.execute(f"DELETE FROM sparse_postings WHERE {_IS_STRAY}")
    models = db.execute("SELECT id FROM models WHERE json_extract(nullif(description, ''), '$.has_heads')").fetchall()
    for (model_id,) in models:
        members = json.dumps(SparseIndex(db).members(model_id).tolist())
        sql = "DELETE FROM vectors WHERE model_id = ? AND passage_id NOT IN (SELECT value FROM json_each(?))"
        db.execute(sql, [model_id, members])


def delete_block(db: Database, block: int) -> None:
    """Remove a block with its postings."""
    db.execute("DELETE FROM sparse_postings WHERE id BETWEEN ? AND ?", _range(block))
    db.execute("DELETE FROM sparse_blocks WHERE id = ?", [block])


def _is_whole(db: Database, block: int, model_id: object, number: object, members: object, checksum: int) -> bool:
    if not isinstance(members, bytes):
        return False
    rows = db.execute("SELECT id, postings FROM sparse_postings WHERE id BETWEEN ? AND ?", _range(block))
    try:
        parts = [_checksum(key, postings) for key, postings in rows]
    except TypeError:
        return False
    return checksum == _together([_of_place(model_id, number), zlib.crc32(members), *parts])


def _range(block: int) -> tuple[int, int]:
    """Return the first and the last id that postings of a block may have."""
    first = block << _TOKEN_BITS
    return first, first + _TOKEN


def _of_place(model_id: object, number: object) -> int:
    return zlib.crc32(f"{model_id} {number}".encode("utf-8", "surrogateescape"))


def _checksum(key: int, postings: bytes) -> int:
    return zlib.crc32(postings, key & 0xFFFF_FFFF)


def _together(checksums: Iterable[int]) -> int:
    return functools.reduce(operator.xor, checksums, 0)
