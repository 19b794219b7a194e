"""The words of the documents by which topics are named, read so far as time allows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from bge_desktop.library.ids import Ids
from bge_desktop.understand.terms import Terms

# Characters that are read in all: some twenty seconds of Chinese.
_BUDGET = 12_000_000
_LONGEST, _SHORTEST = 2_000, 400
_PORTION = 50


def read_terms(db: Database, topics: Sequence[Ids], terms: Terms) -> list[list[set[str]]]:
    """Return the terms of the documents of topics [topics, documents], by their titles and how they begin.

    Args:
        db: the library's database.
        topics: the documents of each by their ids.
        terms: takes them apart.
    """
    count = max(1, sum(map(len, topics)))
    length = min(_LONGEST, max(_SHORTEST, _BUDGET // count))
    return [[terms.of(text) for text in _texts(db, documents, length)] for documents in topics]


def _texts(db: Database, documents: Ids, length: int) -> Iterator[str]:
    begins = "title || char(10) || substr(unpacked(text), 1, ?)"
    sql = f"SELECT {begins} FROM documents WHERE id IN (SELECT value FROM json_each(?))"
    for start in range(0, len(documents), _PORTION):
        own = json.dumps(documents[start : start + _PORTION].tolist())
        yield from (row[0] for row in db.execute(sql, [length, own]).fetchall())
