"""The bar at the top that tells what went wrong, without standing in the way."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bge_desktop.messages import ErrorReport, displayable
from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, IconLabel, Label

_MOST_WAITING = 20


class MessageBar(QWidget):
    """Shows one report at a time; closing it shows the next. A report that is already there is not repeated."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports: deque[ErrorReport] = deque(maxlen=_MOST_WAITING)
        self._title = Label(style=Type.HEADING)
        self._message = Label()
        self.close_button = IconButton("close", self.tr("Close this message"))
        self.close_button.clicked.connect(self._next)
        self._build()
        self.hide()

    def show_report(self, report: ErrorReport) -> None:
        """Show a report now, or after those that are open."""
        if report not in self._reports:
            self._reports.append(report)
            self._show_first()

    def text(self) -> str:
        """Return the title and the message on show, or ""."""
        return f"{self._title.text()}\n{self._message.text()}" if self._reports else ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the background in a thin tint, with a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tint(self.palette(), 0.14))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline(self.palette()))

    def _build(self) -> None:
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        for label in (self._title, self._message):
            label.setTextInteractionFlags(selectable)
            label.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 4)
        texts.addWidget(self._title)
        texts.addWidget(self._message)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(GRID * 3 // 2)
        row.addWidget(IconLabel("warning", 1.5), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _show_first(self) -> None:
        self.setVisible(bool(self._reports))
        if self._reports:
            self._title.setText(displayable(self._reports[0].title))
            self._message.setText(displayable(self._reports[0].message))
            self.setAccessibleName(self.text())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))

    def _next(self) -> None:
        self._reports.popleft()
        self._show_first()
