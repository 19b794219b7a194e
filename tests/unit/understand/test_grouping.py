"""Grouping a library: the true groups are found and named, and stay what they are while documents come and go."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.library.library import Library
from bge_desktop.library.topic_places import read_places
from bge_desktop.understand.spaces import spaces_of
from bge_desktop.understand.survey import Survey
from bge_desktop.understand.topic_tree import told
from tests.unit.grouped import WORDS, GroupedLibrary

_EACH = 14


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with contextlib.closing(Library(str(tmp_path / "library"))) as own:
        yield own


@pytest.fixture
def grouped(library: Library) -> GroupedLibrary:
    own = GroupedLibrary(library)
    for group in WORDS:
        own.put(group, _EACH)
    own.group()
    return own


def survey(library: Library) -> Survey:
    own = Survey(library.db, spaces_of(library.models))
    for _ in own.portions():
        pass
    return own


def test_the_topics_are_the_true_groups(grouped: GroupedLibrary) -> None:
    topics = {number: set() for number in range(6)}
    documents = sorted(grouped.library.topics.of_documents(range(1, 6 * _EACH + 1)).items())
    assert len(documents) == 6 * _EACH
    for document, topic in documents:
        topics[(document - 1) // _EACH].add(topic)
    assert all(len(own) == 1 for own in topics.values())
    assert len(set.union(*topics.values())) == 6


def test_they_are_named_by_the_words_of_their_documents_in_both_languages(grouped: GroupedLibrary) -> None:
    topics = {topic.id: topic for topic in grouped.library.topics.all()}
    for number, (group, (language, words)) in enumerate(WORDS.items()):
        topic = topics[grouped.topic_of(number * _EACH + 1)]
        assert topic.language == topic.space == language, group
        assert set(topic.words) <= set(words)
        assert set(topic.made_name.replace("、", ", ").split(", ")) <= set(words)
    assert len({topic.name for topic in topics.values()}) == len(topics)
    assert all(0 <= topic.colour < 12 for topic in topics.values())


def test_the_same_documents_make_the_same_topics(grouped: GroupedLibrary) -> None:
    before = grouped.library.topics.all()
    places = read_places(grouped.library.db)
    grouped.group()
    assert [topic.id for topic in grouped.library.topics.all()] == [topic.id for topic in before]
    assert [topic.name for topic in grouped.library.topics.all()] == [topic.name for topic in before]
    again = read_places(grouped.library.db)
    assert abs(again.x - places.x).mean() < 0.1
    assert abs(again.y - places.y).mean() < 0.1


def test_a_topic_keeps_its_id_name_and_colour_when_documents_come_and_go(grouped: GroupedLibrary) -> None:
    library = grouped.library
    baking, sailing = grouped.topic_of(1), grouped.topic_of(_EACH + 1)
    assert baking
    assert sailing
    assert library.topics.rename(baking, "Cakes")
    before = {topic.id: topic for topic in library.topics.all()}
    grouped.remove(range(1, 7))
    grouped.put("sailing", 9)
    grouped.put("chess", 9)
    grouped.group()
    after = {topic.id: topic for topic in library.topics.all()}
    assert grouped.topic_of(_EACH) == baking
    assert (after[baking].name, after[baking].colour) == ("Cakes", before[baking].colour)
    assert grouped.topic_of(2 * _EACH) == sailing
    assert (after[sailing].name, after[sailing].colour) == (before[sailing].name, before[sailing].colour)


def test_a_topic_with_documents_of_two_spaces_goes_on_in_one_of_them(grouped: GroupedLibrary) -> None:
    renting = 3 * _EACH + 1
    grouped.library.db.execute("UPDATE topic_places SET topic_id = ?", [grouped.topic_of(renting)])
    topic = grouped.topic_of(1)
    made = grouped.made()
    assert [own.id for own in made.topics if own.id is not None].count(topic) <= 1
    grouped.library.topics.rename(topic or 0, "All")
    grouped.group()
    assert [own.id for own in grouped.library.topics.all() if own.given_name] == [topic]
    assert len({grouped.topic_of(1 + number * _EACH) for number in range(6)}) == 6


def test_grouping_is_not_due_while_documents_that_have_a_place_wait_for_vectors(grouped: GroupedLibrary) -> None:
    grouped.wait(range(1, 3 * _EACH))
    own = survey(grouped.library)
    assert (own.waits, own.is_due) == (True, False)
    grouped.wait([])
    new = grouped.put("chess", 2 * _EACH)
    grouped.wait(new[:2])
    own = survey(grouped.library)
    assert (own.waits, own.is_due) == (False, True)


def test_a_new_document_is_placed_in_its_topic_without_grouping(grouped: GroupedLibrary) -> None:
    library = grouped.library
    before = {topic.id for topic in library.topics.all()}
    [chess], [medicine] = grouped.put("chess"), grouped.put("medicine")
    own = survey(library)
    assert (own.placed, own.is_due) == (2, False)
    assert grouped.topic_of(chess) == grouped.topic_of(2 * _EACH + 1)
    assert grouped.topic_of(medicine) == grouped.topic_of(5 * _EACH + 1)
    assert {topic.id for topic in library.topics.all()} == before
    assert survey(library).placed == 0


def test_a_document_that_is_far_from_all_is_in_no_topic_but_on_the_map(grouped: GroupedLibrary, monkeypatch) -> None:
    monkeypatch.setitem(WORDS, "geology", ("en", ("granite", "basalt", "quartz", "fossil")))
    [document] = grouped.put("geology")
    survey(grouped.library)
    assert grouped.topic_of(document) is None
    places = read_places(grouped.library.db)
    assert document in places.documents.tolist()
    assert told(grouped.library.topics, places).unplaced == 1


def test_grouping_is_due_when_much_has_changed(library: Library) -> None:
    grouped = GroupedLibrary(library)
    grouped.put("baking", 9)
    assert not survey(library).is_due
    grouped.put("sailing", 9)
    assert survey(library).is_due
    grouped.group()
    assert not survey(library).is_due
    grouped.put("chess", 4)
    assert survey(library).is_due
    grouped.group()
    grouped.remove(range(1, 6))
    assert survey(library).is_due


def test_it_is_due_after_a_folder_was_removed_whose_words_may_be_names(grouped: GroupedLibrary) -> None:
    library = grouped.library
    other = library.folders.add("/other")
    assert not survey(library).is_due
    library.remove_folder(other)
    assert survey(library).is_due
    grouped.group()
    assert not survey(library).is_due


def test_a_name_goes_whose_words_no_document_has_any_more(grouped: GroupedLibrary, monkeypatch) -> None:
    library, topic = grouped.library, grouped.topic_of(1)
    library.db.execute("UPDATE topics SET name = 'flour, secret' WHERE id = ?", [topic])
    grouped.group()
    assert next(own.name for own in library.topics.all() if own.id == topic) != "flour, secret"


def test_too_few_documents_make_no_topics(library: Library) -> None:
    grouped = GroupedLibrary(library)
    grouped.put("baking", 5)
    grouped.group()
    assert library.topics.all() == []
    assert told(library.topics, read_places(library.db)).unplaced == 5


def test_the_tree_is_told_largest_first_each_topic_behind_the_one_that_holds_it(grouped: GroupedLibrary) -> None:
    grouped.put("football", 3)
    survey(grouped.library)
    found = told(grouped.library.topics, read_places(grouped.library.db), points=True)
    tops = [topic for topic in found.topics if topic.parent is None]
    assert [topic.documents for topic in tops] == sorted((topic.documents for topic in tops), reverse=True)
    seen: set[int] = set()
    for topic in found.topics:
        assert topic.parent is None or topic.parent in seen
        seen.add(topic.id)
    assert sum(topic.documents for topic in tops) + found.unplaced == 6 * _EACH + 3
    assert found.points is not None
    assert len(found.points.documents) == len(found.points.topics) == 8 * (6 * _EACH + 3)
    assert len(found.points.x) == len(found.points.y) == 4 * (6 * _EACH + 3)
