"""A result names the place of what was looked for, not that where its passage begins: real files, really indexed."""

from __future__ import annotations

import os

import docx
import pytest

from tests.end_to_end.command import run, run_json
from tests.unit.extract.office_files import workbook


def _cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _heading(level, text):
    return lambda document: document.add_heading(text, level)


def _paragraph(text):
    return lambda document: document.add_paragraph(text)


SHEET = workbook(
    f'<row r="1">{_cell("A1", "Name")}{_cell("B1", "Price")}</row>',
    f'<row r="500">{_cell("A500", "bittern")}{_cell("AC500", "gull | tern")}{_cell("AD500", "moorhen")}</row>',
)
CODE = '''class Pond:
    """Where they live."""

    def one(self):
        return "bittern"

    @cached
    def two(self):
        return "moorhen"
'''
LINES = "bird,count\ngull,1\nbittern,2\nmoorhen,3\ntern,4\n"
CUES = "1\n00:00:01,000 --> 00:00:03,000\nThe bittern waits.\n\n2\n00:01:05,500 --> 00:01:07,000\nA moorhen calls.\n"
OUTLINE = "# Notes\n\nSome words.\n\n## Winter\n\n### Ice\n\nA bittern crossed.\n\n#### Thaw\n\nA moorhen came.\n"
LETTER = (
    _paragraph("Some words before the first heading."),
    _heading(1, "Winter"),
    _heading(3, "Ice"),
    _paragraph("A bittern crossed."),
    _heading(6, "Thaw"),
    _paragraph("A moorhen came."),
)
PLACES = [
    ("sheet.xlsx", "S!A500", "S!AD500"),
    ("pond.py", "line 4: def one", "line 8: def two"),
    ("birds.csv", "line 3", "line 4"),
    ("film.srt", "00:00:01", "00:01:05"),
    ("notes.md", "Ice", "Thaw"),
    ("letter.docx", "Ice", "Thaw"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    root = tmp_path_factory.mktemp("places")
    docs = root / "docs"
    docs.mkdir()
    (docs / "sheet.xlsx").write_bytes(SHEET)
    for name, text in (("pond.py", CODE), ("birds.csv", LINES), ("film.srt", CUES), ("notes.md", OUTLINE)):
        (docs / name).write_text(text, encoding="utf-8")
    letter = docx.Document()
    for add in LETTER:
        add(letter)
    letter.save(docs / "letter.docx")
    run("index", docs, "--library", root / "library")
    return root / "library"


@pytest.mark.parametrize("bird", ["bittern", "moorhen"])
def test_a_result_names_the_place_of_the_hit(library, bird):
    report = run_json("search", bird, "--library", library)
    found = {os.path.basename(result["path"]): result["place"] for result in report["results"]}
    assert found == {name: first if bird == "bittern" else second for name, first, second in PLACES}


def test_a_result_names_the_place_of_the_sentence_that_answers(library):
    text = run("search", "which bird was heard in the film", "--library", library).stdout
    assert "film.srt, 00:0" in text
