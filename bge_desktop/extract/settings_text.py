"""YAML, TOML and INI files: readable as they are; their sections, or topmost keys, are places."""

from __future__ import annotations

import re

from bge_desktop.extract.document import Document, Place
from bge_desktop.extract.outline import as_label, with_large_apart
from bge_desktop.extract.text import counted, numbered_lines, without_blobs

_SECTION = re.compile(r"\[{1,2}([^\[\]\n]{1,100})\]{1,2}[ \t]*(?:[#;].*)?$")
_KEY = re.compile(r"(?:- )?([\"']?)([^\s\"'#:\[\]{}&*!|>%@`,-][^:#\n]{0,80}?)\1:(?:[ \t]|$)")


def read_sections(data: bytes) -> Document:
    """Return an INI or TOML file as it is; places name its sections: "line 12: [server]"."""
    return _read(data, _SECTION, "[{}]")


def read_yaml(data: bytes) -> Document:
    """Return a YAML file as it is; places name its topmost keys: "line 12: services"."""
    return _read(data, _KEY, "{}")


def _read(data: bytes, opening: re.Pattern[str], shown: str) -> Document:
    text = without_blobs(counted(data))
    places = [
        Place(start, as_label(f"line {number}: {shown.format(found[found.lastindex or 1])}"), divides=False)
        for number, start, line in numbered_lines(text)
        if (found := opening.match(line))
    ]
    return Document(text, kind="data", places=with_large_apart(places, len(text)))
