"""What the document under the mouse is: asked for once the mouse rests, and told in a tool tip."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from html import escape

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QToolTip, QWidget

from bge_desktop.messages import DescribedDocument, DescribeDocuments, DocumentsDescribed, displayable
from bge_desktop.ui.paths import shown_name

_REST_MS = 150


class HoverTip(QObject):
    """Tells of one document at a time.

    Args:
        name_of: returns the name of a topic by its id, "" of none.
        parent: the widget under the mouse.
    """

    describe_wanted = Signal(object)
    """A `DescribeDocuments`; `show_described` takes its answer."""

    def __init__(self, name_of: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._name_of, self._over = name_of, parent
        self._numbers = itertools.count(1)
        self._document: int | None = None
        self._asked = 0
        self._place = QPoint()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)

    def point_at(self, document: int, place: QPoint) -> None:
        """Tell of a document, at a place on the screen."""
        if document != self._document:
            self.leave()
            self._document, self._place = document, place
            self._rest.start()

    def leave(self) -> None:
        """Tell of none."""
        if self._document is not None:
            self._document = None
            self._rest.stop()
            QToolTip.hideText()

    def show_described(self, told: DocumentsDescribed) -> None:
        """Show what a document is, if the mouse still is at it."""
        if told.number == self._asked and self._document is not None and told.documents:
            QToolTip.showText(self._place, self._text(told.documents[0]), self._over)

    def _ask(self) -> None:
        if self._document is not None:
            self._asked = next(self._numbers)
            self.describe_wanted.emit(DescribeDocuments(self._asked, (self._document,)))

    def _text(self, told: DescribedDocument) -> str:
        name, title = shown_name(told.path), displayable(told.title)
        shown = [f"<b>{escape(title or name)}</b>"]
        shown += [escape(text) for text in (name if title else "", displayable(self._name_of(told.topic))) if text]
        beginning = " ".join(told.beginning.split())
        return "<br>".join([*shown, f"<i>{escape(displayable(beginning))}</i>"] if beginning else shown)
