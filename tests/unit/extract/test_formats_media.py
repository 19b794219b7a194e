"""Every picture, scan and recording of `tests/data/formats` gives its phrases, each on the page that it stands on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bge_desktop.extract.document import Document, place_at
from bge_desktop.extract.formats import extract
from tests.unit.extract.expected import FILES, rows

KINDS = {".pdf": "pdf", **dict.fromkeys((".mp4", ".mkv", ".webm", ".avi", ".mov", ".flv"), "video")}
SOUNDS = (".mp3", ".flac", ".ogg", ".m4a", ".m4b", ".wav")


@cache
def _document(name: str) -> Document:
    return extract(f"/without an ending/{Path(name).stem}", (FILES / name).read_bytes())


@pytest.mark.parametrize("row", rows("media"), ids=lambda row: f"{row['file']}: {row['phrase'][:20]}")
def test_the_phrase_stands_at_its_place(row: dict[str, str]) -> None:
    document = _document(row["file"])
    place = place_at(document.places, document.text.index(row["phrase"]))
    assert ((place.label, str(place.page or "")) if place else ("", "")) == (row["label"], row["page"])
    ending = Path(row["file"]).suffix
    assert document.kind == ("audio" if ending in SOUNDS else KINDS.get(ending, "image"))


def test_a_photograph_gives_nothing_but_its_notes() -> None:
    assert _document("photograph.jpg").text.endswith("Place: 51.50722, -0.12750")
