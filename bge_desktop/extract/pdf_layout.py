"""Join the printed lines of a page to paragraphs again.

A PDF knows where each line stands, not what belongs together. What tells is the room between the lines, the size of
the print, and whether a line was broken because it was full, or deliberately.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from bge_desktop.extract.document import CJK

_SENTENCE_END = re.compile(r"""[.!?:。！？：；…]["'”’」』）)]*$""")
_LIST_MARK = re.compile(
    r"[•◦▪■●○‣·*–—-]\s|\(?\d{1,3}[.)、]\s*[^\d\s]|\(?[a-zA-Z][.)]\s"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
)
_ENDS_IN_CJK = re.compile(f"[{CJK}]$")
_STARTS_WITH_CJK = re.compile(f"[{CJK}]")
_FIRST_WORD = re.compile(rf"[{CJK}]|[^\s{CJK}]+")
_PARAGRAPH_BREAK = "\n\n"
_NEIGHBOURS = 4


@dataclass(frozen=True)
class Line:
    """One printed line; lengths in points, from the page's lower left corner.

    A word that is divided at the end of a printed line is whole here, so that a Line may begin on one printed line
    and end on a lower one.

    Attributes:
        text: what it says, without white space around it.
        left: left edge of its first character.
        right: right edge of its last character.
        top: baseline of its first character.
        bottom: baseline of its last character.
        size: the font size of its first character.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def join(lines: Sequence[Line]) -> str:
    """Return the text of a page: its paragraphs with an empty line between them, list items on lines of their own."""
    if not lines:
        return ""
    pitch = _usual_pitch(lines)
    parts = [lines[0].text]
    for index in range(1, len(lines)):
        parts += (_joint(lines, index, pitch), lines[index].text)
    return "".join(parts)


def _usual_pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance from one baseline to the next, in points."""
    pitches = [above.bottom - line.top for above, line in pairwise(lines) if above.bottom - line.top > 1]
    return median_low(pitches) if pitches else 14.0


def _joint(lines: Sequence[Line], index: int, pitch: float) -> str:
    """Return what stands in the text between a line and the one above it."""
    above, line = lines[index - 1], lines[index]
    deliberate = _is_deliberate(lines, index, pitch)
    if _is_apart(above, line, pitch) or (deliberate and _SENTENCE_END.search(above.text)):
        return _PARAGRAPH_BREAK
    if deliberate or _LIST_MARK.match(line.text):
        return "\n"
    return "" if _ENDS_IN_CJK.search(above.text) and _STARTS_WITH_CJK.match(line.text) else " "


def _is_apart(above: Line, line: Line, pitch: float) -> bool:
    """Tell whether two lines differ in size, or stand farther apart than the lines of a paragraph."""
    larger, smaller = max(above.size, line.size), min(above.size, line.size)
    return larger > 1.1 * smaller or above.bottom - line.top > 1.3 * pitch


def _is_deliberate(lines: Sequence[Line], index: int, pitch: float) -> bool:
    """Tell whether the break above a line is its author's: the line is indented, or its first word had had room above.

    A step up, to the next column, is no break of the author's; nor is one within a line of a table.
    """
    above, line = lines[index - 1], lines[index]
    if abs(above.bottom - line.top - pitch) > pitch / 2:
        return False
    neighbours = lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
    around = [near for near in neighbours if near.left < above.right and near.right > above.left]
    indented = line.left > max(above.left, min(near.left for near in around)) + 0.8 * pitch
    room = max(near.right for near in around) - above.right
    return indented or room > _width_of_first_word(line) + pitch


def _width_of_first_word(line: Line) -> float:
    word = _FIRST_WORD.match(line.text)
    return (word.end() if word else 0) * (line.right - line.left) / len(line.text)
