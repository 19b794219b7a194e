"""Paints the rows of the list of results; every size follows from the font, every colour from the palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QFont, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.document_row import paint_document
from bge_desktop.ui.passage_row import paint_passage
from bge_desktop.ui.result_rows import DOCUMENTS, Row, RowKind
from bge_desktop.ui.result_texts import toggle_text
from bge_desktop.ui.results_model import Role
from bge_desktop.ui.row_geometry import row_height, toggle_area
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.snippet_cache import SnippetCache
from bge_desktop.ui.theme import GRID


class ResultDelegate(QStyledItemDelegate):
    """Paints the rows of a `ResultsModel`.

    Attributes:
        previewed: the path of the document that the preview shows; or "".
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.previewed = ""
        self._snippets = SnippetCache()

    def heights(self, font: QFont) -> dict[RowKind, int]:
        """Return how high the rows of each kind are, in device-independent pixels."""
        return {kind: row_height(kind, font) for kind in RowKind}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = _row(index)
        painter.save()
        canvas = Canvas(painter, option)
        canvas.background()
        if row.kind in DOCUMENTS:
            if index.row():
                canvas.line_above()
            if row.key == self.previewed:
                canvas.bar()
            paint_document(canvas, row, self._snippets)
        else:
            paint_passage(canvas, row, self._snippets)
        painter.restore()

    def is_on_toggle(self, option: QStyleOptionViewItem, index: Index, point: QPoint) -> bool:
        """Return whether a point of the view is on what unfolds a document, or folds it."""
        if not _row(index).has_toggle:
            return False
        area = QStyle.visualRect(option.direction, option.rect, toggle_area(option.font, option.rect))
        return area.adjusted(-GRID, -GRID // 4, GRID, GRID // 2).contains(point)

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tell what a row leaves out, or what a click would do."""
        is_tip = event.type() == QEvent.Type.ToolTip and index.isValid()
        if is_tip and self.is_on_toggle(option, index, event.pos()):
            QToolTip.showText(
                event.globalPos(), toggle_text(is_unfolded=_row(index).is_unfolded), view.viewport(), option.rect
            )
            return True
        return super().helpEvent(event, view, option, index)


def _row(index: Index) -> Row:
    row = index.data(Role.ROW)
    assert isinstance(row, Row)
    return row
