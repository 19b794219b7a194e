import random

import numpy as np
import pytest

from bge_desktop.search.bm25 import text_hits

WORDS = ["lease", "rent", "flat", "sublease", "lessee", "lesson", "牛肉", "炖牛肉", "a", "the"]


@pytest.fixture
def filled(shelf):
    """A library in which documents have come and gone."""
    chance = random.Random(0)
    for number in range(60):
        paragraphs = [" ".join(chance.choices(WORDS, k=chance.randint(1, 300))) for _ in range(chance.randint(1, 4))]
        shelf.put(f"{number}.txt", "\n\n".join(paragraphs))
    files = shelf.library.folders.files(shelf.folder).values()
    shelf.library.folders.remove_files([file for file in files if file.id % 3 == 0])
    shelf.library.remove_orphans()
    return shelf.library


@pytest.mark.parametrize(
    ("words", "beginnings"),
    [
        (["leas"], []),
        (["leas", "rent", "flat"], []),
        (["the", "unknown"], []),
        (["sublet"], ["les"]),
        ([], ["牛", "sub"]),
        (["牛肉"], ["rent"]),
        ([], []),
        (["unknown"], []),
    ],
)
@pytest.mark.parametrize("part", ["passages", "documents"])
def test_it_is_what_sqlite_says(filled, words, beginnings, part, monkeypatch):
    monkeypatch.setattr("bge_desktop.search.bm25._USUAL_PASSAGE", 1)  # SQLite knows no usual length
    monkeypatch.setattr("bge_desktop.search.bm25._USUAL_DOCUMENT", 1)
    hits = getattr(text_hits(filled.occurrences, filled.catalogue, words, beginnings), part)
    match = " OR ".join([*(f'"{word}"' for word in words), *(f'"{start}"*' for start in beginnings)])
    index = {"passages": "passage_words", "documents": "document_words"}[part]
    sql = f"SELECT rowid, -bm25({index}) FROM {index} WHERE words MATCH ? ORDER BY rowid"
    expected = filled.db.execute(sql, [match]).fetchall() if match else []
    assert hits.ids.tolist() == [row[0] for row in expected]
    np.testing.assert_allclose(hits.scores, [row[1] for row in expected], rtol=1e-9)


def test_an_empty_library_has_no_hits(shelf):
    hits = text_hits(shelf.library.occurrences, shelf.library.catalogue, ["lease"], ["le"])
    assert len(hits.passages.ids) == len(hits.documents.ids) == 0


def test_among_short_notes_an_ordinary_document_is_not_long(shelf):
    ordinary = shelf.put("ordinary.txt", "\n\n".join(f"zebra {'word ' * 120}" for _ in range(2)))
    note = shelf.put("note.txt", "zebra alone")
    for number in range(100):
        shelf.put(f"{number}.txt", f"note {number}")
    hits = text_hits(shelf.library.occurrences, shelf.library.catalogue, ["zebra"]).documents
    scores = dict(zip(hits.ids.tolist(), hits.scores.tolist(), strict=True))
    assert scores[ordinary] > scores[note] / 3


def test_what_tells_little_counts_hardly_anything(shelf, monkeypatch):
    monkeypatch.setattr("bge_desktop.library.occurrences._MOST", 1)
    monkeypatch.setattr("bge_desktop.search.bm25.STOP_WORDS", {"the"})
    shelf.put("one.txt", "the zebra")
    for number in range(9):
        shelf.put(f"{number}.txt", f"note {number}")
    scores = [
        float(text_hits(shelf.library.occurrences, shelf.library.catalogue, [word]).passages.scores[0])
        for word in ("the", "zebra")
    ]
    assert scores[0] < 1e-5 < scores[1]
