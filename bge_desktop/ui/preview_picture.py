"""A page or a picture in the preview, with the passage framed and the words of the query marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from bge_desktop.messages import Box, PicturePreview
from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID

_PAPER = QColor(Qt.GlobalColor.white)
_SMALLEST, _LARGEST, _STEP = 0.25, 8.0, 1.25
_WIDEST = 12_000  # device pixels that are asked for
_SETTLING_MS = 150
_NOTCH = 120  # of a wheel, in eighths of a degree
_MULTIPLY = QPainter.CompositionMode.CompositionMode_Multiply


class PictureView(QScrollArea):
    """Shows a `PicturePreview` as wide as there is room, or larger or smaller."""

    page_wanted = Signal(int)
    """How many pages on, or, where it is negative, back."""
    width_wanted = Signal()
    """The picture is shown in another size than it was drawn for: see `wanted_width`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = _Canvas()
        self._zoom, self._wheel = 1.0, 0
        self._ends_at_bottom = False
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._ask_for_width)
        self.setWidget(self._canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else fitting the width goes to and fro

    @property
    def canvas(self) -> QWidget:
        """What is drawn on, as large as the picture is shown."""
        return self._canvas

    def wanted_width(self, room: int) -> int:
        """Return how many device pixels wide the picture is to be drawn where the view has so much room."""
        return max(1, min(_WIDEST, round(self._shown_width(room) * self.devicePixelRatioF())))

    def show_preview(self, preview: PicturePreview, *, is_new: bool) -> None:
        """Show a picture.

        Args:
            preview: the picture.
            is_new: whether it is another page or passage than before: then it is scrolled to the passage.
        """
        had_boxes = bool(self._canvas.boxes)
        self._canvas.set_preview(preview)
        self._fit()
        if is_new or (preview.boxes and not had_boxes):
            self._reveal_start()

    def show_mark(self, number: int) -> None:
        """Point out one of the words, and scroll to it."""
        self._canvas.set_current(number)
        self._reveal(self._canvas.marks[number : number + 1])

    def marks(self) -> Sequence[Box]:
        """Return the words that are marked."""
        return self._canvas.marks

    def first_mark(self) -> int:
        """Return the number of the first of them in the passage or behind it."""
        top = self._canvas.boxes[0].top if self._canvas.boxes else 0.0
        return next((number for number, mark in enumerate(self._canvas.marks) if mark.bottom > top), 0)

    def zoom_by(self, steps: int) -> None:
        """Show the picture so many steps larger, or smaller; 0 fits its width."""
        zoom = self._zoom * _STEP**steps if steps else 1.0
        self._zoom = min(_LARGEST, max(_SMALLEST, zoom))
        self._fit()
        self._settling.start()

    def turn_to(self, *, at_end: bool) -> None:
        """Show the next picture from its upper end, or from its lower one where one reads backwards."""
        self._ends_at_bottom = at_end

    def describe(self, name: str, passage: str) -> None:
        """Have who reads the screen know what the picture is, and the words of the passage in it."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(passage)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the picture to the new width."""
        super().resizeEvent(event)
        self._fit()
        if event.size().width() != event.oldSize().width():
            self._settling.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Turn the page where one cannot scroll on."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.page_wanted.emit(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.page_wanted.emit(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom with Ctrl; turn the page with a further notch where one cannot scroll on."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by((turned > 0) - (turned < 0))
            return
        bar = self.verticalScrollBar()
        is_at_end = bar.value() == (bar.maximum() if turned < 0 else bar.minimum())
        self._wheel = self._wheel + turned if is_at_end and self._wheel * turned >= 0 else 0
        if abs(self._wheel) > _NOTCH:  # the first notch only says that this is the end
            self._wheel = 0
            self.page_wanted.emit(-1 if turned > 0 else 1)
        else:
            super().wheelEvent(event)

    def _ask_for_width(self) -> None:
        preview = self._canvas.preview
        if preview is not None and preview.width != self.wanted_width(self.width()):
            self.width_wanted.emit()

    def _shown_width(self, room: int) -> float:
        """Return how wide a page is to be shown: a hidden view does not know yet how large it will be."""
        return max(1, room - self.verticalScrollBar().sizeHint().width() - 2 * GRID) * self._zoom

    def _fit(self) -> None:
        preview = self._canvas.preview
        if preview is None:
            return
        room = self._shown_width(self.width())
        natural = preview.width / self.devicePixelRatioF() * max(1.0, self._zoom)
        # what has no pages was drawn no larger than it is
        width = room if preview.page is not None else min(room, natural)
        self._canvas.resize_to(width, width * preview.height / preview.width)

    def _reveal_start(self) -> None:
        at_bottom, self._ends_at_bottom = self._ends_at_bottom, False
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if at_bottom else bar.minimum())
        self._reveal(self._canvas.boxes or self._canvas.marks[:1])

    def _reveal(self, boxes: Sequence[Box]) -> None:
        """Scroll so that boxes are in view, their top in the upper third where they were not."""
        if not boxes:
            return
        area = self._canvas.area_of(boxes)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() <= area.top() <= area.bottom() <= bar.value() + height:
            bar.setValue(round(area.top() - height / 3 + GRID))
        across = self.horizontalScrollBar()
        if not across.value() <= area.left() <= across.value() + self.viewport().width():
            across.setValue(round(area.left() - GRID))


