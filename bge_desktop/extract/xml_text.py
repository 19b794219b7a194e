"""XML as readable text, through expat: "name: value" for what is data, paragraphs for what is prose.

Nothing is fetched and no entity is expanded: a file that defines entities of its own is read as the text that it is,
like one that is no XML after all. Elements may be nested as deep as they like: they are kept in a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, Place, one_line
from bge_desktop.extract.outline import as_label, with_large_apart

_DECLARATION = re.compile(rb"""<\?xml\b[^<>]{0,200}?encoding\s*=\s*["']([\w-]+)""")
_DECLARED = re.compile(r"\s*<\?xml\b[^<>]{0,200}\?>")
_ROOT = re.compile(
    r"\s*(?:<\?xml\b[^<>]{0,300}\?>|<\?xml-stylesheet\b|<!DOCTYPE\s+(?!html\b)[\w:-]+[\s>\[]|<svg[\s>])", re.IGNORECASE
)
_SHORT = 200
_LONGEST_ATTRIBUTE = 1000
_PIECE = 1 << 20
_TITLES = {"title": 2, "name": 1}  # and how deep an element of that name still names the whole
_DRAWING = "svg"


class _EntitiesError(Exception):
    """The document defines entities of its own."""


def looks_like_xml(head: str) -> bool:
    """Tell whether a text begins as XML does: with its declaration or document type."""
    return _ROOT.match(head) is not None


def read_xml(data: bytes) -> Document:
    """Return the text of elements and attributes; places name the children of the root: "line 12: person"."""
    declared = _DECLARATION.match(data[:400].lstrip())
    source = decode(data, declared[1].decode("ascii") if declared else None)
    try:
        return _Reader().read(source)
    except (expat.ExpatError, _EntitiesError):
        return Document(source.strip(), kind="data")


@dataclass
class _Element:
    """An element that is open: whether it stands within a line of text, and whether elements stand in it."""

    name: str
    inline: bool
    has_children: bool = False


class _Reader:
    """Gathers text while expat goes through a document."""

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._written: list[str] = []
        self._line: list[str] = []
        self._has_words = False  # in the line
        self._length = 0
        self._places: list[Place] = []
        self._title = ""
        self._kind = "data"
        self._parser = expat.ParserCreate("utf-8", namespace_separator=None)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._add
        self._parser.EntityDeclHandler = self._refuse

    def read(self, source: str) -> Document:
        """Return the text of a whole document.

        Raises:
            expat.ExpatError: it is not well formed.
            _EntitiesError: it defines entities.
        """
        declaration = _DECLARED.match(source)
        body = source[declaration.end() :] if declaration else source.lstrip()
        self._skipped = source.count("\n", 0, len(source) - len(body))
        for start in range(0, len(body), _PIECE):
            self._parser.Parse(body[start : start + _PIECE].encode("utf-8", "replace"), False)
        self._parser.Parse(b"", True)
        text = "\n".join(self._written).rstrip("\n")
        return Document(text, self._title, self._kind, with_large_apart(self._places, len(text)))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        short = name.rpartition(":")[2]
        inline = self._has_words
        if not inline:
            self._line.clear()
            if self._open:
                self._open[-1].has_children = True
            if len(self._open) == 1:
                self._begin_record(short)
        if not self._open and short == _DRAWING:
            self._kind = "image"
        self._open.append(_Element(short, inline))
        if not inline and self._open[0].name != _DRAWING:
            self._write_attributes(attributes)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element.inline:
            return
        text = one_line("".join(self._line))
        self._line.clear()
        self._has_words = False
        if len(self._open) <= _TITLES.get(element.name.lower(), 0) and self._open and not self._title:
            self._title = text[:_SHORT]
        if text:
            is_data = not element.has_children and len(text) <= _SHORT
            self._write(f"{element.name}: {text}" if is_data else f"{text}\n")

    def _add(self, text: str) -> None:
        self._line.append(text)
        self._has_words = self._has_words or not text.isspace()

    def _write_attributes(self, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if len(value) <= _LONGEST_ATTRIBUTE and not name.startswith("xmlns") and any(map(str.isalpha, value)):
                self._write(f"{name.rpartition(':')[2]}: {one_line(value)}")

    def _begin_record(self, name: str) -> None:
        if self._written and self._written[-1]:
            self._write("")
        label = as_label(f"line {self._parser.CurrentLineNumber + self._skipped}: {name}")
        if self._places and self._places[-1].start == self._length:
            self._places.pop()
        self._places.append(Place(self._length, label, divides=False))

    def _write(self, line: str) -> None:
        self._written.append(line)
        self._length += len(line) + 1

    def _refuse(self, *_declaration: object) -> None:
        raise _EntitiesError
