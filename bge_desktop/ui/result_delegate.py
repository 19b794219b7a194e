"""Paints one result: icon, name, reason, folder, date, page, copies, and the lines that answer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bge_desktop.messages import SearchResult, Span, displayable
from bge_desktop.ui import theme
from bge_desktop.ui.file_kinds import Container, container_named
from bge_desktop.ui.paths import shown_folder, shown_name
from bge_desktop.ui.places import elided_place
from bge_desktop.ui.results_model import Index, ResultsModel, Role
from bge_desktop.ui.snippet import BrokenText, Excerpt, SnippetLayout, excerpt
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.wording import copies_text

_DOT = "  ·  "
_MOST_LAYOUTS = 100


@dataclass(frozen=True)
class RowGeometry:
    """Where the parts of one row are; for text from left to right, and mirrored for the other direction."""

    icon: QRect
    name: QRect
    details: QRect
    snippet: QRect


class ResultDelegate(QStyledItemDelegate):
    """Paints the rows of a `ResultsModel`; every size follows from the font, every colour from the palette."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._broken: dict[tuple[str, str, int], BrokenText] = {}
        self._layouts: dict[tuple[str, tuple[Span, ...], Span | None, str, int], SnippetLayout] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the height that the row's snippet needs at the width of the view."""
        width = _view_width(option)
        geometry = _geometry(option.font, QRect(0, 0, width, 0))
        snippet = self._snippet(index.data(Role.RESULT), option.font, geometry.snippet.width())
        gap = GRID // 2 if snippet.height else 0
        return QSize(width, round(geometry.details.bottom() + 1 + gap + snippet.height) + GRID * 3 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        result: SearchResult = index.data(Role.RESULT)
        geometry = _geometry(option.font, option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text reads in its own direction
        _paint_background(painter, option)
        self._paint_icon(painter, option, result, geometry.icon)
        self._paint_name(painter, option, index, geometry.name)
        self._paint_details(painter, option, index, geometry.details)
        area = _mirrored(option, geometry.snippet)
        snippet = self._snippet(result, option.font, area.width())
        snippet.paint(painter, QPointF(area.topLeft()), option.palette)
        painter.restore()

    def _snippet(self, result: SearchResult, font: QFont, width: int) -> SnippetLayout:
        key = (result.passage, result.marks, result.sentence, font.toString(), width)
        if key not in self._layouts:
            if len(self._layouts) >= _MOST_LAYOUTS:
                self._layouts.clear()
            shown = excerpt(result)
            self._layouts[key] = SnippetLayout(shown, self._broken_text(shown, font, width))
        return self._layouts[key]

    def _broken_text(self, shown: Excerpt, font: QFont, width: int) -> BrokenText:
        key = (shown.text, font.toString(), width)
        if key not in self._broken:
            if len(self._broken) >= _MOST_LAYOUTS:
                self._broken.clear()
            self._broken[key] = BrokenText(shown, font, width)
        return self._broken[key]

    def _paint_icon(self, painter: QPainter, option: QStyleOptionViewItem, result: SearchResult, area: QRect) -> None:
        ratio = painter.device().devicePixelRatioF()
        color = theme.dimmed(option.palette)
        image = theme.pixmap(theme.kind_icon(result.path), area.width(), color, ratio)
        painter.drawPixmap(_mirrored(option, area).topLeft(), image)

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        result: SearchResult = index.data(Role.RESULT)
        chip_width = self._paint_chip(painter, option, _model(index).why_text(result.why), area)
        room = area.adjusted(0, 0, -chip_width - GRID, 0)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        name_font = theme.font(option.font, Type.HEADING)
        used = _draw(painter, option, room, shown_name(result.path), name_font, Qt.TextElideMode.ElideMiddle)
        rest = room.adjusted(used + GRID, 0, 0, 0)
        if result.title and rest.width() > 10 * QFontMetrics(option.font).averageCharWidth():
            painter.setPen(theme.dimmed(option.palette))
            title = " ".join(displayable(result.title).split())
            _draw(painter, option, rest, title, option.font, Qt.TextElideMode.ElideRight)

    def _paint_chip(self, painter: QPainter, option: QStyleOptionViewItem, text: str, line: QRect) -> int:
        """Paint the reason at the end of the line; return how wide it is."""
        chip_font = theme.font(option.font, Type.SMALL)
        metrics = QFontMetrics(chip_font)
        size = QSize(metrics.horizontalAdvance(text) + 2 * GRID, metrics.height() + 2)
        area = QRect(line.right() + 1 - size.width(), line.center().y() - size.height() // 2, *size.toTuple())
        area = _mirrored(option, area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hairline(option.palette))
        painter.drawRoundedRect(area, size.height() / 2, size.height() / 2)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.setFont(chip_font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        return size.width()

    def _paint_details(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        result: SearchResult = index.data(Role.RESULT)
        small = theme.font(option.font, Type.SMALL)
        metrics = QFontMetrics(small)
        rest = _joined(self._date(result), self._place(index, metrics, area.width()), copies_text(result))
        rest_width = sum(map(metrics.horizontalAdvance, rest))
        painter.setPen(theme.dimmed(option.palette))
        folder_room = area.adjusted(0, 0, -rest_width, 0)
        used = _draw(painter, option, folder_room, shown_folder(result.path), small, Qt.TextElideMode.ElideMiddle)
        for text in rest:
            room = area.adjusted(used, 0, 0, 0)
            used += _draw(painter, option, room, text, small, Qt.TextElideMode.ElideRight)

    def _place(self, index: Index, metrics: QFontMetrics, width: int) -> str:
        """Return the place and the page in the room that the other details leave, with some for the folder."""
        result: SearchResult = index.data(Role.RESULT)
        folder = min(metrics.horizontalAdvance(shown_folder(result.path)), width // 4)
        others = sum(map(metrics.horizontalAdvance, _joined(self._date(result), copies_text(result))))
        room = width - folder - others - metrics.horizontalAdvance(_DOT)
        page, has_folders = _model(index).page_text(result), container_named(result.path) is Container.ARCHIVE
        return elided_place(result.place, page, metrics, room, has_folders=has_folders)

    def _date(self, result: SearchResult) -> str:
        day = QDateTime.fromSecsSinceEpoch(int(result.modified)).date()
        return QLocale().toString(day, self.tr("d MMM yyyy"))


def _joined(*parts: str) -> list[str]:
    """Return what stands behind the folder: each part that there is, and a dot before it."""
    return [text for part in parts if part for text in (_DOT, part)]


def _model(index: Index) -> ResultsModel:
    model = index.model()
    assert isinstance(model, ResultsModel)
    return model


def _view_width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    return view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()


def _geometry(font: QFont, row: QRect) -> RowGeometry:
    """Lay out a row: the text column begins right of the icon; only the snippet's height is open."""
    name_height = max(
        QFontMetrics(theme.font(font, Type.HEADING)).height(), QFontMetrics(theme.font(font, Type.SMALL)).height() + 2
    )
    icon = QRect(row.left() + 2 * GRID, row.top() + GRID * 3 // 2, *(2 * [round(name_height * 1.4)]))
    left = icon.right() + 1 + GRID * 3 // 2
    width = max(row.right() + 1 - 2 * GRID - left, 1)
    name = QRect(left, icon.top(), width, name_height)
    details = QRect(left, name.bottom() + 1 + GRID // 4, width, QFontMetrics(theme.font(font, Type.SMALL)).height())
    snippet = QRect(left, details.bottom() + 1 + GRID // 2, width, 0)
    return RowGeometry(icon, name, details, snippet)


def _mirrored(option: QStyleOptionViewItem, area: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, area)


def _draw(
    painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, font: QFont, elide: Qt.TextElideMode
) -> int:
    """Draw text at the start of `area`, shortened where it must be; return how wide it is."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, elide, area.width())
    used = min(metrics.horizontalAdvance(shown), area.width())
    painter.setFont(font)
    left = _mirrored(option, QRect(area.left(), area.top(), used, area.height())).left()
    # On the line of the view's own font: aligned in a box, a taller fallback font (Chinese) would sink.
    painter.drawText(left, area.top() + (area.height() - metrics.height()) // 2 + metrics.ascent(), shown)
    return used


def _paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    inner = option.rect.adjusted(GRID // 2, GRID // 4, -GRID // 2, -GRID // 4)
    line = option.rect.adjusted(2 * GRID, option.rect.height() - 1, -2 * GRID, 0)
    painter.fillRect(line, theme.hairline(option.palette))
    share = _emphasis(option.state)
    if share:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(option.palette, share))
        painter.drawRoundedRect(inner, GRID // 2, GRID // 2)


def _emphasis(state: QStyle.StateFlag) -> float:
    if state & QStyle.StateFlag.State_Selected:
        return 0.22 if state & QStyle.StateFlag.State_HasFocus else 0.16
    return 0.07 if state & QStyle.StateFlag.State_MouseOver else 0.0
