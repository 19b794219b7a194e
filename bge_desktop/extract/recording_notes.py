"""What is noted in a recording, whichever library finds it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from bge_desktop.extract.charset import decode_exactly
from bge_desktop.extract.document import one_line, with_plain_newlines

_LONGEST = 100_000  # characters of one note, such as lyrics
_LONGEST_SECONDS = 1e6  # a damaged recording claims years
_BETWEEN = "\x1f"


@dataclass(frozen=True)
class RecordingNotes:
    """What is noted in a recording.

    Attributes:
        title: its title, or "".
        facts: what is known of it, by what that is called.
        words: what is said of it, each in one or more lines; or "".
        seconds: how long it is, or 0.
        is_sound: whether it is known to hold sound and no film.
    """

    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    seconds: float = 0.0
    is_sound: bool = False

    def text(self) -> str:
        """Return all of it for a reader, or "" where nothing is noted but its length."""
        lines = [self.title, *(f"{label}: {value}" for label, value in self.facts.items())]
        words = (word[:_LONGEST].strip() for word in self.words)
        paragraphs = ["\n".join(filter(None, lines)), *words]
        return "\n\n".join(filter(None, [*paragraphs, self._length()])) if any(paragraphs) else ""

    def _length(self) -> str:
        return f"Length: {dt.timedelta(seconds=round(self.seconds))}" if 1 <= self.seconds < _LONGEST_SECONDS else ""


def respelt(notes: RecordingNotes) -> RecordingNotes:
    """Return the notes of a format that does not say in which characters it writes, and was taken for Latin-1.

    All notes of a file are in the same characters, and together tell which.
    """
    texts = [notes.title, *notes.facts.values(), *notes.words]
    if max(map(max, filter(None, texts)), default="") > "\xff":
        return notes
    spelt = decode_exactly(_BETWEEN.join(texts).encode("latin-1")).split(_BETWEEN)
    if len(spelt) != len(texts):
        return notes
    title, *others = spelt
    facts = dict(zip(notes.facts, map(one_line, others), strict=False))
    words = tuple(map(with_plain_newlines, others[len(facts) :]))
    return replace(notes, title=one_line(title), facts=facts, words=words)
