"""The text of a web page, written as its elements begin and end: paragraphs, lines, cells, and headings as places."""

from __future__ import annotations

import re
from typing import Final

from bge_desktop.extract.document import CJK, Place
from bge_desktop.extract.outline import as_label
from bge_desktop.extract.ruby import with_readings

_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = _TITLES | {"hgroup", "header", "summary"}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "details", "div", "footer", "main", "section"}
)
_GROUPS = frozenset({"dl", "fieldset", "figcaption", "figure", "form", "hr", "ol", "p", "pre", "table", "ul"})
_PARAGRAPHS = _HEADINGS | _BLOCKS | _GROUPS
_LINES = frozenset({"br", "caption", "dd", "dt", "li", "tr"})
_CELLS = frozenset({"td", "th"})
_RUBY = frozenset({"ruby", "rt"})
_SPACES = re.compile(r"[ \t\n]+")
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{CJK}])[ \t]*\n[ \t]*(?=[{CJK}])")


class PageText:
    """Collects text; where several breaks meet between two pieces of it, the strongest is written."""

    _WEAK_TO_STRONG: Final = ("", " ", " | ", "\n", "\n\n")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._length = 0
        self._break = ""
        self._preformatted = 0
        self._heading: int | None = None  # the index among the parts where an open heading began
        self._mark_is_near = False
        self._rubies = self._in_reading = 0  # elements that are open
        self._readings: list[str] = []  # of the paragraph in hand

    def mark(self, tag: str, entering: bool) -> None:
        """Note that an element begins or ends here."""
        if tag in _RUBY:
            self._mark_ruby(tag, 1 if entering else -1)
        if tag == "pre":
            self._preformatted += 1 if entering else -1
        if tag in _TITLES:
            self._mark_heading(entering)
        if tag in _PARAGRAPHS or (tag == "br" and entering and self._break == "\n"):
            self._request("\n\n")
        elif tag in _LINES:
            self._request("\n")
        elif tag in _CELLS and entering:
            self._request(" | ")

    def mark_of_note(self) -> None:
        """Note that the mark of a footnote begins or ends here, which stands apart from the words around it."""
        self._mark_is_near = True

    def picture(self, text: str) -> None:
        """Add what stands for a picture, apart from the words around it."""
        if text.strip():
            self.write(f" {text} ")

    def end(self) -> None:
        """Note that this was all."""
        self._write_readings()

    def write(self, text: str) -> None:
        """Add the text of one node."""
        if self._in_reading:
            self._readings.append(text.strip())
            return
        if self._rubies:
            text = text.strip()
        if self._preformatted:
            self._add(text if self._parts else text.lstrip())
            return
        words = _SPACES.sub(" ", _BREAK_IN_CHINESE.sub("", text))
        if words.startswith(" "):
            self._request(" ")
        if words.strip(" "):
            self._add(words.strip(" "))
        if words.endswith(" "):
            self._request(" ")

    @property
    def text(self) -> str:
        """All the text."""
        return "".join(self._parts).rstrip()

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the headings are."""
        return tuple(self._places)

    def _mark_heading(self, entering: bool) -> None:
        if entering:
            self._heading = len(self._parts)
        elif self._heading is not None:
            title = "".join(self._parts[self._heading :])
            if title.strip():
                start = self._length - len(title.lstrip())
                self._places.append(Place(start, as_label(title), divides=False))
            self._heading = None

    def _mark_ruby(self, tag: str, step: int) -> None:
        """Note that characters begin or end that have a reading, or a reading of some."""
        if tag == "rt":
            self._in_reading = max(0, self._in_reading + step)
            return
        self._rubies = max(0, self._rubies + step)
        self._readings.append(" ")

    def _write_readings(self) -> None:
        readings, self._readings = self._readings, []
        if said := with_readings("", ["".join(readings)]):
            self._request(" ")
            self._add(said.lstrip())

    def _request(self, wanted: str) -> None:
        if self._readings and wanted != " ":
            self._write_readings()
        self._break = max(self._break, wanted, key=self._WEAK_TO_STRONG.index)

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._mark_is_near and text[0].isalnum():
            self._request(" ")
        self._mark_is_near = False
        pieces = (self._break if self._parts else "", text)
        self._parts += pieces
        self._length += sum(map(len, pieces))
        self._break = ""
