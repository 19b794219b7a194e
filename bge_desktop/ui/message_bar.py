"""The bar at the top that tells what went wrong, in a tint of alarm, and what has been seen to already, in another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bge_desktop.messages import ErrorReport, displayable
from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, IconLabel, Label

_MOST_WAITING = 20


@dataclass(frozen=True)
class Offer:
    """What one can do about a report: the words on a button, and what it does."""

    words: str
    act: Callable[[], None]


class MessageBar(QWidget):
    """Shows one report at a time; closing it shows the next. A report that is already there is not repeated."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports: deque[tuple[ErrorReport, Offer | None]] = deque(maxlen=_MOST_WAITING)
        self._title = Label(style=Type.HEADING)
        self._message = Label()
        self.close_button = IconButton("close", self.tr("Close this message"))
        self.close_button.clicked.connect(self.dismiss)
        self.offer_button = QPushButton()
        self.offer_button.clicked.connect(self._accept)
        self._build()
        away = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.dismiss)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def show_report(self, report: ErrorReport, offer: Offer | None = None) -> None:
        """Show a report now, or after those that are open. A report whose offer was taken up is closed."""
        if all(report != waiting for waiting, _ in self._reports):
            self._reports.append((report, offer))
            self._show_first()

    def dismiss(self) -> None:
        """Close what is on show, if there is anything, and show the next."""
        if self._reports:
            self._reports.popleft()
            self._show_first()

    def withdraw(self, report: ErrorReport) -> None:
        """Take a report away that does not hold any more, be it on show or not."""
        self._reports = deque((own for own in self._reports if own[0] != report), maxlen=_MOST_WAITING)
        self._show_first()

    def text(self) -> str:
        """Return the title and the message on show, or ""."""
        return f"{self._title.text()}\n{self._message.text()}" if self._reports else ""

    def is_alarm(self) -> bool:
        """Return whether what is on show has gone wrong, and was not seen to by the app itself."""
        return bool(self._reports) and not self._reports[0][0].is_over

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the background in a thin tint, with a line below."""
        painter = QPainter(self)
        tint = theme.alarm(self.palette(), 0.16) if self.is_alarm() else theme.tint(self.palette(), 0.14)
        painter.fillRect(self.rect(), tint)
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
        row.addWidget(self.offer_button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _show_first(self) -> None:
        self.setVisible(bool(self._reports))
        if self._reports:
            report, offer = self._reports[0]
            self._title.setText(displayable(report.title))
            self._message.setText(displayable(report.message))
            self.offer_button.setVisible(offer is not None)
            self.offer_button.setText(offer.words if offer else "")
            self.setAccessibleName(self.text())
            self.update()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))

    def _accept(self) -> None:
        offer = self._reports[0][1]
        self.dismiss()
        if offer:
            offer.act()
