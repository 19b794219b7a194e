from __future__ import annotations

from pathlib import Path

import pytest

from bge_desktop.library.library import Library
from bge_desktop.messages import PassagePlace, Span, Style
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.stored_text import stored_text
from bge_desktop.search.text_previews import text_preview
from tests.unit.indexed import index

FORMATS = Path(__file__).parents[2] / "data" / "formats"
NO_WORDS = WordQuery(())


@pytest.fixture
def library(tmp_path):
    own = Library(str(tmp_path / "library"))
    yield own
    own.close()


def test_a_short_text_is_shown_whole_with_its_headings_and_marks(library):
    stored = index(library, FORMATS / "office.docx")
    shown = text_preview(3, "/a.docx", stored, Span(0, 80), WordQuery(("heron",)))
    assert (shown.number, shown.path, shown.is_monospaced) == (3, "/a.docx", False)
    assert (len(shown.text), shown.passage) == (stored.length, Span(0, 80))
    assert not shown.begins_later
    assert not shown.ends_earlier
    assert {shown.text[mark.start : mark.end] for mark in shown.marks} == {"heron"}
    headings = [(shown.text[own.span.start : own.span.end], own.style) for own in shown.styles]
    assert headings == [("Spring", Style.HEADING), ("秋天", Style.HEADING)]


def test_of_a_long_text_whole_lines_around_the_passage_are_shown(library, tmp_path):
    lines = [f"Line {number} of a long text about 😀 birds." for number in range(5000)]
    (tmp_path / "a.txt").write_text("\n".join(lines))
    stored = index(library, tmp_path / "a.txt")
    start = stored.stretch(0, stored.length).index("Line 2500 ")
    shown = text_preview(1, "/a.txt", stored, Span(start, start + 40), WordQuery(("2500",)))
    assert shown.text[shown.passage.start : shown.passage.end].startswith("Line 2500 of")
    assert 28_000 < len(shown.text) < 31_000
    assert set(shown.text.split("\n")) <= set(lines)
    assert shown.begins_later
    assert shown.ends_earlier
    assert [shown.text[mark.start : mark.end] for mark in shown.marks] == ["2500"]


def test_a_line_without_end_is_cut(library, tmp_path):
    (tmp_path / "a.txt").write_text("word " * 50_000)
    stored = index(library, tmp_path / "a.txt")
    shown = text_preview(1, "/a.txt", stored, Span(100_000, 100_500), NO_WORDS)
    assert len(shown.text) == 30_500
    assert shown.passage == Span(15_000, 15_500)


def test_a_passage_that_is_there_no_more_is_the_end(library, tmp_path):
    (tmp_path / "a.txt").write_text("Few words.")
    stored = index(library, tmp_path / "a.txt")
    shown = text_preview(1, "/a.txt", stored, Span(5000, 6000), NO_WORDS)
    assert (shown.text, shown.passage) == ("Few words.", Span(10, 10))


def test_columns_count_in_source_code(library):
    stored = index(library, FORMATS / "pond.py")
    assert text_preview(1, "/pond.py", stored, Span(0, 10), NO_WORDS).is_monospaced


def test_places_have_their_offsets_in_the_whole_text(library):
    stored = index(library, FORMATS / "office.xlsx")
    text = stored.stretch(0, stored.length)
    found = {place.label: text[place.start :].split("|")[0].strip() for place in stored.places(0, stored.length)}
    assert found["Counts!A4"] == "Gull 3"
    assert found["Counts!B4"] == "2024-03-03"
    assert stored.places(stored.length, stored.length) == []
    assert all(isinstance(place, PassagePlace) for place in stored.places(0, 10))


def test_a_file_that_the_library_does_not_know_has_no_text(library):
    assert stored_text(library.db, "/nowhere.txt") is None


def test_the_page_of_a_passage_is_known(library):
    stored = index(library, FORMATS / "scan-mixed.pdf")
    starts = stored.db.execute("SELECT start, page FROM passages WHERE document_id = ?", [stored.id]).fetchall()
    assert [stored.page_at(start) for start, _ in starts] == [page for _, page in starts]
    assert stored.page_at(10**6) is None
