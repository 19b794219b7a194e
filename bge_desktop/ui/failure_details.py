"""What happened to one file that failed, and what one can do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bge_desktop.messages import Failure
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.failure_list import message_text, reason_text
from bge_desktop.ui.paths import shown_name, shown_path
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton

_LINES = 4
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class FailureDetails(QWidget):
    """Tells of one file in full; without one, how to choose one."""

    open_wanted = Signal()
    reveal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = ElidedLabel("", Type.HEADING, Qt.TextElideMode.ElideMiddle)
        self._path = ElidedLabel("", Type.SMALL, Qt.TextElideMode.ElideMiddle, dim=True)
        self.text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.text.setTextInteractionFlags(_SELECTABLE)  # with a cursor, which shows where the focus is
        self.text.setAccessibleName(self.tr("What happened"))
        self.open_button = IconButton("open", self.tr("Open the file"))
        self.open_button.clicked.connect(self.open_wanted)
        self.reveal_button = IconButton("folder", self.tr("Show the file in its folder"))
        self.reveal_button.clicked.connect(self.reveal_wanted)
        self._build()
        self._fix_height()
        self.show_failure(None)

    def show_failure(self, failure: Failure | None) -> None:
        """Tell of this file."""
        for button in (self.open_button, self.reveal_button):
            button.setEnabled(failure is not None)
        if failure is None:
            self._show(self.tr("No file is chosen"), "", self.tr("Choose one to see what to do about it."))
        else:
            heading = self.tr("{name}: {reason}")
            heading = heading.format(name=shown_name(failure.path), reason=reason_text(failure))
            self._show(heading, shown_path(failure.path), message_text(failure))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font."""
        if event.type() == QEvent.Type.FontChange:
            self._fix_height()
        super().changeEvent(event)

    def _show(self, heading: str, path: str, text: str) -> None:
        self._heading.set_whole_text(heading)
        self._path.set_whole_text(path)
        if text != self.text.toPlainText():  # one may be reading, or marking it
            self.text.setPlainText(text)

    def _fix_height(self) -> None:
        margins = 2 * (round(self.text.document().documentMargin()) + self.text.frameWidth())
        self.text.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + margins)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(self._heading, 1)
        head.addWidget(self.open_button)
        head.addWidget(self.reveal_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self._path)
        column.addWidget(self.text)
