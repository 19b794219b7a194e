"""Paints a further passage of a document, or a note in its place."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from bge_desktop.ui import theme
from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.result_rows import Row, RowKind
from bge_desktop.ui.result_texts import displayed_text
from bge_desktop.ui.row_geometry import PASSAGE_LINES, passage_geometry
from bge_desktop.ui.snippet_cache import SnippetCache
from bge_desktop.ui.theme import Type


def paint_passage(canvas: Canvas, row: Row, snippets: SnippetCache) -> None:
    """Paint the row of a passage: its place, and the lines that answer."""
    option = canvas.option
    geometry = passage_geometry(option.font, option.rect)
    canvas.painter.fillRect(canvas.mirrored(geometry.rule), theme.tint(option.palette, 0.4))
    canvas.text(geometry.heading, displayed_text(row), Type.SMALL, canvas.dimmed)
    if row.kind is RowKind.PASSAGE:
        area = canvas.mirrored(geometry.snippet)
        lines = snippets.layout(row.result, option.font, area.width(), PASSAGE_LINES)
        lines.paint(canvas.painter, QPointF(area.topLeft()), option.palette)
