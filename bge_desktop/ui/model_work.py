"""A line that tells how far work on models is, with a way to give it up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bge_desktop.ui.theme import GRID
from bge_desktop.ui.widgets import Label

_STEPS = 1000  # of the bar: bytes do not fit into its numbers


class ModelWork(QWidget):
    """Says what is going on and how far it is; not there while nothing is."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._label = Label()
        self._label.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False, maximum=_STEPS)
        self.bar.setFixedHeight(GRID // 2)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(lambda: self.cancelled.emit())
        self._build()
        self.hide()

    def show_text(self, text: str, share: float | None = None) -> None:
        """Show what is going on, and which share of it is done, where that is known."""
        self._label.setText(text)
        self.bar.setMaximum(0 if share is None else _STEPS)
        self.bar.setValue(0 if share is None else round(share * _STEPS))
        self.bar.setAccessibleName(text)
        self.cancel_button.setAccessibleName(f"{self.cancel_button.text()}: {text}")
        self.show()

    def text(self) -> str:
        """Return what is said, or "" while nothing is."""
        return "" if self.isHidden() else self._label.text()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self._label, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self.bar)
