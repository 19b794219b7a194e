from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pymediainfo import MediaInfo

from bge_desktop.extract.document import Document
from bge_desktop.extract.formats import extract

FILES = Path(__file__).parents[2] / "data" / "formats"
SONGS = ["song.mp3", "song.flac", "song.ogg", "song.m4a", "song.wav"]
SONGS += ["book.m4b", "film.mp4", "film.mov", "film.mkv", "film.webm", "film.avi", "film.flv"]


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


@pytest.mark.parametrize(
    ("name", "kind"), [("a.mkv", "video"), ("a.webm", "video"), ("a.mka", "audio"), ("a", "video")]
)
def test_recordings_that_cannot_be_understood_are_found_by_their_names(name: str, kind: str) -> None:
    assert extract(name, b"\x1a\x45\xdf\xa3" + bytes(60)) == Document("", kind=kind)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.mpg", "video"), ("a.ts", "video"), ("a.avi", "video"), ("a.ac3", "audio")]
)
def test_recordings_of_other_formats_are_found_by_their_names(name: str, kind: str) -> None:
    assert extract(name, b"\0\1\2\3" * 40) == Document("", kind=kind)


def test_television_is_known_by_its_packets() -> None:
    assert extract("a", (b"\x47\x40" + bytes(186)) * 8) == Document("", kind="video")


def test_a_film_without_pictures_is_sound() -> None:
    assert extract("a.mp4", (FILES / "book.m4b").read_bytes()).kind == "audio"


def test_where_the_library_for_films_is_missing_they_are_found_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_cls: type[MediaInfo], _library_file: str | None = None) -> None:
        raise OSError("Failed to load library")

    monkeypatch.setattr(MediaInfo, "_get_library", classmethod(missing))
    assert extract("a.mkv", (FILES / "film.mkv").read_bytes()) == Document("", kind="video")


def test_a_film_that_lies_elsewhere_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}
    parse = MediaInfo.parse

    def watched(stream: BytesIO, **options: Any) -> Any:
        given.update(options["mediainfo_options"])
        return parse(stream, **options)

    monkeypatch.setattr(MediaInfo, "parse", watched)
    film = _referring((FILES / "film.mov").read_bytes(), str(FILES / "film.mp4"))
    assert extract("a.mov", film).title == "Song of the heron 苍鹭之歌"
    assert given == {"File_ForceParser": "Mpeg4", "File_IsReferenced": "1"}


def _referring(film: bytes, path: str) -> bytes:
    """Return a film of QuickTime all of whose tracks lie in another file."""
    entry = b"url " + bytes(4) + f"file://{path}\0".encode()
    names = bytes(4) + (1).to_bytes(4, "big") + (len(entry) + 4).to_bytes(4, "big") + entry
    rebuilt = b""
    while film:
        size, name = int.from_bytes(film[:4], "big"), film[4:8]
        body = names if name == b"dref" else film[8:size]
        if name in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
            body = _referring(body, path)
        rebuilt += (len(body) + 8).to_bytes(4, "big") + name + body
        film = film[size:]
    return rebuilt


@pytest.mark.parametrize(
    ("characters", "words"), [("gb18030", "月亮代表我的心"), ("cp1252", "Für Elise"), ("utf-8", "歌")]
)
def test_tags_that_do_not_say_in_which_characters_they_are_written(characters: str, words: str) -> None:
    title, artist = words.encode(characters).ljust(30, b"\0"), "邓丽君".encode("gb18030").ljust(30, b"\0")
    artist = artist if characters == "gb18030" else bytes(30)
    tags = b"TAG" + title + artist + bytes(64) + b"\xff"
    silence = b"\xff\xfb\x10\xc4" + bytes(204)
    document = extract("a.mp3", silence * 8 + tags)
    assert document.title == words
    assert ("Artist: 邓丽君" in document.text) is (characters == "gb18030")
