"""Folders that most people have, offered at the first start, each with its size."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bge_desktop.ui import wording
from bge_desktop.ui.cards import paint_card
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.folder_size import FolderSize, FolderSizes
from bge_desktop.ui.paths import shown_name, shown_path
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconLabel, Label

_Location = QStandardPaths.StandardLocation
_LOCATIONS = (_Location.DocumentsLocation, _Location.DesktopLocation, _Location.DownloadLocation)
_DELAY_MS = 100


def usual_folders() -> list[str]:
    """Return the person's folders for documents, the desktop and downloads, be they there or not, each once."""
    home = os.path.normpath(os.path.expanduser("~"))
    paths = (os.path.normpath(QStandardPaths.writableLocation(own)) for own in _LOCATIONS)
    return [path for path in dict.fromkeys(paths) if path not in (home, ".")]  # home: where there is none of its own


class Suggestion(QAbstractButton):
    """One folder: its name, its path, and how much there is to read."""

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._size = Label(self.tr("Counting…"), Type.SMALL, dim=True)
        self._build()
        self._name_itself()

    def show_size(self, size: FolderSize) -> None:
        """Show how much there is to read."""
        self._size.setText(wording.size_text(size.files, size.bytes, is_all=size.is_all))
        self._name_itself()

    def size_text(self) -> str:
        """Return what is told of the size."""
        return self._size.text()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the card."""
        paint_card(self, is_down=self.isDown())

    def _name_itself(self) -> None:
        text = self.tr("Add {path}: {size}")
        self.setAccessibleName(text.format(path=shown_path(self._path), size=self._size.text()))

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 4)
        texts.addWidget(ElidedLabel(shown_name(self._path), Type.HEADING, Qt.TextElideMode.ElideMiddle))
        texts.addWidget(ElidedLabel(shown_path(self._path), Type.SMALL, Qt.TextElideMode.ElideMiddle, dim=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID * 3 // 2)
        row.addWidget(IconLabel("folder", 1.5))
        row.addLayout(texts, 1)
        row.addWidget(self._size)
        for label in self.findChildren(Label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Suggestions(QWidget):
    """Those of a few folders that are there; they are looked at, in a thread, while this is on show.

    Args:
        paths: the folders.
        parent: the owner.
    """

    wanted = Signal(object)
    """The path of the folder that was chosen."""

    def __init__(self, paths: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = {path: Suggestion(path) for path in paths}
        self._sizes = FolderSizes(self)
        self._sizes.found.connect(self._show_card)
        self._sizes.counted.connect(lambda path, size: self.cards[path].show_size(size))
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(lambda: self._sizes.start(tuple(self.cards)))
        self.heading = Label(self.tr("Or begin with"), Type.SMALL, dim=True)
        self._build()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Look at the folders in a moment: first, the window is to be painted."""
        super().showEvent(event)
        self._delay.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Look no further."""
        super().hideEvent(event)
        self._delay.stop()
        self._sizes.stop()

    def _show_card(self, path: str) -> None:
        self.heading.show()
        self.cards[path].show()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        self.heading.hide()
        for path, card in self.cards.items():
            card.clicked.connect(partial(self.wanted.emit, path))
            column.addWidget(card)
            card.hide()
