"""Text around a passage in the preview: plain, with formats laid over it; nothing in it is ever interpreted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import (
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QPalette,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QWidget

from bge_desktop.messages import Span, TextPreview
from bge_desktop.ui import theme
from bge_desktop.ui.preview_styles import formats, mark_format, passage_color
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.utf16 import in_utf16

_LOWEST_ZOOM, _HIGHEST_ZOOM, _STEP = -5, 12, 1.15
_BAR = GRID // 4
# Qt takes these for ends of lines, and two of them for one.
_OTHER_BREAKS = dict.fromkeys(map(ord, "\r\u2028\u2029"), " ")


class TextView(QPlainTextEdit):
    """Shows a `TextPreview`: the passage tinted, the words of the query marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._preview: TextPreview | None = None
        self._passage, self._marks, self._zoom = Span(0, 0), list[Span](), 0
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(2 * GRID)
        self.setTabChangesFocus(True)
        theme.follow_system(self._renew_looks)

    def show_preview(self, preview: TextPreview, *, is_new: bool) -> None:
        """Show a text.

        Args:
            preview: the text.
            is_new: whether it is another passage than before: then it is scrolled to that.
        """
        shown, self._preview = self._preview, preview
        if shown is None or shown.text != preview.text:
            self.setPlainText(preview.text.translate(_OTHER_BREAKS))
            is_new = True
        self._follow_system()
        units = in_utf16(preview.text)
        self._passage, self._marks = units(preview.passage), [units(mark) for mark in preview.marks]
        self._lay_formats()
        if is_new:
            self._reveal(self._passage.start)

    def marks(self) -> Sequence[Span]:
        """Return the words that are marked, in UTF-16 code units."""
        return self._marks

    def first_mark(self) -> int:
        """Return the number of the first of them in the passage or behind it."""
        return next((number for number, mark in enumerate(self._marks) if mark.end > self._passage.start), 0)

    def show_mark(self, number: int) -> None:
        """Select one of the words, and scroll to it."""
        mark = self._marks[number]
        cursor = self.textCursor()
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def zoom_by(self, steps: int) -> None:
        """Show the text so many steps larger, or smaller; 0 shows it in the usual size."""
        self._zoom = min(_HIGHEST_ZOOM, max(_LOWEST_ZOOM, self._zoom + steps)) if steps else 0
        self._follow_system()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_looks()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Scroll to the passage again: only now it is known how wide the lines are."""
        super().showEvent(event)
        self._reveal(self._passage.start)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint a band behind the lines of the passage, with a bar at its side, and then the text."""
        painter = QPainter(self.viewport())
        width, highlight = self.viewport().width(), self.palette().color(QPalette.ColorRole.Highlight)
        bar = width - _BAR if self.isRightToLeft() else 0
        for lines in self._passage_lines():
            painter.fillRect(QRectF(0, lines.top(), width, lines.height()), passage_color(self.palette()))
            painter.fillRect(QRectF(bar, lines.top(), _BAR, lines.height()), highlight)
        painter.end()
        super().paintEvent(event)

    def _passage_lines(self) -> Iterator[QRectF]:
        """Yield the areas of the passage's lines in the blocks that are in view."""
        block, height = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid() and block.position() < self._passage.end:
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > height:
                return
            yield from _lines_within(block, self._passage, area)
            block = block.next()

    def _renew_looks(self) -> None:
        if self._preview is not None:
            self._follow_system()
            self._lay_formats()

    def _follow_system(self) -> None:
        assert self._preview is not None
        font = theme.font(QApplication.font(), Type.BODY)
        if self._preview.is_monospaced:
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            font.setPointSizeF(theme.font(QApplication.font(), Type.BODY).pointSizeF())
        font.setPointSizeF(font.pointSizeF() * _STEP**self._zoom)
        if font != self.font():
            self.setFont(font)
        wrap = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(wrap.NoWrap if self._preview.is_monospaced else wrap.WidgetWidth)

    def _lay_formats(self) -> None:
        """Lay all formats over the text at once: through the document, each would be an edit of its own."""
        assert self._preview is not None
        looks, units, marked = formats(self.palette()), in_utf16(self._preview.text), mark_format(self.palette())
        laid = [(units(styled.span), looks[styled.style]) for styled in self._preview.styles]
        laid += [(mark, marked) for mark in self._marks]
        by_block: defaultdict[int, list[QTextLayout.FormatRange]] = defaultdict(list)
        for span, look in laid:
            for number, piece in self._pieces(span):
                by_block[number].append(_range(piece, look))
        block = self.document().firstBlock()
        while block.isValid():
            block.layout().setFormats(by_block[block.blockNumber()])
            block = block.next()
        self.document().markContentsDirty(0, self.document().characterCount())

    def _pieces(self, span: Span) -> Iterator[tuple[int, Span]]:
        """Yield the blocks that a range lies in, and the part of it in each."""
        block = self.document().findBlock(span.start)
        while block.isValid() and block.position() < span.end:
            first, last = block.position(), block.position() + block.length() - 1
            yield block.blockNumber(), Span(max(span.start, first) - first, min(span.end, last) - first)
            block = block.next()

    def _reveal(self, position: int) -> None:
        """Scroll so that a character stands in the upper third."""
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.centerCursor()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep() // 4)


def _range(span: Span, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = span.start, span.end - span.start, look
    return made


def _lines_within(block: QTextBlock, span: Span, area: QRectF) -> Iterator[QRectF]:
    """Yield the lines of a block that a range touches."""
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        start = block.position() + line.textStart()
        if start < span.end and start + max(1, line.textLength()) > span.start:
            yield QRectF(area.left(), area.top() + line.y(), area.width(), line.height())
