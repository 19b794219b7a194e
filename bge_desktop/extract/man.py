"""Manual pages, made readable: the macros of man(7) and mdoc(7) go, their text stays; sections are places.

It is no roff: macros that a page defines for itself, conditions and registers are left out, nothing is included, and
every line is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bge_desktop.extract import man_macros
from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document
from bge_desktop.extract.man_tables import with_tables_as_lines
from bge_desktop.extract.outline import Outline

_REQUEST = re.compile(r"[.'][ \t]*([^\s\\]*)[ \t]*(.*)")
_ARGUMENT = re.compile(r'"((?:[^"]|"")*)"?|((?:\\.|[^\s\\])+\\?)')
_VERBATIM = {"nf": True, "EX": True, "Bd": True, "fi": False, "EE": False, "Ed": False}
_LONGEST_REQUEST = 10_000
_DEFINITIONS = frozenset({"de", "de1", "am", "ig", "dei"})
_PLAIN_AFTER = frozenset({".", ",", ":", ";", ")", "]", "!", "?"})
_FIRST = re.compile(r"(?:\\?\n)*[.']")
_TITLE = re.compile(r"^\.(?:TH|Dd|de|nr rst2man\S*) ", re.MULTILINE)
_REFERENCE = re.compile(r"(\S+) (\w+)")
_NESTING = re.compile(r"\\([{}])")


def looks_like_man(head: str) -> bool:
    """Tell whether a text begins as a manual page does: with a request, and soon its title or a macro's definition."""
    return _FIRST.match(head) is not None and _TITLE.search(head) is not None


def read_man(data: bytes) -> Document:
    """Return the readable text; the title is the page's name and section, as in "ls(1)"."""
    page = _Page()
    for line in with_tables_as_lines(_without_definitions(decode(data).split("\n"))):
        page.add(line)
    return page.document()


def _without_definitions(lines: list[str]) -> Iterator[str]:
    """Yield the lines but those of macros that the page defines, of what it ignores, and of its conditions."""
    end, depth = "", 0
    for line in lines:
        request = _REQUEST.match(line[:_LONGEST_REQUEST]) if line.startswith((".", "'")) else None
        name = request[1] if request else ""
        if end:
            end = "" if line.rstrip() == end else end
        elif depth or name in ("if", "ie", "el"):
            depth = max(0, depth + sum(1 if brace == "{" else -1 for brace in _NESTING.findall(line)))
        elif request and name in _DEFINITIONS:
            stated = request[2].split()[1:2] if name != "ig" else request[2].split()[:1]
            end = "." + (stated[0] if stated else ".")
        else:
            yield line


class _Page:
    """Writes a page, line by line."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.title = ""
        self._name = ""  # what .Nm without arguments stands for
        self._heading_follows = False  # .SH without arguments takes the next line
        self._words: list[str] = []  # of the line in hand: roff fills lines, and only a request ends one
        self._verbatim = False
        self._tag_follows = False  # .TP takes the next line as a line of its own

    def add(self, line: str) -> None:
        """Write a line of the source."""
        request = _REQUEST.match(line) if line.startswith((".", "'")) and len(line) < _LONGEST_REQUEST else None
        if request is None:
            self._write(man_macros.unescaped(line))
        elif not request[1].startswith(("\\", '"')):
            arguments = [
                (quoted or bare).replace('""', '"') for quoted, bare in _ARGUMENT.findall(_uncommented(request[2]))
            ]
            self._request(request[1], arguments)

    def document(self) -> Document:
        """Return what was written."""
        self._end_line()
        return Document(self.outline.text, self.title, "man", self.outline.places)

    def _request(self, name: str, arguments: list[str]) -> None:
        if name in ("TH", "Dt") and len(arguments) > 1:
            section = f"({arguments[1]})" if arguments[1] else ""
            self.title = man_macros.unescaped(arguments[0]).lower() + section
        elif name in man_macros.SECTIONS:
            self._heading(" ".join(arguments))
        elif name in man_macros.FONTS:
            self._write(man_macros.unescaped(("" if len(name) == 2 and name[1] not in "MB" else " ").join(arguments)))
        elif name in _VERBATIM:
            self._end_line()
            self._verbatim = _VERBATIM[name]
        else:
            self._break_for(name)
            self._text_of(name, arguments)

    def _break_for(self, name: str) -> None:
        if name in man_macros.LINE_ENDS or name in man_macros.PARAGRAPHS:
            self._end_line()
        if name in man_macros.PARAGRAPHS:
            self.outline.end_paragraph()
        self._tag_follows = self._tag_follows or name in ("TP", "TQ", "IP", "It")

    def _text_of(self, name: str, arguments: list[str]) -> None:
        if name in man_macros.WITH_TEXT and arguments:
            self._write(man_macros.unescaped(arguments[0]))
        elif name == "Nm":
            self._name = self._name or " ".join(arguments[:1])
            self._write(man_macros.unescaped(" ".join(arguments) or self._name))
        elif name in man_macros.MDOC:
            self._write(man_macros.unescaped(_mdoc([name, *arguments])))

    def _heading(self, text: str) -> None:
        self._end_line()
        if text:
            self.outline.heading(man_macros.unescaped(text))
        self._heading_follows = not text

    def _write(self, text: str) -> None:
        if not text.strip():
            self._end_line()
            self.outline.end_paragraph()
        elif self._heading_follows:
            self._heading(text)
        elif self._verbatim:
            self.outline.line(text)
        else:
            self._words.append(text.strip())
            if self._tag_follows or text[0] in " \t":
                self._end_line()

    def _end_line(self) -> None:
        if self._words:
            self.outline.line(" ".join(self._words))
            self._words = []
        self._tag_follows = False


def _uncommented(arguments: str) -> str:
    return arguments.split('\\"', 1)[0]


def _mdoc(words: list[str]) -> str:
    """Return what a line of mdoc(7) prints, which calls macros within its arguments."""
    printed: list[str] = []
    closing: list[str] = []
    glued = True
    for word in words:
        if word == "Xr":
            closing.append("Xr")
        elif word in man_macros.MDOC:
            glued = _open(word, printed, closing, glued)
        else:
            separate = not glued and word not in _PLAIN_AFTER
            printed.append((" " if separate else "") + word)
            glued = False
    return _closed("".join(printed), closing)


def _open(word: str, printed: list[str], closing: list[str], glued: bool) -> bool:
    """Print what a macro puts before its arguments; return whether these follow without a space."""
    if word == "Ns":
        return True
    before = man_macros.BEFORE.get(word, "")
    if before:
        printed.append(before if glued else f" {before}")
    closing.append(word)
    return glued or bool(before)


def _closed(text: str, closing: list[str]) -> str:
    if "Xr" in closing:
        text = _REFERENCE.sub(r"\1(\2)", text, count=1)
    if closing[:1] == ["Nd"]:
        text = f"— {text}"
    return text + "".join(man_macros.AFTER.get(word, "") for word in reversed(closing) if word != "Oc")
