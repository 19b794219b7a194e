from __future__ import annotations

import os

import numpy as np
import pytest

from bge_desktop.search.lexical import word_query
from bge_desktop.search.names import files_below, name_hits, named_in_full


def scores(shelf, text):
    """The score of each document by its id."""
    hits = name_hits(shelf.library.db, word_query(shelf.library, text))
    return dict(zip(hits.ids.tolist(), hits.scores.tolist(), strict=True))


def test_names_are_found_by_file_and_folder(shelf):
    document = shelf.put("taxes 2024/invoice_4021.txt", "nothing of the kind")
    for query in ("invoice", "4021", "taxes"):
        assert list(scores(shelf, query)) == [document]


@pytest.mark.parametrize("texts", [1, 200])
def test_what_a_name_counts_does_not_depend_on_how_much_the_texts_say(shelf, texts):
    document = shelf.put("invoice zebra.txt", "nothing of the kind")
    for number in range(40):
        shelf.put(f"{number}.txt", "\n\n".join(f"A paragraph {number} {line}." for line in range(texts // 40 + 1)))
    assert 0.3 < scores(shelf, "invoice zebra")[document] <= 1
    assert scores(shelf, "invoice zebra")[document] > 1.5 * scores(shelf, "invoice giraffe")[document]


@pytest.mark.parametrize(
    ("name", "typed", "other"),
    [
        ("IMG_20240503_142233.txt", ["IMG_20240503_142233", "img_20240503_142233.TXT"], "IMG_20240503"),
        ("report.final.v3.txt", ["report final v3", "report.final.v3.txt", "Report-Final-V3"], "report final"),
        ("报销单 (1).txt", ["报销单 (1).txt", "报销单 1", "報銷單 1"], "报销单"),
        ("🎂 birthday.txt", ["🎂 birthday", "birthday.txt"], "birthdays party"),
        ("notes", ["notes", "NOTES"], "documents"),
    ],
)
def test_a_file_is_named_in_full_with_or_without_its_ending(shelf, name, typed, other):
    document = shelf.put(name, "nothing of the kind")
    shelf.put(f"x {name}", "something else")
    for text in typed:
        assert named_in_full(shelf.library.db, text).tolist() == [document]
    assert not len(named_in_full(shelf.library.db, other))


def test_the_files_of_a_folder_are_found_by_its_whole_name(shelf):
    documents = [shelf.put(f"Work Stuff/{name}", f"nothing of {name}") for name in ("a.txt", "b.txt")]
    shelf.put("Work Stuff/old/c.txt", "nothing of c")
    other = shelf.put("Work/stuff.txt", "nothing of d")
    assert files_below(shelf.library.db, "work stuff").tolist() == documents
    assert files_below(shelf.library.db, "work").tolist() == [other]


@pytest.mark.parametrize("text", ["", "…", "🎂", '"', "word " * 1000])
def test_what_is_no_name_names_nothing(shelf, text):
    shelf.put("notes.txt", "nothing of the kind")
    assert named_in_full(shelf.library.db, text).dtype == np.int64
    assert not len(named_in_full(shelf.library.db, text))


def test_a_name_of_bytes_that_are_no_text(shelf):
    document = shelf.put(os.fsdecode(b"caf\xe9 plan.txt"), "nothing of the kind", content="c")
    assert named_in_full(shelf.library.db, "caf plan").tolist() == [document]


def test_of_several_words_those_in_the_most_names_are_left_out(shelf, monkeypatch):
    monkeypatch.setattr("bge_desktop.search.names._MOST_RANKED", 3)
    for number in range(3):
        shelf.put(f"report {number}.txt", f"one {number}")
    rare = shelf.put("lease.txt", "two")
    query = word_query(shelf.library, "lease report")
    assert name_hits(shelf.library.db, query).ids.tolist() == [rare]
    query = word_query(shelf.library, "report")
    assert len(name_hits(shelf.library.db, query).ids) == 3


def test_words_of_very_many_names_name_none(shelf, monkeypatch):
    monkeypatch.setattr("bge_desktop.search.names._MOST_CALLED", 2)
    documents = [shelf.put(name, name) for name in ("work/plan.txt", "work/plan b.txt", "notes.txt")]
    assert named_in_full(shelf.library.db, "plan").tolist() == documents[:1]
    assert files_below(shelf.library.db, "work").tolist() == documents[:2]
    shelf.put("work/plan c.txt", "c")
    assert named_in_full(shelf.library.db, "plan").tolist() == []
    assert files_below(shelf.library.db, "work").tolist() == []
