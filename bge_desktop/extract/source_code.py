"""Source code: the text as it is; every function, class and the like is a place, named "line 120: def load_index"."""

from __future__ import annotations

import os
import re

from bge_desktop.extract.code_languages import definitions
from bge_desktop.extract.document import Document, Place
from bge_desktop.extract.format import Source
from bge_desktop.extract.outline import as_label, with_large_apart
from bge_desktop.extract.text import counted, is_minified, numbered_lines, without_blobs

_LONGEST_LINE = 400
_BELONGS_BELOW = re.compile(
    r"[ \t]*(?:#(?!include|define|if|endif|else|pragma)|//|/\*|\*|@[\w.]|--|;;|%%|'|\[<?\w|template\s*<|///|\"\"\")"
)


def read_code(source: Source) -> Document:
    """Return the source; "" where a program packed it into lines that nobody reads: it is found by its name."""
    text = without_blobs(counted(source.data))
    if is_minified(text):
        return Document("", kind="code")
    name = os.path.basename(source.name).lower()
    opening = definitions(os.path.splitext(name)[1], name, text[:200].split("\n", 1)[0])
    places = with_large_apart(_places(text, opening), len(text))
    return Document(text, kind="code", places=places)


def _places(text: str, opening: re.Pattern[str]) -> list[Place]:
    """Return where each definition begins: with the comments and decorators that stand right above it."""
    places: list[Place] = []
    above: int | None = None  # where the comments began that the next line may belong to
    for number, start, line in numbered_lines(text):
        if not line.strip():
            above = None
            continue
        found = opening.match(line) if len(line) <= _LONGEST_LINE else None
        if found:
            label = as_label(f"line {number}: {found[0].rstrip(' :')}")
            places.append(Place(start if above is None else above, label, divides=False))
            above = None
        elif _BELONGS_BELOW.match(line):
            above = start if above is None else above
        else:
            above = None
    return places
