r"""Rich Text Format: control words, groups in braces, and text between them, read in one pass (RTF 1.9.1).

Text is bytes in the character set of the font in hand, or `\u` with a unit of UTF-16.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from bge_desktop.extract.document import Document, Part, assembled, one_line
from bge_desktop.extract.outline import Outline
from bge_desktop.extract.properties import properties
from bge_desktop.extract.rtf_characters import FONT_CHARACTER_SETS, WORDS, known_encoding
from bge_desktop.extract.rtf_fields import typeset
from bge_desktop.extract.ruby import with_readings

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})|(?P<symbol>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n\\]"
)
_BODY, _NOTES, _TITLE, _FONTS, _PROPERTIES, _NOWHERE = "body", "notes", "title", "fonts", "properties", "nowhere"
_PROPERTY_NAME, _INSTRUCTION, _STYLES = "name", "instruction", "styles"  # of a shape; of a field; of paragraphs
# The properties of a document that are shown, and under which names.
_SHOWN = {"author": "Author", "subject": "Subject", "keywords": "Keywords", "doccomm": "Description"}
_STATED = {"title": _TITLE, **_SHOWN}
_WRITTEN = frozenset({_BODY, _NOTES, _PROPERTY_NAME, _INSTRUCTION, _STYLES, *_STATED.values()})
_TARGETS = {
    **dict.fromkeys(("footnote", "annotation"), _NOTES),
    **dict.fromkeys([f"{margin}{pages}" for margin in ("header", "footer") for pages in ("", "l", "r", "f")], _NOTES),
    "fonttbl": _FONTS,
    "info": _PROPERTIES,
    "fldinst": _INSTRUCTION,
    "stylesheet": _STYLES,
    **dict.fromkeys(("colortbl", "pict", "objdata", "filetbl", "pntext", "shprslt"), _NOWHERE),
    **dict.fromkeys(("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "nonshppict"), _NOWHERE),
    **dict.fromkeys(("listtable", "listtext", "nonesttables", "xe", "tc", "txe", "rxe", "pnseclvl"), _NOWHERE),
}
# Groups that are marked to be skipped by who does not know them, and have text.
_KNOWN = frozenset({"shpinst", "annotation", "footnote", "fldinst", "do", "shppict"})
_BOXES = frozenset({"shptxt", "dptxbxtext"})
# The properties of shapes that are text: what is written in letters of art, and what describes a picture.
_SAID_OF_SHAPES = frozenset({"gtextUNICODE", "wzDescription"})
_SHAPE_PROPERTIES = frozenset({"sp", "sn", "sv"})
_FORMS, _RESULT, _PICTURE = frozenset({"upr", "ud"}), "fldrslt", "pict"
_GROUPS = frozenset(_TARGETS) | _BOXES | _SHAPE_PROPERTIES | _FORMS | {_RESULT}
_ENDS = frozenset({"par", "sect", "page", "column", "cell", "nestcell", "row", "nestrow"})
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\n": "\n\n", b"\r": "\n\n", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
_HEADING_STYLE = re.compile(r"\s*(?:heading \d|title)\s*;?\s*", re.IGNORECASE)
_BODY_LEVEL = 9  # of the outline: no heading
_HEADING = "\x1e"  # stands in the lines of headings until they are places
_MANY_BREAKS = re.compile(r"\n{3,}")


def read_rtf(data: bytes) -> Document:
    """Return the text, then headers, footers, notes and comments, then the properties.

    The headings are the places. The title is that of the properties.
    """
    reader = _Reader()
    position = 0
    while position < len(data) and (match := _TOKEN.match(data, position)):
        position = match.end() + reader.take(match)
    body = Outline()
    for line in reader.text(_BODY).split("\n"):
        (body.heading if _HEADING in line else body.line)(line.replace(_HEADING, ""))
    stated = properties((name, reader.text(name)) for name in _SHOWN.values())
    parts = [Part(body.text, places=body.places), Part(reader.text(_NOTES), "notes"), stated]
    return assembled(parts, one_line(reader.text(_TITLE)), "rtf")


@dataclass(frozen=True)
class _State:
    """What holds within a group: where its text goes, and how it is written."""

    target: str = _BODY
    encoding: str = ""
    fallback: int = 1  # characters that follow each `\\u` for programs that do not know it
    in_table: bool = False
    deleted: bool = False
    better: str = ""  # where the second, richer form of a text goes, whose first is skipped; or a property of a shape
    apart: bool = False  # from the paragraph around it
    style: int = 0
    is_heading: bool = False


class _Reader:
    """Takes token after token."""

    def __init__(self) -> None:
        self._state = _State()
        self._outer: list[_State] = []
        self._written: defaultdict[str, list[str]] = defaultdict(list)
        self._bytes = bytearray()  # that are not decoded yet: a character may take two tokens
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = self._default_font = 0
        self._to_skip = 0
        self._marked = False  # to be skipped by who does not know the word that follows
        self._headings: set[int] = set()  # the styles that are
        self._readings: list[str] = []  # of characters of the paragraph in hand

    def take(self, token: re.Match[bytes]) -> int:
        """Take one token, and return how many bytes of binary data follow it."""
        kind = token.lastgroup
        if kind in ("word", "number"):
            return self._word(token["word"].decode("ascii"), int(token["number"]) if token["number"] else None)
        if kind == "brace":
            self._brace(token["brace"] == b"{")
        elif kind == "symbol":
            self._symbol(token["symbol"])
        elif kind is not None:
            self._text(bytes.fromhex(token["hex"].decode("ascii")) if token["hex"] else token["text"])
        return 0

    def text(self, target: str) -> str:
        """Return what was written to a target."""
        self._end_paragraph()
        self._flush()
        units = "".join(self._written[target]).encode("utf-16-le", "surrogatepass")
        lines = units.decode("utf-16-le", "replace").split("\n")
        cells = (filter(None, map(str.strip, line.split(" | "))) if " | " in line else (line,) for line in lines)
        return _MANY_BREAKS.sub("\n\n", "\n".join(map(" | ".join, cells))).strip()

    def _text(self, text: bytes) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        if not self._state.deleted and self._state.target in _WRITTEN:
            self._bytes += text[skipped:]

    def _write(self, text: str) -> None:
        if not self._state.deleted and self._state.target in _WRITTEN:
            self._flush()
            self._append(text)

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._state.encoding or self._encoding, "replace").replace(_HEADING, " ")
            self._bytes.clear()
            self._append(text)

    def _append(self, text: str) -> None:
        is_heading = self._state.is_heading and self._state.target == _BODY
        self._written[self._state.target].append(_HEADING + text if is_heading else text)

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._to_skip, self._marked = 0, False
        if opens:
            self._outer.append(self._state)
        elif self._outer:
            if self._state.target == _STYLES:
                self._end_style()
            if self._state.apart and not self._outer[-1].apart:
                self._write(self._break)
            self._state = self._outer.pop()

    def _symbol(self, symbol: bytes) -> None:
        self._marked = symbol == b"*"
        if symbol in _SYMBOLS:
            self._write(self._break if symbol in b"\r\n" else _SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> int:
        marked, self._marked = self._marked, False
        if word in _GROUPS or marked:
            self._begin(word, marked)
        elif word in WORDS:
            if word in _ENDS:
                self._end_paragraph()
            self._write(self._break if word == "par" else WORDS[word])
        elif word == "bin":
            return max(0, number or 0)
        elif word == "u" and number is not None:
            self._write(chr(number & 0xFFFF))
            self._to_skip = self._state.fallback
        else:
            self._property(word, number)
        return 0

    def _begin(self, word: str, marked: bool) -> None:
        """Take the word that says what a group is."""
        if word in _FORMS:
            self._choose(word)
        elif word in _SHAPE_PROPERTIES:
            self._shape_property(word)
        elif word in _BOXES:
            self._stand_apart(self._state.target)
        elif word == _RESULT:
            text, reading = typeset(self._taken(_INSTRUCTION))
            self._write(text)
            self._readings.append(reading)
        else:
            self._aim(word, marked)

    def _aim(self, word: str, marked: bool) -> None:
        """Send what follows in this group where the word says."""
        self._flush()
        target = _TARGETS.get(word, self._state.target)
        if (marked and word not in _KNOWN) or self._state.target == _NOWHERE:
            target = _NOWHERE
        better = self._state.target if word == _PICTURE else self._state.better
        self._state = replace(self._state, target=target, better=better)
        if target == _NOTES:
            self._write("\n\n")

    @property
    def _break(self) -> str:
        """What ends a paragraph: nothing does so in a cell of a table."""
        return " " if self._state.in_table else "\n\n"

    def _end_paragraph(self) -> None:
        readings, self._readings = self._readings, []
        self._write(with_readings("", readings))

    def _end_style(self) -> None:
        if _HEADING_STYLE.fullmatch(self._taken(_STYLES)) or self._state.is_heading:
            self._headings.add(self._state.style)

    def _taken(self, target: str) -> str:
        """Return what was written to a target since it was last taken."""
        self._flush()
        return "".join(self._written.pop(target, []))

    def _stand_apart(self, target: str) -> None:
        self._change(target=target, apart=True)
        self._write(self._break)

    def _shape_property(self, word: str) -> None:
        """Skip a property of a shape, but for its name and for what is text."""
        if word == "sp":
            skipped = self._state.target == _NOWHERE
            self._change(better=self._state.better if skipped else self._state.target, target=_NOWHERE)
        elif word == "sn":
            self._change(target=_PROPERTY_NAME)
        elif self._taken(_PROPERTY_NAME) in _SAID_OF_SHAPES and self._state.better:
            self._stand_apart(self._state.better)

    def _choose(self, word: str) -> None:
        """Skip the first form of a text that is there twice, and take the second, which is in Unicode."""
        if word == "upr":
            self._change(better=self._state.target, target=_NOWHERE)
        elif self._state.better:
            self._change(target=self._state.better)

    def _property(self, word: str, number: int | None) -> None:
        """Take a word that changes how the text after it is to be understood."""
        if word in _STATED and self._state.target == _PROPERTIES:
            self._state = replace(self._state, target=_STATED[word])
        elif word in ("f", "deff", "fcharset", "ansicpg"):
            self._character_set(word, number or 0)
        elif word == "plain":
            self._change(encoding=self._fonts.get(self._default_font, ""), deleted=False)
        elif word == "uc":
            self._change(fallback=max(0, 1 if number is None else number))
        elif word == "pard":
            self._change(in_table=False, style=0, is_heading=False)
        elif word in ("intbl", "s", "outlinelevel"):
            self._paragraph_property(word, number or 0)
        elif word == "deleted":
            self._change(deleted=number != 0)

    def _paragraph_property(self, word: str, number: int) -> None:
        if word == "intbl":
            self._change(in_table=True)
        elif word == "s":
            self._change(style=number, is_heading=number in self._headings)
        else:
            self._change(is_heading=number != _BODY_LEVEL)

    def _character_set(self, word: str, number: int) -> None:
        if word == "ansicpg":
            self._encoding = known_encoding(f"cp{number}") or self._encoding
        elif word == "deff":
            self._default_font = number
        elif word == "fcharset":
            self._fonts[self._font] = FONT_CHARACTER_SETS.get(number, "")
        elif self._state.target == _FONTS:
            self._font = number
        else:
            self._change(encoding=self._fonts.get(number, ""))

    def _change(self, **properties: object) -> None:
        self._flush()
        self._state = replace(self._state, **properties)  # type: ignore[arg-type]
