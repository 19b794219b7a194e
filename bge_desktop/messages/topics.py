"""What passes about topics: the groups by meaning that the documents of a library fall into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ShowTopics:
    """Ask for the topics. Answered by `Topics`, and again whenever they have changed until one without `watch`.

    Attributes:
        points: whether the map is wanted as well.
        watch: whether to go on telling; without it, nothing is answered.
    """

    points: bool = True
    watch: bool = True


@dataclass(frozen=True)
class GroupAnew:
    """Group the documents into topics now, whatever has changed since the last time."""


@dataclass(frozen=True)
class RenameTopic:
    """Give a topic a name of one's own; an empty one gives the made name back."""

    topic: int
    name: str


@dataclass(frozen=True)
class DescribeDocuments:
    """Ask what some documents are. Answered by `DocumentsDescribed`, whose number it repeats."""

    number: int
    documents: tuple[int, ...]


@dataclass(frozen=True)
class Topic:
    """A group of documents.

    Attributes:
        id: for good.
        parent: the id of the topic that holds it; None at the top.
        name: that is shown.
        words: the most telling ones of its documents, the best first.
        colour: 0 to 11, as long as there is the topic.
        documents: how many it has, those of the topics below it included.
        is_named: whether a person gave it its name.
        language: "en" or "zh"; "" where documents of both are in it.
    """

    id: int
    parent: int | None
    name: str
    words: tuple[str, ...]
    colour: int
    documents: int
    is_named: bool = False
    language: str = ""


@dataclass(frozen=True)
class MapPoints:
    """One point for each document, in columns of one length, little-endian: `array` reads them without anything heavy.

    Attributes:
        documents: their ids (array "q").
        topics: the lowest topic of each by its id, 0 for none (array "q").
        x, y: where it is, both within 0 to 1 (array "f").
    """

    documents: bytes
    topics: bytes
    x: bytes
    y: bytes


@dataclass(frozen=True)
class Topics:
    """The topics of the library.

    Attributes:
        topics: parents before those below them; of one level and parent the largest first.
        points: the map; None where it was not asked for.
        is_grouping: whether the documents are being grouped anew.
        grouped_at: when they were last grouped, in seconds since the epoch; None before the first time.
        unplaced: how many documents are in no topic.
    """

    topics: tuple[Topic, ...]
    points: MapPoints | None
    is_grouping: bool = False
    grouped_at: float | None = None
    unplaced: int = 0


@dataclass(frozen=True)
class DescribedDocument:
    """A document in short.

    Attributes:
        document: its id.
        path: one of its files.
        title: its own, or "".
        topic: the lowest that it is in, by its id; 0 for none.
        beginning: the first characters of its text.
    """

    document: int
    path: str
    title: str
    topic: int
    beginning: str


@dataclass(frozen=True)
class DocumentsDescribed:
    """The answer to a `DescribeDocuments`: those that there are, in the order in which they were asked for."""

    number: int
    documents: tuple[DescribedDocument, ...]


TopicsRequest = ShowTopics | GroupAnew | RenameTopic | DescribeDocuments
TopicsEvent = Topics | DocumentsDescribed