class _Canvas(QWidget):
    """The picture itself."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: PicturePreview | None = None
        self.boxes: tuple[Box, ...] = ()
        self.marks: tuple[Box, ...] = ()
        self._image = QImage()
        self._current = -1

    def set_preview(self, preview: PicturePreview) -> None:
        """Draw another picture."""
        if self.preview is None or preview.pixels is not self.preview.pixels:
            size, stride = (preview.width, preview.height), 4 * preview.width
            # the image does not copy the pixels: the preview is kept for as long as it is drawn
            self._image = QImage(preview.pixels, *size, stride, QImage.Format.Format_RGB32)
        if preview.marks != self.marks:
            self._current = -1
        self.preview, self.boxes, self.marks = preview, preview.boxes, preview.marks
        self.update()

    def set_current(self, number: int) -> None:
        """Point out one of the marks."""
        self._current = number
        self.update()

    def resize_to(self, width: float, height: float) -> None:
        """Have the picture be so large, in device-independent pixels, with room around it."""
        self.resize(max(1, round(width)) + 2 * GRID, max(1, round(height)) + 2 * GRID)

    def area_of(self, boxes: Sequence[Box]) -> QRectF:
        """Return the area around boxes."""
        united = QRectF()
        for box in boxes:
            united = united.united(self._placed(box))
        return united

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw what is to be seen of the picture, and the boxes on it."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.drawImage(self._area(), self._image)
        painter.setPen(QPen(theme.hairline(self.palette()), 1))
        painter.drawRect(self._area())
        self._paint_boxes(painter)

    def _paint_boxes(self, painter: QPainter) -> None:
        highlight = self.palette().color(QPalette.ColorRole.Highlight)
        margin = GRID / 4
        for boxes, share in ((self.boxes, 0.14), (self.marks, 0.4)):
            painter.setCompositionMode(_MULTIPLY)  # print stays readable
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.blend(highlight, _PAPER, share))
            for box in boxes:
                painter.drawRoundedRect(self._placed(box).adjusted(-margin, 0, margin, 0), margin, margin)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.boxes:
            self._paint_bars(painter, highlight)
        if 0 <= self._current < len(self.marks):
            painter.setPen(QPen(highlight, 2))
            frame = self._placed(self.marks[self._current]).adjusted(-margin - 1, -1, margin + 1, 1)
            painter.drawRoundedRect(frame, margin, margin)

    def _paint_bars(self, painter: QPainter, color: QColor) -> None:
        """Paint a frame around each stretch of lines that stand below one another."""
        painter.setPen(QPen(color, 1.5))
        margin = GRID / 2
        for frame in _frames([self._placed(box) for box in self.boxes]):
            painter.drawRoundedRect(frame.adjusted(-margin, -margin / 2, margin, margin / 2), margin, margin)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -GRID)

    def _placed(self, box: Box) -> QRectF:
        area = self._area()
        corners = ((box.left, box.top), (box.right, box.bottom))
        return QRectF(*(QPointF(area.x() + x * area.width(), area.y() + y * area.height()) for x, y in corners))


def _frames(lines: Sequence[QRectF]) -> list[QRectF]:
    """Return one area for the lines that follow each other in one column."""
    frames: list[QRectF] = []
    for line in lines:
        last = frames[-1] if frames else QRectF()
        is_below = last.top() <= line.top() and line.top() - last.bottom() < 3 * line.height()
        is_beside = line.left() < last.right() and line.right() > last.left()
        if frames and is_below and (is_beside or line.top() < last.bottom()):
            frames[-1] = last.united(line)
        else:
            frames.append(line)
    return frames
