"""`topic:` in a query, and searches that look at some documents only."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop import query_terms
from bge_desktop.library.library import Library
from bge_desktop.messages import DescribeDocuments
from bge_desktop.search.described import described
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.queries import understood
from bge_desktop.search.query_language import parse
from bge_desktop.search.unmatched import unmatched
from tests.unit.grouped import GroupedLibrary

_EACH = 10
BAKING, SAILING, RENTING = (list(range(first, first + _EACH)) for first in (1, 1 + _EACH, 1 + 2 * _EACH))


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GroupedLibrary]:
    path: Path = tmp_path_factory.mktemp("topics")
    with contextlib.closing(Library(str(path / "library"))) as library:
        own = GroupedLibrary(library)
        for group in ("baking", "sailing", "renting"):
            own.put(group, _EACH)
        own.group()
        yield own


def found(grouped: GroupedLibrary, typed: str, documents: tuple[int, ...] | None = None) -> list[int]:
    allowed = allowed_documents(grouped.library.db, understood(typed, documents))
    assert allowed is not None
    return allowed.tolist()


@pytest.mark.parametrize(
    ("typed", "documents"),
    [
        ("topic:flour", BAKING),
        ("TOPIC:Flour", BAKING),
        ("主题:押金", RENTING),
        ("topic:rudder", SAILING),
        ("topic:flour topic:rudder", BAKING + SAILING),
        ("topic:flour,押金", BAKING + RENTING),
        ("-topic:flour", SAILING + RENTING),
        ("topic:rudder folder:baking", []),
        ("topic:volcano", []),
        ("-topic:volcano", BAKING + SAILING + RENTING),
    ],
)
def test_a_topic_is_found_by_its_words(grouped: GroupedLibrary, typed: str, documents: list[int]) -> None:
    assert found(grouped, typed) == documents


def test_a_topic_is_found_by_its_name_as_a_program_writes_it(grouped: GroupedLibrary) -> None:
    topics = {topic.id: topic for topic in grouped.library.topics.all()}
    own = topics[grouped.topic_of(1)]
    assert found(grouped, query_terms.topic(own.name)) == BAKING
    assert grouped.library.topics.rename(own.id, "Bread & cakes, mostly")
    assert found(grouped, query_terms.topic("Bread & cakes, mostly")) == BAKING
    assert found(grouped, 'topic:"cakes"') == BAKING
    assert grouped.library.topics.rename(own.id, "")


def test_only_the_given_documents_are_looked_at(grouped: GroupedLibrary) -> None:
    assert found(grouped, "", (3, 4, 15)) == [3, 4, 15]
    assert found(grouped, "flour topic:flour", (3, 4, 15)) == [3, 4]
    assert found(grouped, "", ()) == []
    assert allowed_documents(grouped.library.db, understood("")) is None


def test_a_hint_says_that_there_is_no_such_topic(grouped: GroupedLibrary) -> None:
    filters = parse("topic:volcano topic:flour", dt.date.today()).filters
    hints = unmatched(grouped.library.db, filters, is_nothing_allowed=False)
    assert hints == ["No topic here is called “volcano”, or has it among its words."]


def test_documents_are_described_in_the_order_in_which_they_were_asked_for(grouped: GroupedLibrary) -> None:
    told = described(grouped.library.db, DescribeDocuments(7, (12, 999, 2)))
    assert told.number == 7
    assert [own.document for own in told.documents] == [12, 2]
    assert [own.topic for own in told.documents] == [grouped.topic_of(12), grouped.topic_of(2)]
    assert told.documents[1].path == "/d/baking/2.txt"
    assert told.documents[1].beginning.endswith(" 2")
