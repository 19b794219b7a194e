"""Every archive of `tests/data/formats` gives its phrases, each at the member and page that it stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bge_desktop.extract.document import place_at
from bge_desktop.extract.formats import extract
from bge_desktop.extract.members import member_at
from tests.unit.extract.expected import FILES, rows


@pytest.mark.parametrize("row", rows("archives"), ids=lambda row: f"{row['file']}: {row['phrase'][:20]}")
def test_the_phrase_stands_at_its_place_and_the_place_opens(row: dict[str, str]) -> None:
    path = FILES / row["file"]
    document = extract(str(path), path.read_bytes())
    place = place_at(document.places, document.text.index(row["phrase"]))
    assert place is not None
    assert (place.label, str(place.page or "")) == (row["label"], row["page"])
    member = member_at(str(path), row["label"])
    assert member is not None
    assert Path(member.name).name in row["label"]
    assert row["page"] or row["phrase"].encode() in member.data or member.name.endswith(".png")


def test_what_is_left_out_of_folders_is_left_out_of_archives() -> None:
    for path in FILES.glob("archive.*"):
        assert "unread" not in extract(str(path), path.read_bytes()).text


def test_a_packed_file_is_of_the_kind_that_is_packed_in_it() -> None:
    kinds = {path.name: extract(str(path), path.read_bytes()).kind for path in FILES.glob("*.gz")}
    assert kinds == {"archive.tar.gz": "archive", "heron.txt.gz": "text"}
