"""Subtitles (SubRip, WebVTT, SubStation Alpha): what is said, line by line; every cue is a place, named by its time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, Place

_TIME = r"[ \t]*((?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3})"
_TIMES = re.compile(rf"{_TIME}[ \t]*-->{_TIME}")
_FIELDS = re.compile(r"Format:(.*)")
_MARKS = re.compile(r"</?[a-zA-Z][^<>]{0,100}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,300}\}")
_ASS_BREAK = re.compile(r"\\[Nnh]")
_SILENCE = 4.0  # seconds without a word: a new paragraph
_ASS_FIELDS = 10
_HEAD = re.compile(r"\s*(?:WEBVTT\b|\[Script Info\]|(?:\d{1,6}\s*\n)?" + _TIMES.pattern + ")", re.IGNORECASE)


class _Cue(NamedTuple):
    """What is said, from when to when, in seconds."""

    start: float
    end: float
    text: str


def looks_like_subtitles(head: str) -> bool:
    """Tell whether a text begins as one of these formats does."""
    return _HEAD.match(head) is not None


def read_subtitles(data: bytes) -> Document:
    """Return what is said; cues after a silence begin a paragraph, and what is said twice in a row is said once."""
    lines = decode(data).split("\n")
    is_ass = any(line.startswith("Dialogue:") for line in lines)
    pieces: list[str] = []
    places: list[Place] = []
    length, end, before = 0, 0.0, ""
    for cue in _ass_cues(lines) if is_ass else _cues(lines):
        if not cue.text or cue.text == before:
            continue
        gap = ("\n\n" if cue.start - end > _SILENCE else "\n") if pieces else ""
        places.append(Place(length + len(gap), _clock(cue.start), divides=False))
        pieces.append(gap + cue.text)
        length += len(pieces[-1])
        end, before = cue.end, cue.text
    return Document("".join(pieces), kind="subtitles", places=tuple(places))


def _cues(lines: list[str]) -> Iterator[_Cue]:
    """Yield the cues of SubRip and WebVTT: a line with times, and what follows up to an empty line."""
    times: re.Match[str] | None = None
    said: list[str] = []
    for line in [*lines, ""]:
        found = _TIMES.match(line) if "-->" in line else None
        if times and (found or not line.strip()):
            yield _Cue(_seconds(times[1]), _seconds(times[2]), _plain(" ".join(said)))
            times = None
        if found:
            times, said = found, []
        elif times:
            said.append(line.strip())


def _ass_cues(lines: list[str]) -> Iterator[_Cue]:
    """Yield the cues of SubStation Alpha, in the order of their times."""
    cues: list[_Cue] = []
    fields = _ASS_FIELDS
    for line in lines:
        stated = _FIELDS.match(line)
        if stated:
            fields = stated[1].count(",") + 1
        elif line.startswith("Dialogue:"):
            parts = line.removeprefix("Dialogue:").split(",", fields - 1)
            if len(parts) >= 4:
                cues.append(_Cue(_seconds(parts[1]), _seconds(parts[2]), _plain(_ASS_BREAK.sub(" ", parts[-1]))))
    return iter(sorted(cues, key=lambda cue: cue.start))


def _plain(text: str) -> str:
    return " ".join(html.unescape(_MARKS.sub("", text)).split())


def _seconds(time: str) -> float:
    """Return the seconds that "1:02:03,400" or "02:03.4" stands for; 0 for anything else."""
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        try:
            seconds = seconds * 60 + float(part)
        except ValueError:
            return 0.0
    return seconds if 0 <= seconds < 1e7 else 0.0


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
