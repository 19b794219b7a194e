"""Texts with places inside: headings between paragraphs, and small units (functions, cells, cues) in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bge_desktop.extract.document import PART_BREAK, Place, one_line

_LONGEST_LABEL = 80
_LARGE = 800  # characters, about a passage: units below that share one


class Outline:
    """Gathers lines; a heading becomes a paragraph and a place. Of several empty lines one is left."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self._length = 0
        self._newlines = 0

    def line(self, line: str) -> None:
        """Add a line; an empty one ends a paragraph."""
        if not line.strip():
            self.end_paragraph()
            return
        self._write(line.rstrip())
        self._newlines = 1

    def heading(self, title: str) -> None:
        """Add a heading."""
        title = title.strip()
        self.end_paragraph()
        if title:
            self._places.append(Place(self._length + self._gap, as_label(title), divides=False))
            self._write(title)
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Begin a paragraph with what comes next."""
        self._newlines = 2

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._pieces)

    @property
    def places(self) -> tuple[Place, ...]:
        """The headings."""
        return tuple(self._places)

    @property
    def _gap(self) -> int:
        return self._newlines if self._pieces else 0

    def _write(self, text: str) -> None:
        piece = "\n" * self._gap + text
        self._pieces.append(piece)
        self._length += len(piece)


def as_label(text: str) -> str:
    """Return `text` as one line that fits where a place is named."""
    line = one_line(text[: 4 * _LONGEST_LABEL])
    return line if len(line) <= _LONGEST_LABEL else line[: _LONGEST_LABEL - 1].rstrip() + "…"


@dataclass(frozen=True)
class Unit:
    """A piece of a text that one opens a file at: a function, a cell, an event."""

    text: str
    label: str


def joined(units: Iterable[Unit]) -> tuple[str, tuple[Place, ...]]:
    """Return the text of all units, and where each begins. Small neighbours may share a passage, large ones do not."""
    texts: list[str] = []
    places: list[Place] = []
    start = 0
    for unit in units:
        if unit.text:
            places.append(Place(start, unit.label))
            texts.append(unit.text)
            start += len(unit.text) + len(PART_BREAK)
    text = PART_BREAK.join(texts)
    return text, with_large_apart(places, len(text))


def with_large_apart(places: list[Place], end: int) -> tuple[Place, ...]:
    """Return the places of a text of `end` characters; only those divide that are large, or follow a large one."""
    apart: list[Place] = []
    before_is_large = True
    for place, following in zip(places, [*(place.start for place in places[1:]), end], strict=False):
        is_large = following - place.start >= _LARGE
        apart.append(replace(place, divides=is_large or before_is_large))
        before_is_large = is_large
    return tuple(apart)
