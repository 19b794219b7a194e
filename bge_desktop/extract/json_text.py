"""JSON and JSON Lines as readable text: "key: value", a line for each, with an empty line between records.

The source is read once, token by token, without recursion and without building what it describes; what follows a
mistake is still read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, Place
from bge_desktop.extract.outline import as_label, with_large_apart

_STRING = r'"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"?'
_TOKEN = re.compile(rf'{_STRING}(?:[ \t]*(?P<colon>:))?|(?P<mark>[\[\]{{}},\n])|(?P<bare>[^\s"\[\]{{}},:]+)', re.DOTALL)
_LONGEST_BLOB = 1000  # characters without a space: a picture in base64, a key
_BLOB = re.compile(r"\S+")
_DEEPEST_NAMED = 12
_SHORT_STRING = r'"(?:[^"\\\n]|\\.){0,200}"'
_FIRST_KEY = re.compile(rf"\s*(?:\[\s*)?\{{\s*(?:{_SHORT_STRING}\s*:|\}})")
_ARRAY = re.compile(rf'\s*\[\s*(?:{_SHORT_STRING}\s*[,\]]|\[\s*["\d\[{{-]|-?\d+(?:\.\d+)?\s*,\s*["\d-])')


def looks_like_json(head: str) -> bool:
    """Tell whether a text begins as JSON does: an object with a key in quotes, or an array of values."""
    return _FIRST_KEY.match(head) is not None or _ARRAY.match(head) is not None


def read_json(data: bytes) -> Document:
    """Return keys and values as lines. Places name records: "line 12: people[3]"."""
    return _Reader(decode(data)).document()


class _Reader:
    """Walks over the tokens, with a stack of its own of the containers that are open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._containers: list[str | int] = []  # of each open container the key at hand, or the index of the item
        self._lines: list[str] = []
        self._length = 0
        self._places: list[Place] = []
        self._records = 0  # that ended since the last place
        self._line = 1
        self._title = ""

    def document(self) -> Document:
        """Return the text."""
        for token in self._tokens():
            mark = token["mark"]
            if mark:
                self._punctuation(mark)
            elif token["colon"]:
                self._name(_unescaped(token["text"]))
            else:
                self._value(_unescaped(token["text"]) if token["text"] is not None else token["bare"])
        text = "\n".join(self._lines).rstrip("\n")
        return Document(text, self._title, "data", with_large_apart(self._places, len(text)))

    def _tokens(self) -> Iterator[re.Match[str]]:
        for token in _TOKEN.finditer(self._source):
            if token["mark"] == "\n":
                self._line += 1
            else:
                yield token

    def _punctuation(self, mark: str) -> None:
        if mark in "[{":
            if len(self._containers) < 2 or (len(self._containers) == 2 and isinstance(self._containers[-1], int)):
                self._begin_record()
            self._containers.append(0 if mark == "[" else "")
        elif mark == "," and self._containers:
            key = self._containers[-1]
            self._containers[-1] = key + 1 if isinstance(key, int) else ""
        elif mark in "]}" and self._containers:
            self._containers.pop()

    def _begin_record(self) -> None:
        if self._lines and self._lines[-1]:
            self._add("")
        label = as_label(f"line {self._line}: {self._path()}" if self._containers else f"line {self._line}")
        if self._places and self._places[-1].start == self._length:
            self._places.pop()
        self._places.append(Place(self._length, label, divides=False))

    def _name(self, name: str) -> None:
        if self._containers and isinstance(self._containers[-1], str):
            self._containers[-1] = name

    def _value(self, value: str) -> None:
        key = next((name for name in reversed(self._containers[-_DEEPEST_NAMED:]) if isinstance(name, str)), "")
        words = _BLOB.sub(_without_blob, value) if len(value) > _LONGEST_BLOB else value
        if not words.strip():
            return
        if key.lower() in ("title", "name") and len(self._containers) == 1 and not self._title:
            self._title = as_label(words)
        self._add(f"{key}: {words}" if key else words)

    def _path(self) -> str:
        parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in self._containers if part != "")
        return "".join(parts).lstrip(".")

    def _add(self, line: str) -> None:
        self._lines.append(line)
        self._length += len(line) + 1


def _without_blob(word: re.Match[str]) -> str:
    return "" if word.end() - word.start() > _LONGEST_BLOB and word[0].isascii() else word[0]


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
