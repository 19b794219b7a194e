"""Storing what was read of many files at once."""

import dataclasses
import sqlite3

import pytest

from bge_desktop.extract.readers import ReadPassage
from bge_desktop.extract.shortfalls import Shortfall


def texts_of(desk, passages, documents=1):
    return ["\n".join(f"rent {document} {number}" for number in range(passages)) for document in range(documents)]


def started(desk, texts, prefix=""):
    """What `store_all` takes of files that hold these texts."""
    return [(desk.start(f"{prefix}{number}.txt").id, desk.read(text)) for number, text in enumerate(texts)]


def statements(desk, found):
    """How many statements storing takes, besides those that are run with many rows."""
    asked = []
    with desk.library.db.tracer(lambda sql, values: asked.append(sql)):
        desk.library.store_all(found)
    return len(asked)


@pytest.mark.parametrize("passages", [5, 500])
def test_a_long_document_takes_as_many_statements_as_a_short_one(desk, passages):
    few = statements(desk, started(desk, texts_of(desk, 1), "first"))
    assert statements(desk, started(desk, texts_of(desk, passages), "second")) == few


def test_many_files_take_as_many_statements_as_one(desk, sound):
    one = statements(desk, started(desk, texts_of(desk, 3), "first"))
    many = statements(desk, started(desk, texts_of(desk, 4, documents=50), "second"))
    assert many == one
    sound(desk.library)


def test_a_group_is_stored_as_its_files_would_be_one_by_one(desk, sound):
    known = desk.put("known.txt", "rent")
    found = started(desk, ["lease", "rent", "lease", "food\n租房", ""])
    lost = desk.start("lost.txt").id, desk.read("nowhere", known=True)
    gone = desk.start("gone.txt").id, desk.read("deposit")
    desk.remove("gone.txt")
    stored = desk.library.store_all([*found, lost, gone])
    assert stored[1] == known
    assert stored[0] == stored[2]
    assert stored[5] is None
    assert desk.file("lost.txt").state == "pending"
    assert len({*stored}) == 6
    assert [desk.file(f"{number}.txt").document_id for number in range(5)] == stored[:5]
    assert {desk.file(f"{number}.txt").state for number in range(5)} == {"indexed"}
    assert len(desk.finds("4", "name_words")) == 1
    sound(desk.library)


def test_what_was_read_in_part_is_recorded_of_each(desk):
    shortfall = Shortfall("In part", "A member is missing.")
    found = [
        (file_id, dataclasses.replace(read, shortfall=shortfall if file_id % 2 else None))
        for file_id, read in started(desk, texts_of(desk, 1, documents=4))
    ]
    desk.library.store_all(found)
    assert sorted(own.path for own in desk.library.failures.all()) == ["/d/0.txt", "/d/2.txt"]


def test_outdated_documents_keep_their_passages_where_nothing_changed(desk, sound):
    texts = texts_of(desk, 2, documents=3)
    before = desk.library.store_all(started(desk, texts))
    desk.embed()
    desk.library.documents.outdate()
    after = desk.library.store_all(started(desk, [texts[0], "something else", texts[2]]))
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1] not in before
    assert desk.embed() == 1
    sound(desk.library)


def test_a_group_is_stored_as_a_whole_or_not_at_all(desk, sound):
    found = started(desk, texts_of(desk, 2, documents=3))
    spoilt = dataclasses.replace(found[2][1], passages=(ReadPassage(0, 1, None, None),))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        desk.library.store_all([*found[:2], (found[2][0], spoilt)])
    assert {desk.file(f"{number}.txt").state for number in range(3)} == {"reading"}
    sound(desk.library)
    desk.library.store_all(found)
    sound(desk.library)
