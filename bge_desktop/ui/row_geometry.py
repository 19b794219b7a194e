"""Where the parts of the rows are; for text from left to right, and mirrored for the other direction."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from bge_desktop.ui import theme
from bge_desktop.ui.result_rows import RowKind
from bge_desktop.ui.result_texts import toggle_text
from bge_desktop.ui.snippet import LINES, line_pitch
from bge_desktop.ui.theme import GRID, Type

PASSAGE_LINES = 2
"""How many lines of a further passage are shown."""
_MARGIN = GRID * 3 // 2


@dataclass(frozen=True)
class DocumentGeometry:
    """The parts of a document's row; the snippet's lines begin in `snippet`."""

    icon: QRect
    name: QRect
    details: QRect
    snippet: QRect


@dataclass(frozen=True)
class PassageGeometry:
    """The parts of a further passage's row, and of a note's, which has a heading only."""

    rule: QRect
    heading: QRect
    snippet: QRect


def row_height(kind: RowKind, font: QFont) -> int:
    """Return how high rows of a kind are in a font, in device-independent pixels."""
    document, passage = document_geometry(font, QRect()), passage_geometry(font, QRect())
    match kind:
        case RowKind.DOCUMENT | RowKind.BRIEF_DOCUMENT:
            return document.snippet.top() + document_lines(kind) * line_pitch(font).height + _MARGIN
        case RowKind.BARE_DOCUMENT:
            return document.details.bottom() + 1 + _MARGIN
        case RowKind.PASSAGE:
            return passage.snippet.top() + PASSAGE_LINES * line_pitch(font).height + GRID
        case _:
            return passage.heading.bottom() + 1 + GRID


def document_lines(kind: RowKind) -> int:
    """Return how many lines of its passage a document shows at most."""
    return LINES if kind is RowKind.DOCUMENT else 1


def document_geometry(font: QFont, row: QRect) -> DocumentGeometry:
    """Lay out a document's row: the text column begins right of the icon."""
    small = QFontMetrics(theme.font(font, Type.SMALL)).height()
    name_height = _name_height(font)
    icon = QRect(row.left() + 2 * GRID, row.top() + _MARGIN, *(2 * [round(name_height * 1.4)]))
    left = _text_left(font, row)
    width = max(row.right() + 1 - 2 * GRID - left, 1)
    name = QRect(left, icon.top(), width, name_height)
    details = QRect(left, name.bottom() + 1 + GRID // 4, width, small)
    snippet = QRect(left, details.bottom() + 1 + GRID // 2, width, 0)
    return DocumentGeometry(icon, name, details, snippet)


def passage_geometry(font: QFont, row: QRect) -> PassageGeometry:
    """Lay out a further passage's row: indented, behind a rule that ties it to its document."""
    start = _text_left(font, row)
    left = start + 2 * GRID
    width = max(row.right() + 1 - 2 * GRID - left, 1)
    heading = QRect(left, row.top() + GRID, width, QFontMetrics(theme.font(font, Type.SMALL)).height())
    snippet = QRect(left, heading.bottom() + 1 + GRID // 4, width, 0)
    return PassageGeometry(QRect(start, row.top(), GRID // 4, row.height()), heading, snippet)


def toggle_area(font: QFont, row: QRect) -> QRect:
    """Return where a document is unfolded: at the end of its details; in little room as wide as its icon alone.

    It is as wide as all that it may say, so that saying one instead of another moves nothing.
    """
    line = document_geometry(font, row).details
    metrics = QFontMetrics(theme.font(font, Type.SMALL))
    texts = (toggle_text(is_unfolded=is_unfolded) for is_unfolded in (False, True))
    width = line.height() + GRID // 2 + max(map(metrics.horizontalAdvance, texts))
    if width > line.width() // 4:
        width = line.height()
    return QRect(line.right() + 1 - width, line.top(), width, line.height())


def _name_height(font: QFont) -> int:
    return max(
        QFontMetrics(theme.font(font, Type.HEADING)).height(), QFontMetrics(theme.font(font, Type.SMALL)).height() + 2
    )


def _text_left(font: QFont, row: QRect) -> int:
    return row.left() + 2 * GRID + round(_name_height(font) * 1.4) + GRID * 3 // 2
