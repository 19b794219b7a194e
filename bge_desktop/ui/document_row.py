"""Paints a document: icon, name, reason, folder, date, page, copies, and the lines that answer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle

from bge_desktop.messages import SearchResult
from bge_desktop.ui import theme
from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.file_kinds import Container, container_named
from bge_desktop.ui.label_pills import paint_labels
from bge_desktop.ui.paths import shown_folder, shown_name
from bge_desktop.ui.places import elided_place
from bge_desktop.ui.result_rows import Row
from bge_desktop.ui.result_texts import page_text, title_text, toggle_text, why_text
from bge_desktop.ui.row_geometry import document_geometry, document_lines, toggle_area
from bge_desktop.ui.snippet_cache import SnippetCache
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.wording import SEPARATOR, copies_text

_LIVELY = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver


def paint_document(canvas: Canvas, row: Row, snippets: SnippetCache) -> None:
    """Paint a document's row."""
    option = canvas.option
    geometry = document_geometry(option.font, option.rect)
    canvas.icon(theme.kind_icon(row.result.path), geometry.icon)
    _paint_name(canvas, row.result, geometry.name)
    details = geometry.details
    if row.has_toggle:
        details = details.adjusted(0, 0, -_paint_toggle(canvas, row) - GRID, 0)
    _paint_details(canvas, row.result, details)
    area = canvas.mirrored(geometry.snippet)
    lines = snippets.layout(row.result, option.font, area.width(), document_lines(row.kind))
    lines.paint(canvas.painter, QPointF(area.topLeft()), option.palette)


def _paint_name(canvas: Canvas, result: SearchResult, area: QRect) -> None:
    chip_width = canvas.chip(why_text(result.why), area)
    room = area.adjusted(0, 0, -chip_width - GRID, 0)
    room = room.adjusted(0, 0, -paint_labels(canvas, result.labels, room), 0)
    middle = Qt.TextElideMode.ElideMiddle
    used = canvas.text(room, shown_name(result.path), Type.HEADING, canvas.text_color, middle)
    rest = room.adjusted(used + GRID, 0, 0, 0)
    if result.title and rest.width() > 10 * theme.letter_width(canvas.metrics(Type.BODY)):
        canvas.text(rest, title_text(result), Type.BODY, canvas.dimmed)


def _paint_toggle(canvas: Canvas, row: Row) -> int:
    """Paint what unfolds the document, in words only where one is about to; return how much room it takes."""
    area = toggle_area(canvas.option.font, canvas.option.rect)
    size = area.height()
    icon = QRect(area.right() + 1 - size, area.top(), size, size)
    canvas.icon("fold" if row.is_unfolded else "unfold", icon)
    text, metrics = toggle_text(is_unfolded=row.is_unfolded), canvas.metrics(Type.SMALL)
    if area.width() > size and (row.is_unfolded or canvas.option.state & _LIVELY):
        width = metrics.horizontalAdvance(text) + 1  # a rounded width may be a little too narrow
        room = QRect(icon.left() - GRID // 2 - width, area.top(), width, size)
        canvas.text(room, text, Type.SMALL, canvas.dimmed)
    return area.width()


def _paint_details(canvas: Canvas, result: SearchResult, area: QRect) -> None:
    metrics = canvas.metrics(Type.SMALL)
    rest = _joined(_date(result), _place(result, metrics, area.width()), copies_text(result))
    left = area.width() - sum(map(metrics.horizontalAdvance, rest))
    room = QRect(area.topLeft(), QSize(max(left, _least_folder(result, metrics, area.width())), area.height()))
    used = canvas.text(room, shown_folder(result.path), Type.SMALL, canvas.dimmed, Qt.TextElideMode.ElideMiddle)
    for text in rest if used else rest[1:]:
        used += canvas.text(area.adjusted(used, 0, 0, 0), text, Type.SMALL, canvas.dimmed)


def _place(result: SearchResult, metrics: QFontMetrics, width: int) -> str:
    """Return the place and the page in the room that the other details leave, with some for the folder."""
    folder = _least_folder(result, metrics, width)
    others = sum(map(metrics.horizontalAdvance, _joined(_date(result), copies_text(result))))
    room = width - folder - others - metrics.horizontalAdvance(SEPARATOR)
    has_folders = container_named(result.path) is Container.ARCHIVE
    return elided_place(result.place, page_text(result), metrics, room, has_folders=has_folders)


def _least_folder(result: SearchResult, metrics: QFontMetrics, width: int) -> int:
    """Return how much of the room belongs to the folder, however much else there is to say."""
    return min(metrics.horizontalAdvance(shown_folder(result.path)), width // 4)


def _date(result: SearchResult) -> str:
    day = QDateTime.fromSecsSinceEpoch(int(result.modified)).date()
    return QLocale().toString(day, QCoreApplication.translate("Results", "d MMM yyyy"))


def _joined(*parts: str) -> list[str]:
    """Return what stands behind the folder: each part that there is, and a dot before it."""
    return [text for part in parts if part for text in (SEPARATOR, part)]
