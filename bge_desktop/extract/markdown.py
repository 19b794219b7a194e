"""Markdown, made readable: the marks go, the words and the paragraphs stay.

Headings become paragraphs of their own; links keep their text, images their description; code is left as it is.
Every rule looks at one line and at most 300 characters ahead: the time is linear in the size of the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.outline import Outline
from bge_desktop.extract.text import without_blobs

_FRONT_MATTER = re.compile(r"(-{3}|\+{3})[ \t]*\n(.{0,20000}?\n)??\1[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"""^title[ \t]*[:=][ \t]*(["']?)([^\n]+?)\1[ \t]*$""", re.MULTILINE | re.IGNORECASE)
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<title>[^\n]*)")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:={2,}|-{3,})[ \t]*")
_NEVER_UNDERLINED = re.compile(r"\s*(?:$|[-*+>|]|\d+[.)])")
_RULE = re.compile(r"[ \t]*(?:={2,}|(?:[-*_][ \t]*){3,})")
_TABLE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
_QUOTE_MARKS = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
# What a picture is that is named elsewhere in the text.
_PICTURE = re.compile(
    r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*<?data:[\w.+-]{1,40}/[\w.+-]{1,80}[;,][^\n]*\n?", re.MULTILINE
)
_LONGEST_LINE = 10_000

_LINK_TARGET = r"(?:\([^()]{0,300}(?:\([^()]{0,300}\)[^()]{0,300})?\)|\[[^\[\]]{0,200}\])"
_INLINE = (
    (re.compile(r"<!--.{0,300}?-->|</?[A-Za-z][\w-]{0,20}(?:\s[^<>]{0,300})?/?>"), ""),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,300})>"), r"\1"),
    (re.compile(r"!?\[([^\[\]]{0,300})\]" + _LINK_TARGET), r"\1"),
    (re.compile(r"(\*{1,3})(?=[^\s*])([^*]{1,300})(?<=[^\s*])\1"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_]{1,300})(?<=[^\s_])\1(?![\w_])"), r"\2"),
    (re.compile(r"~~(?=\S)([^~]{1,300})(?<=\S)~~"), r"\1"),
    (re.compile(r"(?<!`)(`{1,2})(?!`)(.{1,300}?)(?<!`)\1(?!`)"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read_markdown(data: bytes) -> Document:
    """Return the readable text. Its title is the front matter's, or the first heading."""
    source = decode(data)
    front = _FRONT_MATTER.match(source)
    about = (front[2] or "") if front else ""
    outline = Outline()
    for line in about.splitlines():
        outline.line(line)
    outline.end_paragraph()
    add_markdown(source[front.end() :] if front else source, outline)
    stated = _FRONT_TITLE.search(about)
    title = stated[2] if stated else next((place.label for place in outline.places), "")
    return Document(outline.text, one_line(title), "markdown", outline.places)


def add_markdown(source: str, outline: Outline) -> None:
    """Add what can be read in Markdown to an outline."""
    for line, is_heading in _readable_lines(without_blobs(_PICTURE.sub("", source))):
        (outline.heading if is_heading else outline.line)(line)


def _readable_lines(source: str) -> Iterator[tuple[str, bool]]:
    """Yield each line made readable, and whether it is a heading."""
    lines = source.split("\n")
    fence = ""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        mark = _FENCE.match(line)
        if not fence and mark:
            fence = mark[1]
        elif fence and mark and mark[1].startswith(fence):
            fence = ""
        elif fence:
            yield line, False
        else:
            yield from _readable_prose(line, below)


def _readable_prose(line: str, below: str) -> Iterator[tuple[str, bool]]:
    heading = _heading(line, below)
    if heading:
        yield _without_inline_marks(heading), True
    elif _RULE.fullmatch(line):
        yield "", False
    elif not _TABLE_RULE.fullmatch(line):
        yield _without_inline_marks(_without_block_marks(line)), False


def _heading(line: str, below: str) -> str:
    marked = _HEADING.match(line)
    if marked:
        return _CLOSING_MARKS.sub("", marked["title"]).strip()
    underlined = _UNDERLINE.fullmatch(below) and not _NEVER_UNDERLINED.match(line) and not _RULE.fullmatch(line)
    return line.strip() if underlined else ""


def _without_block_marks(line: str) -> str:
    line = _QUOTE_MARKS.sub("", line, count=1) if _QUOTE_MARKS.match(line) else line
    row = line.strip()
    return row.strip("|").strip() if row.startswith("|") and row.endswith("|") else line


def _without_inline_marks(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        return line
    for pattern, replacement in _INLINE:
        line = pattern.sub(replacement, line)
    return html.unescape(line)
