"""reStructuredText, made readable: the marks go, the words and the paragraphs stay. Nothing that it includes is read.

Every rule looks at one line and its neighbours: the time is linear in the size of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document
from bge_desktop.extract.outline import Outline

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{1,300}\s*")
_TABLE_RULE = re.compile(r"\s*(?:\+[-=+]+\+|=+(?: +=+)+)\s*")
_TABLE_ROW = re.compile(r"\s*\|(.*)\|\s*")
_DIRECTIVE = re.compile(r"(\s*)\.\. (?:\|[^|\n]{1,80}\| )?([\w-]+(?::[\w-]+)?)::(?:[ \t]+(.*))?")
_TARGET = re.compile(r"\s*(?:\.\. |__ )(?:_[^\n]*:(?:\s.*)?|https?:\S*)")
_NOTE = re.compile(r"\s*\.\. (\[(?:[#*]|#?[\w.:+-]{1,40})\](?:\s.*)?)")
_COMMENT = re.compile(r"(\s*)\.\.(?:\s.*|)")
_OPTION = re.compile(r"\s+:[\w-]{1,40}:(?:\s.*)?")
_ALT = re.compile(r"\s+:(?:alt|caption|title):\s+(.*)")
_NOT_WORDS = frozenset(
    {"image", "figure", "include", "literalinclude", "toctree", "contents", "raw", "highlight", "automodule"}
    | {"autoclass", "autofunction", "default-role", "index", "meta", "sectnum", "code", "code-block", "sourcecode"}
)
_LONGEST_LINE = 10_000
_INLINE = (
    (re.compile(r"^:([\w -]{1,40}):(?=\s)"), r"\1:"),
    (re.compile(r":[\w.+:-]{1,40}:`~?!?([^`<\n]{1,300})(?:\s<[^`>\n]{1,300}>)?`"), r"\1"),
    (re.compile(r"``([^`\n]{1,300})``"), r"\1"),
    (re.compile(r"`([^`<\n]{1,300}?)\s*<[^`>\n]{1,500}>`_{0,2}"), r"\1"),
    (re.compile(r"`([^`\n]{1,300})`_{0,2}"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])([^*\n]{1,300})(?<=[^\s*])\1(?![\w*])"), r"\2"),
    (re.compile(r"\|([^|\s][^|\n]{0,80})\|_{0,2}"), r"\1"),
    (re.compile(r"(?<=\w)_{1,2}(?=[\s.,;:!?)]|$)"), ""),
    (re.compile(r"::\s*$"), ":"),
    (re.compile(r"\\(\S)"), r"\1"),
)


def read_rst(data: bytes) -> Document:
    """Return the readable text; the title is the first heading."""
    outline = Outline()
    for line, is_heading in _readable(decode(data).split("\n")):
        (outline.heading if is_heading else outline.line)(line)
    title = next((place.label for place in outline.places), "")
    return Document(outline.text, title, "rst", outline.places)


def _readable(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line made readable, and whether it is a heading."""
    comment = -1  # the indentation of the comment that we are in
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        indentation = len(line) - len(line.lstrip())
        if comment >= 0 and (not line.strip() or indentation > comment):
            yield "", False
            continue
        comment = -1
        if _is_title(line, below):
            yield _plain(line), True
        elif _ADORNMENT.fullmatch(line) or _TABLE_RULE.fullmatch(line):
            yield "", False
        elif _TARGET.fullmatch(line):
            continue
        elif _DIRECTIVE.match(line) or _NOTE.match(line):
            yield from _of_directive(line)
        elif _COMMENT.fullmatch(line):
            comment = indentation
        else:
            yield from _prose(line)


def _is_title(line: str, below: str) -> bool:
    """Tell whether a line is underlined, and not a piece of a table or a rule itself."""
    if not line.strip() or _ADORNMENT.fullmatch(line):
        return False
    width = len(line.strip())
    underline = _ADORNMENT.fullmatch(below)
    return underline is not None and len(below.rstrip()) * 2 >= min(width, 8) and len(below.rstrip()) > 2


def _of_directive(line: str) -> Iterator[tuple[str, bool]]:
    note = _NOTE.match(line)
    if note:
        yield _plain(note[1]), False
        return
    directive = _DIRECTIVE.match(line)
    if directive and directive[3] and directive[2] not in _NOT_WORDS:
        yield _plain(directive[3]), False


def _prose(line: str) -> Iterator[tuple[str, bool]]:
    described = _ALT.fullmatch(line)
    row = _TABLE_ROW.fullmatch(line)
    if described:
        yield _plain(described[1]), False
    elif row:
        yield " | ".join(filter(None, (_plain(cell.strip()) for cell in row[1].split("|")))), False
    elif not _OPTION.fullmatch(line):
        yield _plain(line), False


def _plain(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        return line
    for pattern, replacement in _INLINE:
        line = pattern.sub(replacement, line)
    return line
