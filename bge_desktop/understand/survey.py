"""Looking through all documents: which have no place among the topics, and are they to be grouped anew?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from sqlite_utils import Database

from bge_desktop.library.ids import Ids, read_ids
from bge_desktop.library.topics import CURRENT, StoredSpace, TopicTables
from bge_desktop.understand.placing import placings
from bge_desktop.understand.spaces import Space, documents_in

FEWEST_DOCUMENTS = 10
"""That are worth being grouped."""
# So large a share more or fewer are others.
_MUCH = 0.2
_RANGE = 4_000  # ids that are looked at at once: some milliseconds
_PLACED_AT_ONCE = 25


class Survey:
    """One look at all documents.

    Args:
        db: the library's database, which is written to: documents without a place get theirs.
        spaces: of its models.

    Attributes:
        placed: how many got their place.
        waits: whether documents that have their place wait for new vectors: grouped without them, they would lose it.
    """

    def __init__(self, db: Database, spaces: Sequence[Space]) -> None:
        self._db, self._spaces = db, spaces
        self._tables = TopicTables(db)
        self._stored = self._tables.spaces()
        self._placings = {own.space.name: own for own in placings(db, spaces, self._stored)}
        self._counts: Counter[str] = Counter()
        self.placed, self.waits = 0, False

    def portions(self) -> Iterator[None]:
        """Look, a portion with each step."""
        last = int(self._db.execute("SELECT coalesce(max(id), 0) FROM documents").fetchone()[0])
        ranges = [(first, first + _RANGE - 1) for first in range(1, last + 1, _RANGE)]
        for own in ranges:
            self.waits = self.waits or self._do_wait(own)
            yield
        for space in self._spaces:
            for own in ranges:
                found = documents_in(self._db, space, "id BETWEEN ? AND ?", own)
                self._counts[space.name] += len(found)
                yield
                yield from self._place(space, found)

    @property
    def is_due(self) -> bool:
        """Whether the documents are to be grouped anew, once all portions are done."""
        is_outdated = self._tables.grouped_at is not None and self._tables.is_outdated
        return not self.waits and (is_outdated or any(map(self._has_changed, self._spaces)))

    def _do_wait(self, ids: tuple[int, int]) -> bool:
        sql = (
            "SELECT EXISTS (SELECT 1 FROM passages p WHERE embedded = 0 AND document_id BETWEEN ? AND ?"
            f" AND EXISTS (SELECT 1 FROM topic_places t WHERE t.document_id = p.document_id AND grouping = {CURRENT})"
            " AND EXISTS (SELECT 1 FROM files f WHERE f.document_id = p.document_id))"
        )
        return bool(self._db.execute(sql, ids).fetchone()[0])

    def _has_changed(self, space: Space) -> bool:
        count, stored = self._counts[space.name], self._stored.get(space.name)
        if stored is None:
            return count >= FEWEST_DOCUMENTS
        return stored.fingerprint != space.fingerprint or _are_others(stored, count)

    def _place(self, space: Space, documents: Ids) -> Iterator[None]:
        placing = self._placings.get(space.name)
        if placing is None or not len(documents):
            return
        new = np.setdiff1d(documents, self._placed(documents), assume_unique=True)
        for start in range(0, len(new), _PLACED_AT_ONCE):
            self.placed += placing.place(new[start : start + _PLACED_AT_ONCE])
            yield

    def _placed(self, documents: Ids) -> Ids:
        sql = (
            f"SELECT document_id AS id FROM topic_places WHERE grouping = {CURRENT}"
            " AND document_id IN (SELECT value FROM json_each(?))"
        )
        return read_ids(self._db, sql, [json.dumps(documents.tolist())])


def _are_others(stored: StoredSpace, count: int) -> bool:
    return abs(count - stored.documents) > _MUCH * stored.documents
