"""What is noted in films, and in sound that is packed like them, as MediaInfo's library finds it.

Those of MPEG-4 are not among them, but QuickTime's are: tinytag reads the former, and a damaged one may keep MediaInfo
counting until its process is ended.

MediaInfo is told which of its parsers to use, and given bytes but no name: it opens no other file, wherever a film
says that its pictures, subtitles or next part lie.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from bge_desktop.extract.deadline import within
from bge_desktop.extract.document import one_line
from bge_desktop.extract.recording_notes import RecordingNotes, respelt

# By their names in MediaInfo and in the files themselves, in lower case.
_FACTS = {
    "Artist": ("artist", "performer", "lead_performer"),
    "Album": ("album",),
    "Album artist": ("album_performer", "album_artist"),
    "Composer": ("composer",),
    "Director": ("director",),
    "Series": ("collection", "show"),
    "Genre": ("genre",),
    "Keywords": ("keywords", "keyword"),
    "Year": ("recorded_date", "date", "released_date"),
}
_WORDS = ("comment", "title_more", "description", "longdescription", "summary", "synopsis", "subtitle", "lyrics")
_CHAPTER = re.compile(r"_\d\d_\d\d_\d\d_\d{3}")
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-\w{1,8})?)?:(?=\S)")  # before the title of a chapter
_MOST_CHAPTERS = 1000
_MOST_SECONDS = 10.0  # it takes a hundredth of one, but for ever where a length lies
_PARSERS = (
    ("Mk", re.compile(rb"\x1aE\xdf\xa3")),
    ("Riff", re.compile(rb"RIFF.{4}AVI ", re.DOTALL)),
    ("Flv", re.compile(rb"FLV\x01")),
    ("Mpeg4", re.compile(rb".{4}(?:ftypqt  |moov|mdat|wide|free|skip|pnot)", re.DOTALL)),
)


def parser_for(data: bytes) -> str | None:
    """Return the name of MediaInfo's parser for a film, or None where it is none that is read so."""
    return next((name for name, start in _PARSERS if start.match(data)), None)


def film_notes(data: bytes, parser: str) -> RecordingNotes:
    """Return what is noted in a film.

    Raises:
        ValueError: it is damaged.
        OSError: the library cannot be loaded on this system, or does not come back.
    """
    tracks = _tracks(data, parser)
    tags = _tags(next((track for track in tracks if track.get("@type") == "General"), {}))
    facts = {label: one_line(next((tags[key] for key in keys if key in tags), "")) for label, keys in _FACTS.items()}
    chapters = dict.fromkeys(chapter for track in tracks for chapter in _chapters(track))
    words = dict.fromkeys([tags[key] for key in _WORDS if key in tags])
    notes = RecordingNotes(
        title=one_line(tags.get("title", "")),
        facts={label: value for label, value in facts.items() if value},
        words=(*words, "\n".join(list(chapters)[:_MOST_CHAPTERS])),
        seconds=_number(tags.get("duration", "")),
        is_sound="audiocount" in tags and "videocount" not in tags,
    )
    return respelt(notes) if parser == "Riff" else notes


def _tracks(data: bytes, parser: str) -> list[dict[str, Any]]:
    from pymediainfo import MediaInfo

    options = {"File_ForceParser": parser, "File_IsReferenced": "1"}  # what is referred to refers to nothing
    found = within(
        _MOST_SECONDS,
        lambda: MediaInfo.parse(BytesIO(data), parse_speed=0, output="JSON", mediainfo_options=options),
    )
    media = json.loads(found).get("media") if found else None
    return [track for track in media.get("track", ()) if isinstance(track, dict)] if media else []


def _tags(track: dict[str, Any]) -> dict[str, str]:
    pairs = (*track.items(), *_more(track).items())
    return {key.lower(): value.replace("\r", "\n").strip() for key, value in pairs if isinstance(value, str)}


def _chapters(track: dict[str, Any]) -> Iterator[str]:
    if track.get("@type") == "Menu":
        for key, value in _more(track).items():
            if _CHAPTER.fullmatch(key) and isinstance(value, str):
                yield one_line(_LANGUAGE.sub("", value, count=1) if _LANGUAGE.match(value) else value)


def _more(track: dict[str, Any]) -> dict[str, Any]:
    more = track.get("extra")
    return more if isinstance(more, dict) else {}


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0
