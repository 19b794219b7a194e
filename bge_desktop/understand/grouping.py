"""The operation "group" of the helper: groups the documents of a library into topics, names them, and draws the map.

Request: `{"library": folder, "spaces": [[name, fingerprint, dimension], ...]}`; everything else is read from the
database, a portion at a time, while its owner goes on writing. Answer: what `made_topics` takes apart.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlite_utils import Database

from bge_desktop.library import storage
from bge_desktop.library.ids import Ids
from bge_desktop.library.made_topics import COLOURS, MadeSpace, MadeTopic, packed
from bge_desktop.library.topic_places import read_places
from bge_desktop.library.topics import StoredTopic, TopicTables
from bge_desktop.processes import Header
from bge_desktop.understand import clustering, layout, naming
from bge_desktop.understand.matching import matched
from bge_desktop.understand.projection import Projection, nearest
from bge_desktop.understand.spaces import Space, Vectors, document_vectors, documents_in
from bge_desktop.understand.survey import FEWEST_DOCUMENTS
from bge_desktop.understand.terms import Terms
from bge_desktop.understand.topic_texts import read_terms

# Of the distances of the documents to their topics: what is farther than nearly all, and a little more, is in none.
_NEARLY_ALL, _MORE = 0.99, 1.1
# Of so many documents of a topic the words are counted.
_READ = 200


@dataclass
class _Node:
    """A topic that comes to be: its key, the one above, and the rows of its documents in its space."""

    key: int
    parent: int | None
    rows: Ids
    old: StoredTopic | None = None


@dataclass
class _Grouped:
    """A space whose documents are grouped: their ids and points, where they lie, and the topics."""

    space: Space
    projection: Projection
    documents: Ids
    points: Vectors
    places: layout.Places
    nodes: list[_Node] = field(default_factory=list)

    def below(self, node: _Node) -> list[_Node]:
        """Return the lowest topics of one: those below it, or itself."""
        return [own for own in self.nodes if own.parent == node.key] or [node]

    @property
    def lowest(self) -> list[_Node]:
        """The topics that hold no others."""
        parents = {node.parent for node in self.nodes}
        return [node for node in self.nodes if node.key not in parents]

    def topics(self, *, is_lowest: bool) -> Iterator[tuple[_Node, list[int]]]:
        """Yield the topics that hold others, or those that do not, each with its documents."""
        lowest = {node.key for node in self.lowest}
        for node in self.nodes:
            if (node.key in lowest) == is_lowest:
                yield node, self.documents[node.rows].tolist()


def group(header: Header, payload: bytes) -> tuple[Header, bytes]:  # noqa: ARG001 - as every operation
    """Answer a request, see above.

    Raises:
        LibraryError: the library cannot be read.
    """
    folder = header["library"]
    with contextlib.closing(storage.connect(folder, write=False)) as db, storage.readable_errors(folder):
        before = _Before(db)
        grouped = list(_grouped(db, [Space(*own) for own in header["spaces"]], before))
        _match(grouped, before)
        topics = list(_named(db, grouped, before))
    maps = layout.side_by_side([own.places for own in grouped]) if grouped else []
    return packed([_made(own, places) for own, places in zip(grouped, maps, strict=True)], topics)


class _Before:
    """The topics as they were, with those that are parked."""

    def __init__(self, db: Database) -> None:
        tables = TopicTables(db)
        self.topics = {topic.id: topic for topic in (*tables.all(), *tables.parked())}
        self._parked = tables.parked_documents()
        places = read_places(db)
        self.topic_of = dict(zip(places.documents.tolist(), places.topics.tolist(), strict=True))
        self.place_of = {
            document: (x, y)
            for document, x, y in zip(places.documents.tolist(), places.x.tolist(), places.y.tolist(), strict=True)
        }

    def documents(self, documents: Collection[int], *, is_lowest: bool) -> dict[int, list[int]]:
        """Return which of some documents each topic had, of those that held others, or of those that did not."""
        found = self._of_parked(documents, is_lowest=is_lowest)
        for document in documents:
            topic = self.topics.get(self.topic_of.get(document, 0))
            if topic and not is_lowest:
                topic = self.topics.get(topic.parent or 0)
            if topic:
                found.setdefault(topic.id, []).append(document)
        return found

    def _of_parked(self, documents: Collection[int], *, is_lowest: bool) -> dict[int, list[int]]:
        there = frozenset(documents)
        own = {topic: sorted(held & there) for topic, held in self._parked.items()}
        return {topic: held for topic, held in own.items() if held and bool(self.topics[topic].centroid) == is_lowest}


def _grouped(db: Database, spaces: Sequence[Space], before: _Before) -> Iterator[_Grouped]:
    key = 0
    for space in spaces:
        documents, vectors = document_vectors(db, space, documents_in(db, space))
        if len(documents) < FEWEST_DOCUMENTS:
            continue
        projection = Projection.fitted(vectors)
        points = projection(vectors)
        places = layout.laid_out(points, layout.as_before(documents, before.place_of))
        own = _Grouped(space, projection, documents, points, places)
        own.nodes = _tree(points, key)
        key += len(own.nodes)
        yield own


def _tree(points: Vectors, first_key: int) -> list[_Node]:
    """Return the topics, parents first, the largest first; one that would hold a single other is that one itself."""
    groups = clustering.grouped(points)
    above = clustering.gathered(points, groups)
    rows = [np.flatnonzero(groups == number) for number in range(len(above))]
    tops: list[list[Ids]] = [
        sorted((rows[number] for number in np.flatnonzero(above == top)), key=len, reverse=True)
        for top in range(int(above.max()) + 1)
    ]
    tops.sort(key=lambda own: -sum(map(len, own)))
    found = [_Node(first_key + number, None, np.concatenate(own)) for number, own in enumerate(tops)]
    for parent, own in zip(list(found), tops, strict=True):
        if len(own) > 1:
            found += [_Node(first_key + len(found) + n, parent.key, below) for n, below in enumerate(own)]
    return found


def _match(grouped: Sequence[_Grouped], before: _Before) -> None:
    """Have old topics go on: over all spaces at once, as one with documents of several goes on in one of them only."""
    documents = [document for own in grouped for document in own.documents.tolist()]
    named = {topic.id for topic in before.topics.values() if topic.given_name}
    for is_lowest in (True, False):
        new = {node.key: held for own in grouped for node, held in own.topics(is_lowest=is_lowest)}
        goes_on = matched(before.documents(documents, is_lowest=is_lowest), new, named)
        for node in (node for own in grouped for node in own.nodes):
            if node.key in goes_on:
                node.old = before.topics[goes_on[node.key]]


def _named(db: Database, grouped: Sequence[_Grouped], before: _Before) -> Iterator[MadeTopic]:
    lowest = [(own, node) for own in grouped for node in own.lowest]
    terms = Terms()
    documents = [own.documents[_typical(own, node)] for own, node in lowest]
    vocabulary = naming.Vocabulary(read_terms(db, documents, terms))
    place = {node.key: number for number, (_, node) in enumerate(lowest)}
    languages = _languages(db, grouped)
    yield from _with_colours(list(_described(grouped, vocabulary, terms, place, languages)), before)


def _typical(grouped: _Grouped, node: _Node) -> Ids:
    """Return the rows of the documents of a topic that are nearest to its middle."""
    points = grouped.points[node.rows]
    found: Ids = node.rows[np.argsort(-(points @ points.mean(axis=0)), kind="stable")[:_READ]]
    return found


def _described(
    grouped: Sequence[_Grouped],
    vocabulary: naming.Vocabulary,
    terms: Terms,
    place: Mapping[int, int],
    languages: Mapping[int, str],
) -> Iterator[MadeTopic]:
    taken: set[str] = set()
    for own in grouped:
        said: dict[int | None, tuple[str, ...]] = {None: ()}
        for node in own.nodes:
            topics = [place[below.key] for below in own.below(node)]
            scored = vocabulary.telling(topics, said[node.parent])
            kept = _kept_name(node, vocabulary, topics, terms)
            name, said[node.key] = (kept, ()) if kept and kept not in taken else naming.name(scored, terms, taken)
            taken.add(name)
            words = naming.words(scored, terms)
            yield MadeTopic(
                node.key, node.old.id if node.old else None, node.parent, own.space.name, name, words,
                node.old.colour if node.old else -1, languages[node.key], len(node.rows),
            )  # fmt: skip


def _kept_name(node: _Node, vocabulary: naming.Vocabulary, topics: Sequence[int], terms: Terms) -> str:
    """Return the name that a topic has; "" where it has none, or one with words that its documents have no more."""
    if node.old is None or not all(vocabulary.has(topics, term) for term in terms.of(node.old.made_name)):
        return ""
    return node.old.made_name


def _with_colours(topics: Sequence[MadeTopic], before: _Before) -> Iterator[MadeTopic]:
    kept = {topic.key: before.topics[topic.id].colour for topic in topics if topic.id in before.topics}
    chosen = naming.colours({topic.key: topic.parent for topic in topics}, kept, COLOURS)
    yield from (dataclasses.replace(topic, colour=chosen[topic.key]) for topic in topics)


def _languages(db: Database, grouped: Sequence[_Grouped]) -> dict[int, str]:
    """Return the language of the documents of each topic, by its key; "" where some are in each."""
    of_document: dict[int, str] = {}
    for language in ("en", "zh"):
        sql = "SELECT id FROM documents WHERE language = ?"
        of_document |= dict.fromkeys((row[0] for row in db.execute(sql, [language])), language)
    found = {}
    for own in grouped:
        for node in own.nodes:
            held = {of_document.get(document, "") for document in own.documents[node.rows].tolist()}
            found[node.key] = own.space.name or (held.pop() if len(held) == 1 else "")
    return found


def _made(grouped: _Grouped, places: layout.Places) -> MadeSpace:
    keys = np.full(len(grouped.documents), -1)
    lowest = grouped.lowest
    centroids = np.stack([grouped.points[node.rows].mean(axis=0) for node in lowest])
    for node in lowest:
        keys[node.rows] = node.key
    distances = nearest(grouped.points, centroids)[1]
    return MadeSpace(
        grouped.space.name,
        grouped.space.fingerprint,
        grouped.projection.as_bytes(),
        float(np.quantile(distances, _NEARLY_ALL)) * _MORE,
        grouped.documents,
        keys,
        places,
        dict(zip((node.key for node in lowest), centroids.astype(np.float32), strict=True)),
    )
