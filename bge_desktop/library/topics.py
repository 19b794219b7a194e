"""The topics of a library: groups of documents, made from their vectors, and what a person calls them.

All of it but the given names can be made anew. The rows of each grouping stand for themselves; those in use are of the
one that the fact `topics grouping` names, so that a grouping takes the place of another at once, however many rows it
has (see `topic_writing`).

A topic that a person has named and that no grouping has gone on with is parked: it stands, with the documents that it
had, under a number of its own in the place of a grouping's, until one goes on with it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bge_desktop.library.facts import Facts
from bge_desktop.library.folding import folded
from bge_desktop.library.ids import Ids, read_ids

GROUPING, GROUPED_AT, OUTDATED = "topics grouping", "topics grouped at", "topics outdated"
CURRENT = f"(SELECT CAST(value AS INTEGER) FROM facts WHERE name = '{GROUPING}')"

PARKED = f"topics.given_name != '' AND topics.grouping != {CURRENT}"
"""In SQL, what holds of a topic that is parked."""

IN_TOPICS = (
    f"SELECT document_id FROM topic_places WHERE grouping = {CURRENT} AND topic_id IN (SELECT value FROM json_each(?))"
)
"""In SQL, the documents that are in some topics, whose ids it takes as JSON."""


@dataclass(frozen=True)
class StoredTopic:
    """A topic as it is stored.

    Attributes:
        id: for good.
        parent: the id of the topic that holds it; None at the top.
        space: the name of its space, see `understand.spaces`.
        made_name, given_name: by the app, and by a person, or "".
        words: the most telling ones, the best first.
        colour: 0 to 11.
        language: of its documents; "" for both.
        centroid: float32, as its space projects; empty for one that holds others.
    """

    id: int
    parent: int | None
    space: str
    made_name: str
    given_name: str
    words: tuple[str, ...]
    colour: int
    language: str
    centroid: bytes

    @property
    def name(self) -> str:
        """That is shown."""
        return self.given_name or self.made_name


@dataclass(frozen=True)
class StoredSpace:
    """What a grouping found of a space: as the columns of `topic_spaces`."""

    name: str
    fingerprint: str
    projection: bytes
    reach: float
    documents: int


class TopicTables:
    """The tables `topics`, `topic_spaces` and `topic_places`, to be read; and the names that a person gives."""

    def __init__(self, db: Database) -> None:
        self._db, self._facts = db, Facts(db)

    @property
    def grouped_at(self) -> float | None:
        """When the documents were last grouped, in seconds since the epoch; None before the first time."""
        try:
            found = float(self._facts.get(GROUPED_AT) or math.nan)
        except ValueError:  # spoilt
            return None
        return found if math.isfinite(found) else None

    @property
    def is_outdated(self) -> bool:
        """Whether a folder was removed since, whose words may stand in the names."""
        return bool(self._facts.get(OUTDATED))

    def outdate(self) -> None:
        """Have the documents grouped anew; within the transaction that removes a folder."""
        if self.grouped_at is not None:
            self._facts.set(OUTDATED, "yes")

    def all(self) -> list[StoredTopic]:
        """Return the topics, parents before those below them."""
        return self._where(f"grouping = {CURRENT}")

    def parked(self) -> list[StoredTopic]:
        """Return the topics that are parked."""
        return self._where(PARKED)

    def parked_documents(self) -> dict[int, set[int]]:
        """Return the ids of the documents that the parked topics had, of those that there still are, by the topic."""
        sql = (
            "SELECT topic_id, document_id FROM topics"
            " JOIN topic_places own ON own.topic_id = topics.id AND own.grouping = topics.grouping"
            f" WHERE {PARKED}"
        )
        found: dict[int, set[int]] = {}
        for topic, document in self._db.execute(sql):
            found.setdefault(topic, set()).add(document)
        return found

    def spaces(self) -> dict[str, StoredSpace]:
        """Return the spaces in which the documents were grouped, by name."""
        sql = f"SELECT name, fingerprint, projection, reach, documents FROM topic_spaces WHERE grouping = {CURRENT}"
        return {row[0]: StoredSpace(*row) for row in self._db.execute(sql)}

    def counts(self) -> dict[int, int]:
        """Return how many documents that some file has are in each topic itself, by its id; none in those with none."""
        sql = (
            f"SELECT topic_id, count(*) FROM topic_places WHERE grouping = {CURRENT} AND topic_id NOTNULL"
            " AND EXISTS (SELECT 1 FROM files WHERE files.document_id = topic_places.document_id) GROUP BY topic_id"
        )
        return dict(self._db.execute(sql).fetchall())

    def count_documents(self) -> int:
        """Return how many documents there are that some file has."""
        return int(self._db.execute("SELECT count(DISTINCT document_id) FROM files").fetchone()[0])

    def of_documents(self, documents: Sequence[int]) -> dict[int, int]:
        """Return the lowest topic of each of some documents, by the document; none of those that have none."""
        sql = (
            f"SELECT document_id, topic_id FROM topic_places WHERE grouping = {CURRENT} AND topic_id NOTNULL"
            " AND document_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._db.execute(sql, [json.dumps(list(documents))]).fetchall())

    def called(self, typed: str) -> list[int]:
        """Return the topics that a name or a part of one means, with those below them, by their ids.

        Those of that name, where there are; else those whose names or words hold it.
        """
        topics, wanted = self.all(), folded(typed)
        named = [topic.id for topic in topics if folded(topic.name) == wanted]
        holding = [topic.id for topic in topics if any(wanted in folded(own) for own in (topic.name, *topic.words))]
        found = set(named or holding)
        return sorted(found | {topic.id for topic in topics if topic.parent in found})

    def documents_of(self, topics: Sequence[int]) -> Ids:
        """Return the ids, ascending, of the documents that are in some topics."""
        return read_ids(self._db, f"SELECT document_id AS id FROM ({IN_TOPICS})", [json.dumps(list(topics))])

    def rename(self, topic: int, name: str) -> bool:
        """Give a topic a person's name, or with "" the made one again; return whether there is such a topic."""
        sql = f"UPDATE topics SET given_name = ? WHERE id = ? AND grouping = {CURRENT}"
        return self._db.execute(sql, [name, topic]).rowcount > 0

    def _where(self, condition: str) -> list[StoredTopic]:
        sql = (
            "SELECT id, parent, space, name, given_name, words, colour, language, centroid FROM topics"
            f" WHERE {condition} ORDER BY parent NOTNULL, id"
        )
        return [
            StoredTopic(number, parent, space, made, given, _words(words), colour, language, centroid)
            for number, parent, space, made, given, words, colour, language, centroid in self._db.execute(sql)
        ]


def _words(stored: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(stored)))
    except (ValueError, TypeError):  # spoilt; the next grouping makes them anew
        return ()
