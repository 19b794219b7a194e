"""Every text-like file of `tests/data/formats` gives its phrases, each at the place that it stands at."""

from __future__ import annotations

import pytest

from bge_desktop.extract.document import place_at
from bge_desktop.extract.formats import extract
from tests.unit.extract.expected import FILES, rows


@pytest.mark.parametrize("row", rows("text"), ids=lambda row: f"{row['file']}: {row['phrase'][:20]}")
def test_the_phrase_stands_at_its_place(row: dict[str, str]) -> None:
    path = FILES / row["file"]
    document = extract(str(path), path.read_bytes())
    place = place_at(document.places, document.text.index(row["phrase"]))
    found = (place.label, str(place.page or "")) if place else ("", "")
    assert found == (row["label"], row["page"])


@pytest.mark.parametrize("name", sorted({row["file"] for row in rows("text")}))
def test_a_file_without_an_ending_is_still_read(name: str) -> None:
    document = extract("noname", (FILES / name).read_bytes())
    assert document.text or name == "pond.webloc"
