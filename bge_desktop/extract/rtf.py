r"""Rich Text Format: control words, groups in braces, and text between them, read in one pass (RTF 1.9.1).

Text is bytes in the character set of the font in hand, or `\u` with a unit of UTF-16.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from bge_desktop.extract.document import Document, Part, assembled, one_line

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})|(?P<symbol>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n\\]"
)
_BODY, _NOTES, _TITLE, _FONTS, _PROPERTIES, _NOWHERE = "body", "notes", "title", "fonts", "properties", "nowhere"
_TARGETS = {
    **dict.fromkeys(("footnote", "annotation"), _NOTES),
    **dict.fromkeys([f"{margin}{pages}" for margin in ("header", "footer") for pages in ("", "l", "r", "f")], _NOTES),
    "fonttbl": _FONTS,
    "info": _PROPERTIES,
    **dict.fromkeys(("colortbl", "stylesheet", "pict", "objdata", "fldinst", "filetbl", "pntext", "shprslt"), _NOWHERE),
    **dict.fromkeys(("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sp", "nonshppict"), _NOWHERE),
    **dict.fromkeys(("listtable", "listtext", "nonesttables", "xe", "tc", "txe", "rxe", "pnseclvl"), _NOWHERE),
}
# Groups that are marked to be skipped by who does not know them, and have text.
_KNOWN = frozenset({"shpinst", "annotation", "footnote"})
_WORDS = {
    "line": "\n",
    "row": "\n",
    "nestrow": "\n",
    "cell": " | ",
    "nestcell": " | ",
    "tab": "\t",
    **dict.fromkeys(("par", "sect", "page", "column"), "\n\n"),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\n": "\n\n", b"\r": "\n\n", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
# Of fonts, by their `fcharset`: those that say more than the document's own character set does.
_CHARACTER_SETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_MANY_BREAKS = re.compile(r"\n{3,}")


def read_rtf(data: bytes) -> Document:
    """Return the text, then headers, footers, notes and comments. The title is that of the properties."""
    reader = _Reader()
    position = 0
    while position < len(data) and (match := _TOKEN.match(data, position)):
        position = match.end() + reader.take(match)
    parts = [Part(reader.text(_BODY)), Part(reader.text(_NOTES), "notes")]
    return assembled(parts, one_line(reader.text(_TITLE)), "rtf")


@dataclass(frozen=True)
class _State:
    """What holds within a group: where its text goes, and how it is written."""

    target: str = _BODY
    encoding: str = ""
    fallback: int = 1  # characters that follow each `\\u` for programs that do not know it
    in_table: bool = False
    deleted: bool = False
    better: str = ""  # where the second, richer form of a text goes, whose first is skipped


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
        self._flush()
        units = "".join(self._written[target]).encode("utf-16-le", "surrogatepass")
        lines = units.decode("utf-16-le", "replace").split("\n")
        cells = (filter(None, map(str.strip, line.split(" | "))) if " | " in line else (line,) for line in lines)
        return _MANY_BREAKS.sub("\n\n", "\n".join(map(" | ".join, cells))).strip()

    def _text(self, text: bytes) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        if not self._state.deleted and self._state.target in (_BODY, _NOTES, _TITLE):
            self._bytes += text[skipped:]

    def _write(self, text: str) -> None:
        if not self._state.deleted and self._state.target in (_BODY, _NOTES, _TITLE):
            self._flush()
            self._written[self._state.target].append(text)

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._state.encoding or self._encoding, "replace")
            self._written[self._state.target].append(text)
            self._bytes.clear()

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._to_skip, self._marked = 0, False
        if opens:
            self._outer.append(self._state)
        elif self._outer:
            self._state = self._outer.pop()

    def _symbol(self, symbol: bytes) -> None:
        self._marked = symbol == b"*"
        if symbol in _SYMBOLS:
            self._write(" " if symbol in b"\r\n" and self._state.in_table else _SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> int:
        marked, self._marked = self._marked, False
        if word in ("upr", "ud"):
            self._choose(word)
        elif word in _TARGETS or marked:
            self._aim(word, marked)
        elif word in _WORDS:
            self._write(" " if word == "par" and self._state.in_table else _WORDS[word])
        elif word == "bin":
            return max(0, number or 0)
        elif word == "u" and number is not None:
            self._write(chr(number & 0xFFFF))
            self._to_skip = self._state.fallback
        else:
            self._property(word, number)
        return 0

    def _aim(self, word: str, marked: bool) -> None:
        """Send what follows in this group where the word says."""
        self._flush()
        target = _TARGETS.get(word, self._state.target)
        if (marked and word not in _KNOWN) or self._state.target == _NOWHERE:
            target = _NOWHERE
        self._state = replace(self._state, target=target)
        if target == _NOTES:
            self._write("\n\n")

    def _choose(self, word: str) -> None:
        """Skip the first form of a text that is there twice, and take the second, which is in Unicode."""
        if word == "upr":
            self._change(better=self._state.target, target=_NOWHERE)
        elif self._state.better:
            self._change(target=self._state.better)

    def _property(self, word: str, number: int | None) -> None:
        """Take a word that changes how the text after it is to be understood."""
        if word == "title" and self._state.target == _PROPERTIES:
            self._state = replace(self._state, target=_TITLE)
        elif word in ("f", "deff", "fcharset", "ansicpg"):
            self._character_set(word, number or 0)
        elif word == "plain":
            self._change(encoding=self._fonts.get(self._default_font, ""), deleted=False)
        elif word == "uc":
            self._change(fallback=max(0, 1 if number is None else number))
        elif word in ("intbl", "pard"):
            self._change(in_table=word == "intbl")
        elif word == "deleted":
            self._change(deleted=number != 0)

    def _character_set(self, word: str, number: int) -> None:
        if word == "ansicpg":
            self._encoding = _known(f"cp{number}") or self._encoding
        elif word == "deff":
            self._default_font = number
        elif word == "fcharset":
            self._fonts[self._font] = _CHARACTER_SETS.get(number, "")
        elif self._state.target == _FONTS:
            self._font = number
        else:
            self._change(encoding=self._fonts.get(number, ""))

    def _change(self, **properties: object) -> None:
        self._flush()
        self._state = replace(self._state, **properties)  # type: ignore[arg-type]


def _known(encoding: str) -> str | None:
    """Return the name of a character set of Python's for an encoding, None where there is none."""
    name = {"cp936": "gb18030", "cp950": "big5hkscs", "cp65001": "utf-8"}.get(encoding, encoding)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
