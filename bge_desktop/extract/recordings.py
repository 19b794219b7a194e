"""Sound and film: what is noted in them. What is said or shown in them is not looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.film_tags import film_notes, parser_for
from bge_desktop.extract.format import Format, Reader, Source
from bge_desktop.extract.recording_notes import RecordingNotes, respelt

if TYPE_CHECKING:
    from tinytag import TinyTag

_FACTS = ("artist", "album", "albumartist", "composer", "genre", "year")
_LABELS = {"albumartist": "Album artist"}
_WORDS = ("_comment", "lyrics", "description", "synopsis")  # the first: what ffmpeg writes into an MP3 file
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"M4P ")
_OTHER_BOXES = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis")
_MATROSKA = b"\x1aE\xdf\xa3"
_PACKET, _PACKET_MARK, _FEW_PACKETS = 188, 0x47, 4  # of digital television


def read_recording(source: Source, kind: str) -> Document:
    """Return what is noted in a recording; "" where that is nothing, or cannot be understood: it has its name still."""
    parser = parser_for(source.data)
    notes = _film_notes(source.data, parser) if parser else _sound_notes(source.data)
    return Document(notes.text(), notes.title, "audio" if notes.is_sound else kind)


def _film_notes(data: bytes, parser: str) -> RecordingNotes:
    try:
        return film_notes(data, parser)
    except (ValueError, OSError):  # there is no MediaInfo for this system, or it hangs
        return RecordingNotes()


def _sound_notes(data: bytes) -> RecordingNotes:
    from tinytag import TinyTag, TinyTagException

    try:
        tags = TinyTag.get(filename=None, file_obj=BytesIO(data))
    except (TinyTagException, ValueError, OSError, LookupError, ArithmeticError):
        return RecordingNotes()
    words = tuple(text for text in (tags.comment or "", *_words(tags)) if text)
    notes = RecordingNotes(one_line(tags.title or ""), dict(_facts(tags)), words, tags.duration or 0.0)
    return respelt(notes) if data.startswith(b"ID3") or data[-128:-125] == b"TAG" else notes


def _facts(tags: TinyTag) -> Iterator[tuple[str, str]]:
    for name in _FACTS:
        value = one_line(str(getattr(tags, name, None) or ""))
        if value:
            yield _LABELS.get(name, name.capitalize()), value


def _words(tags: TinyTag) -> Iterator[str]:
    for name in _WORDS:
        yield from (str(text).replace("\r", "\n") for text in tags.other.get(name) or ())


def _reading(kind: str) -> Reader:
    return lambda source: read_recording(source, kind)


def _mp4(brands: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    return lambda head: head[4:8] == b"ftyp" and brands(head[8:12])


def _is_wave(head: bytes) -> bool:
    return (head[:4] == b"RIFF" and head[8:12] == b"WAVE") or (head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"))


def _is_film(head: bytes) -> bool:
    is_avi = head[:4] == b"RIFF" and head[8:12] == b"AVI "
    packets = head[: _PACKET * _FEW_PACKETS : _PACKET]
    return is_avi or packets == bytes([_PACKET_MARK]) * _FEW_PACKETS


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
    Format("video", _reading("video"), (".mkv", ".webm"), starts=(_MATROSKA,), name_is_enough=True),
    Format("audio", _reading("audio"), endings=(".mka",), starts=(_MATROSKA,), name_is_enough=True),
    Format("video", _reading("video"), endings=(".flv",), starts=(b"FLV\x01",), name_is_enough=True),
    Format(
        "audio",
        _reading("audio"),
        endings=(".mp3", ".flac", ".m4a", ".m4b", ".wma", ".aac", ".ac3", ".mid", ".midi", ".amr", ".ape"),
        name_is_enough=True,
    ),
    Format(
        "video",
        _reading("video"),
        endings=(".mp4", ".m4v", ".mov", ".qt", ".3gp", ".wmv", ".asf"),
        looks_like=_mp4(lambda brand: brand not in (*_SOUND_BRANDS, *_OTHER_BOXES)),
        name_is_enough=True,
    ),
    Format(
        "video",
        _reading("video"),
        endings=(".avi", ".mpg", ".mpeg", ".vob", ".m2ts", ".mts", ".ts"),
        looks_like=_is_film,
        name_is_enough=True,
    ),
)
