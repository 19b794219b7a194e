"""Every office file of `tests/data/formats` gives its phrases, each at the place that it stands on."""

from __future__ import annotations

import pytest

from bge_desktop.extract.document import place_at
from bge_desktop.extract.formats import extract
from bge_desktop.extract.passage_places import label_at
from tests.unit.extract.expected import FILES, rows

KINDS = {
    **dict.fromkeys((".odt", ".fodt"), "odt"),
    **dict.fromkeys((".odp", ".pptx"), "slides"),
    **dict.fromkeys((".ods", ".fods", ".xlsx", ".xls", ".csv", ".tsv"), "sheet"),
    ".docx": "docx",
    ".rtf": "rtf",
    ".epub": "book",
}


@pytest.mark.parametrize("row", rows("office"), ids=lambda row: f"{row['file']}: {row['phrase'][:20]}")
def test_the_phrase_stands_at_its_place(row: dict[str, str]) -> None:
    path = FILES / row["file"]
    document = extract(str(path), path.read_bytes())
    offset = document.text.index(row["phrase"])
    place = place_at(document.places, offset)
    assert place is not None
    found = label_at(document.text, document.places, offset)
    assert (found, str(place.page or "")) == (row["label"], row["page"])
    assert document.kind == KINDS[path.suffix]


@pytest.mark.parametrize(
    "name", sorted({row["file"] for row in rows("office") if not row["file"].endswith((".csv", ".tsv"))})
)
def test_the_content_tells_the_format_without_the_ending(name: str) -> None:
    data = (FILES / name).read_bytes()
    assert extract("download", data) == extract(name, data)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        *((f"office.{ending}", "Field notes 观鸟笔记") for ending in ("fodt", "odt", "docx", "rtf", "ods", "xlsx")),
        ("office.pptx", "Birds of the pond"),
        ("office.epub", "The pond 池塘"),
        ("office-pandoc.docx", "The pond 池塘"),
    ],
)
def test_the_title_is_that_of_the_properties(name: str, title: str) -> None:
    assert extract(name, (FILES / name).read_bytes()).title == title


def test_deleted_text_is_left_out() -> None:
    for ending in ("odt", "docx", "rtf"):
        assert "pelican" not in extract("a", (FILES / f"office.{ending}").read_bytes()).text


def test_column_names_come_back_above_each_passage_of_a_sheet() -> None:
    for ending in ("ods", "xlsx", "xls", "csv"):
        text = extract(f"a.{ending}", (FILES / f"office.{ending}").read_bytes()).text
        assert text.count("Bird | Day") == 2
