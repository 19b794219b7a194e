"""AsciiDoc, made readable: the marks go, the words and the paragraphs stay. Nothing that it includes is read.

Every rule looks at one line: the time is linear in the size of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document
from bge_desktop.extract.outline import Outline

_HEADING = re.compile(r"(?:={1,7}|#{1,7})[ \t]+(\S.*?)(?:[ \t]+=+)?[ \t]*")
_VERBATIM = re.compile(r"(?:-{4,}|\.{4,}|`{3,}\w*)[ \t]*")
_DELIMITER = re.compile(r"(?:={4,}|\*{4,}|_{4,}|\+{4,}|--|[|,:!]={3,})[ \t]*")
_COMMENT_BLOCK = re.compile(r"/{4,}[ \t]*")
_DROPPED = re.compile(
    r"//(?!/).*|:!?[\w-]{1,60}!?:.*|\[\[[^\]\n]*\]\]|\[[^\]\n]{0,300}\]|(?:include|toc)::.*|\+|'{3,}|<<<"
)
_BLOCK_MACRO = re.compile(r"(?:image|video|audio)::[^\[\n]{0,500}\[([^\],\n]*)[^\]\n]*\][ \t]*")
_BLOCK_TITLE = re.compile(r"\.(?=[^\s.])(.*)")
_LONGEST_LINE = 10_000
_INLINE = (
    (re.compile(r"(?:https?|mailto|link|xref):[^\s\[\]]{1,500}\[([^\]\n^]{1,300})\^?\]"), r"\1"),
    (re.compile(r"(https?:[^\s\[\]]{1,500})\[\]"), r"\1"),
    (re.compile(r"image:[^\s\[\]:]{1,300}\[([^\],\n]{0,300})[^\]\n]{0,300}\]"), r"\1"),
    (re.compile(r"footnote:\w{0,40}\[([^\]\n]{0,500})\]"), r" (\1)"),
    (re.compile(r"(?:kbd|btn|menu|icon|pass|stem):\w{0,40}\[([^\]\n]{0,300})\]"), r"\1"),
    (re.compile(r"<<[^,>\n]{1,100},[ ]?([^>\n]{1,200})>>"), r"\1"),
    (re.compile(r"<<([^,>\n]{1,100})>>"), r"\1"),
    (re.compile(r"(?<!\w)(\*\*?|__?|``?|##?)(?=\S)([^*_`#\n]{1,300})(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"[ \t]\+$"), ""),
)


def read_asciidoc(data: bytes) -> Document:
    """Return the readable text; the title is the first heading."""
    outline = Outline()
    for line, is_heading in _readable(decode(data).split("\n")):
        (outline.heading if is_heading else outline.line)(line)
    title = next((place.label for place in outline.places), "")
    return Document(outline.text, title, "asciidoc", outline.places)


def _readable(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line made readable, and whether it is a heading."""
    fence = ""  # what ends the listing or the comment that we are in
    for line in lines:
        bare = line.rstrip()
        if fence:
            is_shown = bare != fence and not fence.startswith("/")
            fence = "" if bare == fence else fence
            yield bare if is_shown else "", False
        elif _VERBATIM.fullmatch(bare) or _COMMENT_BLOCK.fullmatch(bare):
            fence = bare.rstrip("abcdefghijklmnopqrstuvwxyz")
            yield "", False
        else:
            yield from _prose(bare)


def _prose(line: str) -> Iterator[tuple[str, bool]]:
    heading, title, picture = _HEADING.fullmatch(line), _BLOCK_TITLE.fullmatch(line), _BLOCK_MACRO.fullmatch(line)
    if heading:
        yield _plain(heading[1]), True
    elif _DELIMITER.fullmatch(line):
        yield "", False
    elif picture or title:
        yield _plain((picture or title or [""])[1]), False
    elif not _DROPPED.fullmatch(line):
        yield _plain(_row(line) if line.startswith("|") else line), False


def _row(line: str) -> str:
    return " | ".join(cell for part in line.split("|") if (cell := part.strip()))


def _plain(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        return line
    for pattern, replacement in _INLINE:
        line = pattern.sub(replacement, line)
    return line
