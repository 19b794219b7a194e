"""Putting a new grouping in the place of the one in use, in portions so small that no query waits for one.

The new rows are written beside those in use; then a single transaction makes them the ones that are read, and what is
left of the others is removed, but for the topics that a person has named: those are parked (see `topics`). What an
interruption leaves behind goes with the next one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from bge_desktop.library.facts import Facts
from bge_desktop.library.made_topics import Made, MadeSpace, MadeTopic
from bge_desktop.library.topic_places import Row, write_places
from bge_desktop.library.topics import CURRENT, GROUPED_AT, GROUPING, OUTDATED, PARKED, TopicTables

_PORTION = 1_000  # rows: some ten milliseconds


class Regrouping:
    """The writing of one grouping.

    Args:
        db: the library's database.
        made: what is to be written.
    """

    def __init__(self, db: Database, made: Made) -> None:
        self._db, self._made = db, made
        self._number = self._next_number()
        self._parked: dict[int, int] = {}  # the numbers under which topics are to be parked, by their ids

    def portions(self) -> Iterator[None]:
        """Write, a portion with each step; the grouping is in use once the last one is done."""
        ids = self._write_new_topics()
        yield
        for space in self._made.spaces:
            for rows in _rows(space, ids):
                write_places(self._db, self._number, rows)
                yield
        yield from self._park(ids)
        self._put_in_use(ids)
        yield
        yield from remove_unused(self._db)

    def _next_number(self) -> int:
        tables = ("topics", "topic_places", "topic_spaces")
        highest = ", ".join(f"(SELECT coalesce(max(grouping), 0) FROM {name})" for name in tables)
        current = f"coalesce({CURRENT}, 0)"
        return int(self._db.execute(f"SELECT max({highest}, {current})").fetchone()[0]) + 1

    def _write_new_topics(self) -> dict[int, int]:
        """Write the topics that are new; return the ids of all, by their keys."""
        ids: dict[int, int] = {}
        with self._db.atomic():
            sql = f"SELECT id FROM topics WHERE grouping = {CURRENT} OR ({PARKED})"
            known = {row[0] for row in self._db.execute(sql)}
            for topic in self._made.topics:
                if topic.id is not None and topic.id in known:
                    ids[topic.key] = topic.id
                else:
                    ids[topic.key] = _insert(self._db, "topics", self._columns(topic, ids))
        return ids

    def _park(self, ids: Mapping[int, int]) -> Iterator[None]:
        """Write down the documents of the topics that are to be parked; those named meanwhile are among them."""
        goes_on = set(ids.values())
        while left := [own for own in TopicTables(self._db).all() if own.given_name and own.id not in goes_on]:
            topic = left[0].id
            goes_on.add(topic)
            self._parked[topic] = self._number + len(self._parked) + 1
            yield from self._write_parked(topic)

    def _write_parked(self, topic: int) -> Iterator[None]:
        sql = (
            f"SELECT document_id, x, y FROM topic_places WHERE topic_id = ? AND grouping = {CURRENT}"
            f" AND document_id > ? ORDER BY document_id LIMIT {_PORTION}"
        )
        for own in self._family(topic):
            last = 0
            while rows := self._db.execute(sql, [own, last]).fetchall():
                write_places(self._db, self._parked[topic], [(document, topic, x, y) for document, x, y in rows])
                last = rows[-1][0]
                yield

    def _family(self, topic: int) -> list[int]:
        return [own.id for own in TopicTables(self._db).all() if topic in (own.id, own.parent)]

    def _put_in_use(self, ids: Mapping[int, int]) -> None:
        facts = Facts(self._db)
        with self._db.atomic():
            for parked, number in self._parked.items():
                self._db.execute("UPDATE topics SET grouping = ?, parent = NULL WHERE id = ?", [number, parked])
            for topic in self._made.topics:
                columns = self._columns(topic, ids)
                values = ", ".join(f"{name} = ?" for name in columns)
                self._db.execute(f"UPDATE topics SET {values} WHERE id = ?", [*columns.values(), ids[topic.key]])
            for space in self._made.spaces:
                _insert(self._db, "topic_spaces", self._space_columns(space))
            facts.set(GROUPING, str(self._number))
            facts.set(GROUPED_AT, str(time.time()))
            facts.set(OUTDATED, "")

    def _columns(self, topic: MadeTopic, ids: Mapping[int, int]) -> dict[str, object]:
        centroids = (space.centroids.get(topic.key) for space in self._made.spaces)
        centroid = next((own for own in centroids if own is not None), None)
        return {
            "grouping": self._number,
            "parent": None if topic.parent is None else ids[topic.parent],
            "space": topic.space,
            "name": topic.name,
            "words": json.dumps(topic.words, ensure_ascii=False),
            "colour": topic.colour,
            "language": topic.language,
            "centroid": b"" if centroid is None else centroid.astype("<f4").tobytes(),
        }

    def _space_columns(self, space: MadeSpace) -> dict[str, object]:
        return {
            "grouping": self._number,
            "name": space.name,
            "fingerprint": space.fingerprint,
            "projection": space.projection,
            "reach": space.reach,
            "documents": len(space.documents),
        }


def _insert(db: Database, table: str, columns: Mapping[str, object]) -> int:
    """Insert a row and return its id; sqlite-utils would look at the table before each, of hundreds."""
    marks = ", ".join("?" * len(columns))
    inserted = db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(columns.values()))
    return int(inserted.lastrowid or 0)


def _rows(space: MadeSpace, ids: Mapping[int, int]) -> Iterator[list[Row]]:
    for start in range(0, len(space.documents), _PORTION):
        part = slice(start, start + _PORTION)
        columns = (space.documents[part].tolist(), space.keys[part].tolist(), space.places[part].tolist())
        yield [(document, ids.get(key), *point) for document, key, point in zip(*columns, strict=True)]


def remove_unused(db: Database) -> Iterator[None]:
    """Remove the rows of groupings that are not in use, a portion with each step; parked topics have documents."""
    named = "SELECT grouping FROM topics WHERE given_name != ''"
    unused = f"grouping NOT IN (SELECT coalesce({CURRENT}, 0) UNION {named})"
    is_empty = "NOT EXISTS (SELECT 1 FROM topic_places WHERE topic_id = topics.id)"
    sql = f"DELETE FROM topic_places WHERE id IN (SELECT id FROM topic_places WHERE {unused} LIMIT {_PORTION})"
    while db.execute(sql).rowcount > 0:
        yield
    with db.atomic():
        db.execute(f"DELETE FROM topic_spaces WHERE {unused}")
        # those in use were above others: children first
        db.execute(f"DELETE FROM topics WHERE {unused} AND parent NOTNULL")
        db.execute(f"DELETE FROM topics WHERE {unused}")
        db.execute(f"DELETE FROM topics WHERE {PARKED} AND {is_empty}")
