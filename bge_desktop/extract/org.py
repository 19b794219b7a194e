"""Org files, made readable: the marks go, the words and the paragraphs stay; every headline is a place.

Every rule looks at one line: the time is linear in the size of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.outline import Outline
from bge_desktop.extract.text import without_blobs

_HEADLINE = re.compile(r"\*+[ \t]+(?:\[#[A-Z0-9]\][ \t]+)?(.*)")
_TAGS = re.compile(r"[ \t]+:[\w@#%:]{1,200}:[ \t]*$")
_KEYWORD = re.compile(r"[ \t]*#\+([\w-]{1,40})(?:\[[^\]\n]*\])?:?[ \t]*(.*)")
_TEXT_KEYWORDS = frozenset({"title", "subtitle", "author", "date", "description", "keywords", "filetags", "caption"})
_COMMENT = re.compile(r"[ \t]*#(?:[ \t].*)?")
_DRAWER = re.compile(r"[ \t]*:(?!end:)[\w-]{1,60}:[ \t]*", re.IGNORECASE)
_DRAWER_END = re.compile(r"[ \t]*:end:[ \t]*", re.IGNORECASE)
_LONGEST_DRAWER = 200  # lines; a drawer that is never closed is none
_BLOCK = re.compile(r"[ \t]*#\+begin_(?:src|example)\b.*", re.IGNORECASE)
_BLOCK_END = re.compile(r"[ \t]*#\+end_(?:src|example)\b.*", re.IGNORECASE)
_TABLE_RULE = re.compile(r"[ \t]*\|[-+|]+[ \t]*")
_LONGEST_LINE = 10_000
_INLINE = (
    (re.compile(r"\[\[[^\[\]\n]{0,500}\]\[([^\[\]\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"\[\[([^\[\]\n]{0,500})\]\]"), r"\1"),
    (re.compile(r"(?<![\w/])([*/_=~+])(?=[^\s*/_=~+])([^\n]{1,300}?)(?<=\S)\1(?![\w/])"), r"\2"),
)


def read_org(data: bytes) -> Document:
    """Return the readable text; the title is the one that the file states, or the first headline."""
    outline = Outline()
    title = ""
    for line, keyword in _readable(without_blobs(decode(data)).split("\n")):
        if keyword == "headline":
            outline.heading(line)
            continue
        if keyword == "title" and not title:
            title = line
        outline.line(line)
    title = title or next((place.label for place in outline.places), "")
    return Document(outline.text, one_line(title), "org", outline.places)


def _readable(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each line made readable, and which keyword it belongs to: "headline", "title", …, or none."""
    in_block = False
    for line in _without_drawers(lines):
        headline, keyword = _HEADLINE.fullmatch(line), _KEYWORD.fullmatch(line)
        if in_block:
            in_block = not _BLOCK_END.fullmatch(line)
            yield line if in_block else "", ""
        elif headline:
            yield _plain(_TAGS.sub("", headline[1])), "headline"
        elif keyword:
            in_block = _BLOCK.fullmatch(line) is not None
            name = keyword[1].lower()
            yield (_plain(keyword[2]), name) if name in _TEXT_KEYWORDS else ("", "")
        elif not _COMMENT.fullmatch(line) and not _TABLE_RULE.fullmatch(line):
            yield _plain(line.strip().strip("|").strip() if line.lstrip().startswith("|") else line), ""


def _without_drawers(lines: list[str]) -> Iterator[str]:
    """Yield the lines but those that programs note in drawers: properties, clocks."""
    ends = [number for number, line in enumerate(lines) if ":" in line[:80] and _DRAWER_END.fullmatch(line)]
    resumes = 0
    for number, line in enumerate(lines):
        if number < resumes:
            continue
        if ":" in line[:80] and _DRAWER.fullmatch(line):
            after = bisect_right(ends, number)
            if after < len(ends) and ends[after] - number < _LONGEST_DRAWER:
                resumes = ends[after] + 1
                continue
        yield line


def _plain(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        return line
    for pattern, replacement in _INLINE:
        line = pattern.sub(replacement, line)
    return line
