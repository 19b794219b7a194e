"""Sound and film: what is noted in them. What is said or shown in them is not looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.format import Format, Reader, Source

if TYPE_CHECKING:
    from tinytag import TinyTag

_LINES = ("artist", "album", "albumartist", "composer", "genre", "year")
_NAMES = {"albumartist": "Album artist"}
_WORDS = ("_comment", "lyrics", "description", "synopsis")  # the first: what ffmpeg writes into an MP3 file
_LONGEST = 100_000  # characters of lyrics
_LONGEST_SECONDS = 1e6  # a damaged recording claims years
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"M4P ")
_OTHER_BOXES = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis")


def read_recording(source: Source, kind: str) -> Document:
    """Return what is noted in a recording; "" where that is nothing, or cannot be understood: it has its name still."""
    from tinytag import TinyTag, TinyTagException

    try:
        tags = TinyTag.get(filename=None, file_obj=BytesIO(source.data))
    except (TinyTagException, ValueError, OSError, LookupError, ArithmeticError):
        return Document("", kind=kind)
    title = one_line(tags.title or "")
    lines = [title, *_lines(tags)]
    words = [text for text in (tags.comment or "", *_words(tags)) if text]
    text = "\n\n".join(["\n".join(filter(None, lines)), *words]).strip()
    return Document(f"{text}\n\n{_length(tags)}".rstrip() if text else "", title, kind)


def _lines(tags: TinyTag) -> Iterator[str]:
    for field in _LINES:
        value = one_line(str(getattr(tags, field, None) or ""))
        if value:
            yield f"{_NAMES.get(field, field.capitalize())}: {value}"


def _words(tags: TinyTag) -> Iterator[str]:
    for name in _WORDS:
        yield from (str(text)[:_LONGEST].replace("\r", "\n") for text in tags.other.get(name) or ())


def _length(tags: TinyTag) -> str:
    seconds = tags.duration or 0.0
    return f"Length: {dt.timedelta(seconds=round(seconds))}" if 1 <= seconds < _LONGEST_SECONDS else ""


def _reading(kind: str) -> Reader:
    return lambda source: read_recording(source, kind)


def _mp4(brands: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    return lambda head: head[4:8] == b"ftyp" and brands(head[8:12])


def _is_wave(head: bytes) -> bool:
    return (head[:4] == b"RIFF" and head[8:12] == b"WAVE") or (head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"))


FORMATS = (
    Format("audio", _reading("audio"), looks_like=_mp4(lambda brand: brand in _SOUND_BRANDS), name_is_enough=True),
    Format("audio", _reading("audio"), endings=(".wav", ".aiff", ".aif"), looks_like=_is_wave, name_is_enough=True),
    Format(
        "audio",
        _reading("audio"),
        endings=(".ogg", ".oga", ".opus", ".spx"),
        starts=(b"OggS", b"ID3", b"fLaC"),
        name_is_enough=True,
    ),
    Format("video", _reading("video"), endings=(".ogv",), starts=(b"OggS",), name_is_enough=True),
    Format(
        "audio",
        _reading("audio"),
        endings=(".mp3", ".flac", ".m4a", ".m4b", ".wma", ".aac", ".mid", ".midi", ".amr", ".ape", ".mka"),
        name_is_enough=True,
    ),
    Format(
        "video",
        _reading("video"),
        endings=(".mp4", ".m4v", ".mov", ".3gp", ".wmv", ".asf"),
        looks_like=_mp4(lambda brand: brand not in (*_SOUND_BRANDS, *_OTHER_BOXES)),
        name_is_enough=True,
    ),
    Format(
        "video",
        _reading("video"),
        endings=(".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".flv", ".vob", ".m2ts", ".mts"),
        name_is_enough=True,
    ),
)
