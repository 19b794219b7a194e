"""A grouping takes the place of another at once; what is interrupted leaves the one in use as it is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library import storage
from bge_desktop.library.kept_list import KeptList
from bge_desktop.library.library import Library
from bge_desktop.library.salvage import salvage
from bge_desktop.library.topic_writing import Regrouping, remove_unused
from bge_desktop.library.topics import TopicTables
from bge_desktop.understand.spaces import spaces_of
from bge_desktop.understand.survey import Survey
from tests.unit.grouped import GroupedLibrary


@pytest.fixture
def grouped(tmp_path: Path) -> Iterator[GroupedLibrary]:
    with contextlib.closing(Library(str(tmp_path / "library"))) as library:
        own = GroupedLibrary(library)
        own.put("baking", 8)
        own.put("sailing", 8)
        own.group()
        yield own


def test_what_is_read_is_always_a_whole_grouping(grouped: GroupedLibrary) -> None:
    grouped.put("chess", 8)
    before, seen = grouped.state(), []
    grouped.group(between=lambda: seen.append(grouped.state()))
    after = grouped.state()
    assert before != after
    assert all(state in (before, after) for state in seen)
    assert seen[0] == before
    assert seen[-1] == after


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_an_interrupted_one_changes_nothing_and_leaves_nothing(grouped: GroupedLibrary, steps: int) -> None:
    before = grouped.state()
    portions = Regrouping(grouped.library.db, grouped.made()).portions()
    for _ in range(steps):
        next(portions)
    portions.close()
    assert grouped.state() == before
    for _ in remove_unused(grouped.library.db):
        pass
    assert grouped.state() == before
    grouped.group()
    assert len(grouped.state()[3]) == 16
    count = grouped.library.db.execute("SELECT count(DISTINCT grouping) FROM topic_places").fetchone()[0]
    assert count == 1


def test_documents_that_have_gone_meanwhile_are_passed_over(grouped: GroupedLibrary) -> None:
    made = grouped.made()
    grouped.remove([1, 2])
    for _ in Regrouping(grouped.library.db, made).portions():
        pass
    assert grouped.topic_of(1) is None
    assert grouped.topic_of(3)
    assert grouped.library.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_persons_name_is_kept_and_may_be_taken_back(grouped: GroupedLibrary) -> None:
    tables, topic = grouped.library.topics, grouped.topic_of(1)
    assert topic
    made = next(own.name for own in tables.all() if own.id == topic)
    assert tables.rename(topic, "My cakes")
    assert tables.called("my CAKES") == [topic]
    grouped.group()
    assert next(own.name for own in tables.all() if own.id == topic) == "My cakes"
    assert tables.rename(topic, "")
    assert next(own.name for own in tables.all() if own.id == topic) == made
    assert not tables.rename(10_000, "Nobody")


def named(grouped: GroupedLibrary, document: int) -> int:
    """Name the topic of a document; return it."""
    topic = grouped.topic_of(document)
    assert topic
    assert grouped.library.topics.rename(topic, "My cakes")
    return topic


@pytest.mark.parametrize("others", [0, 12], ids=["too few to be grouped", "others are grouped"])
def test_a_persons_name_outlasts_a_grouping_without_its_documents(grouped: GroupedLibrary, others: int) -> None:
    topic, tables = named(grouped, 1), grouped.library.topics
    grouped.put("chess", others)
    for _ in range(2):
        grouped.wait(range(1, 17))
        grouped.group()
        assert bool(tables.all()) == bool(others)
        assert topic not in {own.id for own in tables.all()}
        assert [own.given_name for own in tables.parked()] == ["My cakes"]
        assert tables.called("My cakes") == []
    grouped.wait([])
    grouped.group()
    assert grouped.topic_of(1) == topic
    assert {own.id: own.name for own in tables.all()}[topic] == "My cakes"
    assert tables.parked() == []
    assert grouped.library.db.execute("SELECT count(*) FROM topic_places").fetchone() == (16 + others,)


def test_a_persons_name_of_a_topic_that_holds_others_does_too(grouped: GroupedLibrary) -> None:
    tables, top = grouped.library.topics, 1_000
    grouped.library.db.execute(
        "INSERT INTO topics (id, grouping, space, name, words, colour, language, centroid)"
        f" SELECT {top}, grouping, space, 'all', words, colour, language, x'' FROM topics LIMIT 1"
    )
    grouped.library.db.execute(f"UPDATE topics SET parent = {top} WHERE id != {top}")
    below = named(grouped, 1)
    assert tables.rename(top, "Pastimes")
    grouped.wait(range(1, 17))
    grouped.group()
    assert {own.given_name: own.parent for own in tables.parked()} == {"Pastimes": None, "My cakes": None}
    held = tables.parked_documents()
    assert len(held[top]) == 16
    assert 1 in held[below]
    assert grouped.library.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_persons_name_that_is_given_while_a_grouping_is_written_is_kept(grouped: GroupedLibrary) -> None:
    grouped.wait(range(1, 17))
    portions = Regrouping(grouped.library.db, grouped.made()).portions()
    next(portions)
    named(grouped, 1)
    for _ in portions:
        pass
    assert [own.given_name for own in grouped.library.topics.parked()] == ["My cakes"]


def test_a_persons_name_goes_with_the_last_of_its_documents(grouped: GroupedLibrary) -> None:
    topic, tables = named(grouped, 1), grouped.library.topics
    held = tables.documents_of([topic]).tolist()
    grouped.wait(range(1, 17))
    grouped.group()
    grouped.remove(held)
    grouped.group()
    assert tables.parked() == []
    assert grouped.library.db.execute("SELECT count(*) FROM topics").fetchone() == (0,)


def test_an_interrupted_grouping_parks_nothing(grouped: GroupedLibrary) -> None:
    named(grouped, 1)
    before = grouped.state()
    grouped.wait(range(1, 17))
    portions = Regrouping(grouped.library.db, grouped.made()).portions()
    next(portions)
    next(portions)
    portions.close()
    assert grouped.library.db.execute("SELECT count(DISTINCT grouping) FROM topic_places").fetchone() == (2,)
    for _ in remove_unused(grouped.library.db):
        pass
    assert grouped.state() == before
    assert grouped.library.db.execute("SELECT count(DISTINCT grouping) FROM topic_places").fetchone() == (1,)


def test_a_persons_name_outlasts_a_repair(grouped: GroupedLibrary, tmp_path: Path) -> None:
    topic = grouped.topic_of(1)
    assert topic
    assert grouped.library.topics.rename(topic, "My cakes")
    folder = grouped.library.folder
    saved = str(tmp_path / "saved.db")
    salvage(storage.database_path(folder), saved, KeptList(folder))
    with contextlib.closing(Database(saved)) as db:
        tables = TopicTables(db)
        assert tables.all() == grouped.library.topics.all()
        assert tables.of_documents(range(1, 17)) == grouped.library.topics.of_documents(range(1, 17))


def test_spoilt_values_are_damage(grouped: GroupedLibrary) -> None:
    library = grouped.library
    library.check()
    library.db.execute("UPDATE topics SET colour = 'red'")
    with pytest.raises(LibraryDamagedError):
        library.check()


def test_spoilt_content_makes_no_fault_and_goes_with_the_next_grouping(grouped: GroupedLibrary) -> None:
    library = grouped.library
    library.db.execute("UPDATE topics SET words = '{', centroid = x'00'")
    library.db.execute("UPDATE topic_spaces SET projection = x'0000'")
    assert all(topic.words == () for topic in library.topics.all())
    grouped.put("baking", 1)
    survey = Survey(library.db, spaces_of(library.models))
    assert not any(survey.portions())
    assert survey.placed == 0
    grouped.group()
    assert grouped.topic_of(17) == grouped.topic_of(1)
