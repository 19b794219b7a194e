from __future__ import annotations

from pathlib import Path

import pytest

from bge_desktop.extract.document import Document
from bge_desktop.extract.formats import extract

FILES = Path(__file__).parents[2] / "data" / "formats"
SONGS = ["song.mp3", "song.flac", "song.ogg", "song.m4a", "song.wav", "film.mp4"]


@pytest.mark.parametrize("name", SONGS)
def test_a_recording_cut_off_anywhere_has_its_name_at_least(name: str) -> None:
    data = (FILES / name).read_bytes()
    for length in range(16, len(data), len(data) // 40):
        assert extract(name, data[:length]).kind in ("audio", "video")


@pytest.mark.parametrize("name", SONGS)
def test_lengths_that_lie_do_no_harm(name: str) -> None:
    data = (FILES / name).read_bytes()
    for position in range(4, min(len(data), 700), 7):
        assert extract(name, data[:position] + b"\xff\xff\xff\x7f" + data[position + 4 :]).kind in ("audio", "video")


@pytest.mark.parametrize("name", ["a.mkv", "a.avi", "a.webm", "a.mpg"])
def test_films_of_other_formats_are_found_by_their_names(name: str) -> None:
    assert extract(name, b"\x1a\x45\xdf\xa3" + bytes(60)) == Document("", kind="video")
