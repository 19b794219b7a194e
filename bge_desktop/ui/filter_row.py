"""One value of a filter, which one can choose."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.filter_choices import Choice
from bge_desktop.ui.flat_button import MOVES, paint_ground
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.wording import documents_text, number

_BOX = 0.7  # of the height of a line


class FilterRow(QCheckBox):
    """A box to check, a name, and how many documents the value would leave.

    A click asks only: the row is checked by `show_choice`, once the query asks for its value.

    Args:
        choice: the value.
        parent: the owner.
    """

    focused = Signal()
    """It has the keyboard's focus."""
    move_wanted = Signal(int)
    """The Up or the Down key: so many steps further."""

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_choice(self, choice: Choice) -> None:
        """Show what there is to say of the value by now."""
        self.choice = choice
        self.setChecked(choice.is_active)
        self.setToolTip(plain_tip(choice.tip))
        counted = self.tr("{name}, {documents}").format(name=choice.name, documents=documents_text(choice.count))
        self.setAccessibleName(counted)
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802
        """Leave it to the query whether the row is checked."""

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802
        """Take a click anywhere in the row."""
        return self.rect().contains(place)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of a line with room around it; the width is whatever is left."""
        content = max(self.fontMetrics().height(), self._indicator().height())
        return QSize(0, content + GRID)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down go to the neighbours."""
        if event.key() in MOVES:
            self.move_wanted.emit(MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Tell of the focus."""
        super().focusInEvent(event)
        self.focused.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box, the name, and the count at the other end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(self, painter, 0.12 if self.isChecked() else 0.06 if self.underMouse() else 0.0)
        self._paint_box(painter)
        count = number(self.choice.count)
        room = self.rect().adjusted(0, 0, -GRID, 0)
        width = self.fontMetrics().horizontalAdvance(count)
        self._paint_text(painter, count, QRect(room.right() - width, 0, width + 1, self.height()), dim=True)
        left = self._text_start()
        name = QRect(left, 0, max(0, room.right() - width - GRID - left), self.height())
        elided = self.fontMetrics().elidedText(self.choice.name, Qt.TextElideMode.ElideMiddle, name.width())
        self._paint_text(painter, elided, name, dim=not self.choice.count and not self.isChecked())

    def _paint_box(self, painter: QPainter) -> None:
        """Draw the box with an outline that is seen on every ground; some styles draw none that is in the dark."""
        size, palette = self._indicator(), self.palette()
        place = QPoint(self._indent(), (self.height() - size.height()) // 2)
        box = QRectF(theme.mirrored(self, QRect(place, size))).adjusted(0.5, 0.5, -0.5, -0.5)
        highlight = palette.color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(highlight if self.isChecked() else theme.dimmed(palette), 1))
        painter.setBrush(highlight if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, GRID / 4, GRID / 4)
        if self.isChecked():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 2))
            points = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.30))
            painter.drawPolyline([box.topLeft() + QPointF(box.width() * x, box.height() * y) for x, y in points])

    def _paint_text(self, painter: QPainter, text: str, area: QRect, *, dim: bool) -> None:
        palette = self.palette()
        painter.setPen(theme.dimmed(palette) if dim else palette.color(QPalette.ColorRole.Text))
        alignment = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(theme.mirrored(self, area), alignment | Qt.AlignmentFlag.AlignVCenter, text)

    def _indicator(self) -> QSize:
        """Return the size of the box: the system's, or larger beside large text."""
        metric, least = QStyle.PixelMetric, round(self.fontMetrics().height() * _BOX)
        sizes = (metric.PM_IndicatorWidth, metric.PM_IndicatorHeight)
        return QSize(*(max(least, self.style().pixelMetric(own, None, self)) for own in sizes))

    def _indent(self) -> int:
        return GRID + self.choice.depth * 2 * GRID

    def _text_start(self) -> int:
        return self._indent() + self._indicator().width() + GRID
