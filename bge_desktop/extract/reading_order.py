"""The order in which the printed lines of a picture are read: column by column, and in a column from above.

A picture is divided where nothing is printed, as in Nagy and Seth, "Hierarchical representation of optically scanned
documents" (ICPR 1984): first between columns; where there are none, at the widest gap between lines, since a heading
may stand above all columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bge_desktop.extract.pdf_layout import Line, join

_DEEPEST = 12  # divisions of a division
_LEAST_LINES = 3  # of a column
_LEAST_WIDTH = 7  # times the height of the line: the cells of a table are read across
_LEAST_GAP = 0.7  # of the height of a line
_OVERLAP = 0.5  # of the height: more, and two pieces stand in the same row
_SAME_SIZE = 1.4  # boxes are as high as their letters reach


@dataclass(frozen=True)
class PrintedLine:
    """A line, or a piece of one, and the box around it in pixels, from the upper left corner of the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high its box is."""
        return self.bottom - self.top


def page_text(lines: Sequence[PrintedLine]) -> str:
    """Return the text of a picture, its lines joined to paragraphs."""
    if not lines:
        return ""
    usual = median(line.height for line in lines)
    return join([_as_line(row, usual) for row in rows_of(lines)])


def rows_of(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Yield what stands side by side and belongs together, row after row in the order of reading."""
    for block in _blocks(list(lines), _DEEPEST) if lines else ():
        yield from _rows(block)


def _blocks(lines: list[PrintedLine], depth: int) -> Iterator[list[PrintedLine]]:
    """Yield the lines that belong together, block after block in the order of reading."""
    parts = (_columns(lines) or _halves(lines)) if depth and len(lines) >= 2 * _LEAST_LINES else []
    if not parts:
        yield lines
    for part in parts:
        yield from _blocks(part, depth - 1)


def _columns(lines: list[PrintedLine]) -> list[list[PrintedLine]]:
    """Return what stands left and right of the widest empty strip, or nothing where no such thing are columns."""
    gap, parts = _widest_gap(lines, lambda line: (line.left, line.right))
    wide = gap > _LEAST_GAP * median(line.height for line in lines)
    return parts if wide and all(map(_is_column, parts)) else []


def _is_column(lines: list[PrintedLine]) -> bool:
    widths = [(line.right - line.left) / max(1.0, line.height) for line in lines]
    return len(lines) >= _LEAST_LINES and median(widths) >= _LEAST_WIDTH


def _halves(lines: list[PrintedLine]) -> list[list[PrintedLine]]:
    gap, parts = _widest_gap(lines, lambda line: (line.top, line.bottom))
    return parts if gap > 0 else []


def _widest_gap(
    lines: list[PrintedLine], extent: Callable[[PrintedLine], tuple[float, float]]
) -> tuple[float, list[list[PrintedLine]]]:
    """Return the widest gap that nothing reaches over, and the lines before and after it; 0 where there is none."""
    ordered = sorted(lines, key=extent)
    reach, widest, cut = extent(ordered[0])[1], 0.0, 0
    for index, line in enumerate(ordered):
        start, end = extent(line)
        if start - reach > widest:
            widest, cut = start - reach, index
        reach = max(reach, end)
    return widest, [ordered[:cut], ordered[cut:]]


def _rows(lines: list[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Yield the pieces that stand side by side, from left to right; and the rows from above."""
    row: list[PrintedLine] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        if row and line.top > row[-1].bottom - _OVERLAP * min(line.height, row[-1].height):
            yield sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(line)
    yield sorted(row, key=lambda piece: piece.left)


def _as_line(row: list[PrintedLine], usual: float) -> Line:
    """Return a row as a line of a PDF, which counts from below."""
    height = median(piece.height for piece in row)
    like_the_others = usual / _SAME_SIZE < height < usual * _SAME_SIZE
    middle = -median((piece.top + piece.bottom) / 2 for piece in row)
    left, right = row[0].left, max(piece.right for piece in row)
    return Line(
        " ".join(piece.text for piece in row), left, right, middle, middle, usual if like_the_others else height
    )
