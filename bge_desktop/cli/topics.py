"""`bge-desktop topics`: what the documents of a library are about."""

from __future__ import annotations

from bge_desktop.cli import output
from bge_desktop.cli.work import until_done
from bge_desktop.library.library import reading
from bge_desktop.library.topic_places import read_places
from bge_desktop.messages import GroupAnew, Topic, Topics
from bge_desktop.understand.topic_tree import told


def topics(library: str, device: str, *, anew: bool, as_json: bool) -> int:
    """Print the topics of a library; the documents are grouped before, if they never were, or `anew` says so.

    Raises:
        LibraryError: the library is not there or cannot be read.
        UserError: the documents could not be grouped.
    """
    found, documents = _read(library)
    if anew or found.grouped_at is None:
        until_done(library, device, [GroupAnew()])
        found, documents = _read(library)
    if as_json:
        output.say_json({**_as_object(found), "documents": documents})
    else:
        _print(found, documents)
    return 0


def _read(library: str) -> tuple[Topics, int]:
    with reading(library) as own:
        return told(own.topics, read_places(own.db)), own.topics.count_documents()


def _as_object(found: Topics) -> dict[str, object]:
    rows = [
        {"id": own.id, "parent": own.parent, "name": own.name, "words": own.words, "documents": own.documents}
        for own in found.topics
    ]
    return {"topics": rows, "unplaced": found.unplaced}


def _print(found: Topics, documents: int) -> None:
    for topic in found.topics:
        output.say(_line(topic))
    if not found.topics:
        output.say("There are too few documents to be grouped into topics.")
    elif found.unplaced:
        output.say(f"In no topic: {found.unplaced:,} of {documents:,} documents.")


def _line(topic: Topic) -> str:
    return f"{'' if topic.parent is None else '    '}{topic.name}  ({topic.documents:,})"
