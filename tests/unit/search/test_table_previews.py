from __future__ import annotations

from pathlib import Path

import pytest

from bge_desktop.extract.sheet_rows import rows as rows_of_file
from bge_desktop.library.library import Library
from bge_desktop.messages import Span
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.table_previews import (
    MOST_ROWS,
    SheetRows,
    lines_from,
    lines_of_passage,
    stored_rows,
    table_preview,
)
from tests.unit.extract.office_files import workbook
from tests.unit.indexed import index

FORMATS = Path(__file__).parents[2] / "data" / "formats"
NO_WORDS = WordQuery(())


@pytest.fixture
def library(tmp_path):
    own = Library(str(tmp_path / "library"))
    yield own
    own.close()


def _passage(stored, words):
    rows = stored.db.execute('SELECT start, "end" FROM passages WHERE document_id = ?', [stored.id]).fetchall()
    return next(Span(*row) for row in rows if words in stored.stretch(*row))


def _cell(text, place):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""


def _workbook(*rows):
    lines = [
        f'<row r="{number}">{"".join(_cell(text, f"{chr(65 + at)}{number}") for at, text in enumerate(texts))}</row>'
        for number, texts in enumerate(rows, 1)
    ]
    return workbook(*lines)


@pytest.mark.parametrize("name", ["office.xlsx", "office.ods", "office.xls", "office.fods"])
def test_a_workbook_is_shown_as_its_program_does(library, name):
    stored = index(library, FORMATS / name)
    passage = _passage(stored, "Gull 25")
    found = stored_rows(stored, passage)
    shown = table_preview(1, name, found, WordQuery(("heron",)))
    assert (shown.sheet, shown.first_row, shown.columns) == ("Counts", 1, ("A", "B", "C", "D"))
    assert shown.rows[0] == ("Bird", "Day", "Share", "Note")
    assert shown.rows[25][:2] == ("Gull 25", "2024-03-25")
    assert shown.passage_rows.start <= 25 < shown.passage_rows.end
    assert all(len(row) == 4 for row in shown.rows)
    marked = [shown.rows[row][column] for row, column in shown.marks]
    assert marked
    assert all("heron" in text.lower() for text in marked)


def test_empty_cells_and_rows_are_empty_in_their_places(library, tmp_path):
    rows = [("Name", "", "Note"), ("heron", "", "shallow"), ("", "", ""), ("", "7", "a | b"), ("gull", "8", "")]
    (tmp_path / "a.xlsx").write_bytes(_workbook(*rows))
    stored = index(library, tmp_path / "a.xlsx")
    shown = table_preview(1, "a.xlsx", stored_rows(stored, Span(0, stored.length)), NO_WORDS)
    assert list(shown.rows) == rows


@pytest.mark.parametrize("name", ["office-beside.xlsx", "office-beside.xls", "office-beside.ods"])
def test_a_comment_stands_in_its_cell(library, name):
    stored = index(library, FORMATS / name)
    shown = table_preview(1, name, stored_rows(stored, Span(0, stored.length)), NO_WORDS)
    assert any("Ask the warden" in cell for row in shown.rows for cell in row)
    assert any(cell.startswith("two") for row in shown.rows for cell in row)


def test_a_long_sheet_is_shown_around_the_passage_and_headings_that_come_back_are_no_rows(library, tmp_path):
    rows = [("Bird", "Place"), *((f"bird {n}", f"a pond by the road number {n}") for n in range(2, 3000))]
    (tmp_path / "a.xlsx").write_bytes(_workbook(*rows))
    stored = index(library, tmp_path / "a.xlsx")
    found = stored_rows(stored, _passage(stored, "bird 1500 "))
    shown = table_preview(1, "a.xlsx", found, WordQuery(("1500",)))
    assert len(shown.rows) == MOST_ROWS
    assert shown.rows == tuple(rows[shown.first_row - 1 :][:MOST_ROWS])
    marked = [shown.rows[row][0] for row, column in shown.marks if column == 0]
    assert marked == ["bird 1500"]
    own = [row[0] for row in shown.rows[shown.passage_rows.start : shown.passage_rows.end]]
    assert "bird 1500" in own
    assert 40 <= shown.passage_rows.start <= 60


def test_a_long_cell_that_two_passages_share_is_whole(library, tmp_path):
    long = " ".join(f"word{n}" for n in range(150))
    (tmp_path / "a.xlsx").write_bytes(_workbook(("Name", "Note"), ("heron", long), ("gull", "short")))
    stored = index(library, tmp_path / "a.xlsx")
    passages = stored.db.execute("SELECT count(*) FROM passages").fetchone()[0]
    assert passages > 1
    shown = table_preview(1, "a.xlsx", stored_rows(stored, _passage(stored, "heron")), NO_WORDS)
    assert shown.rows[1][0] == "heron"
    assert shown.rows[1][1].split() == long[:1000].split()
    assert shown.rows[2] == ("gull", "short")


def test_of_a_file_of_values_the_lines_are_known(library, tmp_path):
    (tmp_path / "a.csv").write_text("name,size,note\n" + "".join(f"bird {n},,seen {n}\n" for n in range(2, 1001)))
    stored = index(library, tmp_path / "a.csv")
    passage = _passage(stored, "bird 500 ")
    lines = lines_of_passage(stored, passage)
    assert lines.start <= 500 <= lines.end
    first = lines_from(lines)
    read = rows_of_file({"path": str(tmp_path / "a.csv"), "label": "", "first": first, "last": first + MOST_ROWS - 1})
    rows = {row: {int(column): text for column, text in cells.items()} for row, cells in read[0]["rows"]}
    shown = table_preview(1, "a.csv", SheetRows("", rows, lines.start, lines.end), NO_WORDS)
    assert (shown.columns, shown.first_row, len(shown.rows)) == (("name", "size", "note"), first, MOST_ROWS)
    assert shown.rows[500 - first] == ("bird 500", "", "seen 500")
    assert shown.passage_rows == Span(lines.start - first, lines.end - first + 1)


def test_a_workbook_has_no_lines_and_what_is_no_sheet_no_rows(library, tmp_path):
    stored = index(library, FORMATS / "office.xlsx")
    assert lines_of_passage(stored, Span(0, stored.length)) is None
    (tmp_path / "a.txt").write_text("No cells here.")
    text = index(library, tmp_path / "a.txt")
    assert stored_rows(text, Span(0, 5)) is None
    assert stored_rows(text, Span(10**6, 10**6 + 5)) is None


@pytest.mark.parametrize(("first", "last"), [(1, 1), (300, 310), (300, 900), (5, 5000)])
def test_there_are_never_more_rows_than_are_shown(first, last):
    rows = {number: {1: f"row {number}"} for number in range(1, 6000)}
    shown = table_preview(1, "a", SheetRows("S", rows, first, last), NO_WORDS)
    assert 0 < len(shown.rows) <= MOST_ROWS
    passage = shown.passage_rows
    assert shown.rows[passage.start][0] == f"row {first}"
    assert 0 <= passage.start < passage.end <= len(shown.rows)


def test_in_a_very_large_table_words_are_sought_around_the_passage():
    rows = {number: dict.fromkeys(range(1, 101), "heron " + "x" * 900) for number in range(1, 201)}
    shown = table_preview(1, "a", SheetRows("", rows, 100, 101), WordQuery(("heron",)))
    assert (len(shown.rows), len(shown.columns)) == (151, 100)
    marked = {row for row, _ in shown.marks}
    assert set(range(shown.passage_rows.start, shown.passage_rows.end)) <= marked
    assert list(shown.marks) == sorted(shown.marks)
    assert len(marked) < 10
