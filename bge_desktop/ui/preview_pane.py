"""The preview: what the chosen document looks like at the passage that was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from bge_desktop.messages import (
    FoundPassage,
    FoundPassages,
    NoPreview,
    PicturePreview,
    Preview,
    SearchResult,
    ShowPreview,
    TablePreview,
    TextPreview,
)
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.paths import shown_name
from bge_desktop.ui.preview_header import PreviewHeader
from bge_desktop.ui.preview_picture import PictureView
from bge_desktop.ui.preview_stack import PreviewStack
from bge_desktop.ui.preview_table import TableView
from bge_desktop.ui.preview_text import TextView
from bge_desktop.ui.result_texts import place_text
from bge_desktop.ui.theme import GRID

_SLOW_MS = 300


class PreviewView(Protocol):
    """What shows one kind of preview."""

    def marks(self) -> Sequence[object]:
        """Return the words of the query that are marked."""

    def first_mark(self) -> int:
        """Return the number of the first of them in the passage or behind it."""

    def show_mark(self, number: int) -> None:
        """Point out one of them, and scroll to it."""

    def zoom_by(self, steps: int) -> None:
        """Show everything so many steps larger, or smaller; 0 for the usual size."""


class PreviewPane(QWidget):
    """Shows the document of a result. It is drawn elsewhere: until it comes, what was shown stays for a moment."""

    preview_wanted = Signal(object)
    """A `ShowPreview`."""
    open_wanted = Signal(object)
    """The `SearchResult`, with the passage, page and place that are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PreviewHeader()
        self.busy = QProgressBar(textVisible=False, minimum=0, maximum=0)
        self.stack = PreviewStack()
        self.hint = NotePage(
            "file", self.tr("Nothing is chosen"), self.tr("Choose a result to see its document at the passage.")
        )
        self.blank, self.picture, self.text, self.table = _blank(), PictureView(), TextView(), TableView()
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._result: SearchResult | None = None
        self._target: SearchResult | None = None  # the result, with the passage and page that were gone to
        self._passages: tuple[FoundPassage, ...] = ()
        self._shown: Preview | None = None
        self._query, self._number, self._mark = "", 0, -1
        self._is_waiting = self._is_elsewhere = False
        self._build()
        self._connect()
        self.clear()

    def show_result(self, result: SearchResult, query: str) -> None:
        """Show a result's document at its passage. Where only the query or the file is another, one stays there."""
        before, self._result = self._result, result
        if before is None or _place_of(before) != _place_of(result):
            if before is None or before.path != result.path:
                self._passages = ()
            self._query = query
            self._go_to(result)
        elif query != self._query or before.modified != result.modified:
            self._query = query
            self._ask()

    def show_passages(self, found: FoundPassages) -> None:
        """Have the hits be these passages, if they are of the document that is shown."""
        if self._result is not None and found.path == self._result.path:
            self._passages = found.passages
            self._offer_hits()

    def show_preview(self, preview: Preview) -> None:
        """Show what has been asked for; what is outdated is dropped."""
        if preview.number != self._number or self._target is None:
            return
        self._rest()
        is_new, self._is_elsewhere = self._is_elsewhere, False
        self._shown = preview
        # turned up before it is filled: what scrolls to the passage must know how large it is
        match preview:
            case PicturePreview():
                self.stack.turn_up(self.picture)
                self.picture.show_preview(preview, is_new=is_new)
                self._target = replace(self._target, page=preview.page)
            case TextPreview():
                self.stack.turn_up(self.text)
                self.text.show_preview(preview, is_new=is_new)
            case TablePreview():
                self.stack.turn_up(self.table)
                self.table.show_preview(preview, is_new=is_new)
            case NoPreview(title=title, message=message):
                self.stack.show_failure(title, message)
        self._describe()

    def clear(self) -> None:
        """Show that nothing is chosen; what is on its way is dropped."""
        self._number += 1
        self._rest()
        self._result = self._target = self._shown = None
        self._passages = ()
        self.header.hide()
        self.stack.turn_up(self.hint)

    def next_hit(self) -> None:
        """Go to the next passage of the document that answers; where there is but one, to the next marked word."""
        self._step(1)

    def previous_hit(self) -> None:
        """Go to the previous one."""
        self._step(-1)

    def _build(self) -> None:
        self.busy.setFixedHeight(GRID // 2)
        self.busy.setAccessibleName(self.tr("The document is being drawn"))
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        self.text.setAccessibleName(self.tr("Text of the document"))
        self.table.setAccessibleName(self.tr("Rows of the sheet"))
        for page in (self.hint, self.blank, self.picture, self.text, self.table):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.busy):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._slow.timeout.connect(self._show_busy)
        self.header.open_wanted.connect(self._open)
        self.header.hit_wanted.connect(self._step)
        self.header.zoom_wanted.connect(self._zoom)
        self.header.page_wanted.connect(self._turn)
        self.picture.page_wanted.connect(self._turn)
        self.picture.width_wanted.connect(self._ask)

    def _go_to(self, target: SearchResult) -> None:
        """Ask for another passage or page."""
        if self._target is None or self._target.path != target.path:
            self._shown = None
        self._target, self._is_elsewhere = target, True
        self.header.show()
        self._describe()
        self._ask()

    def _ask(self) -> None:
        if self._target is None:
            return
        self._number += 1
        self._is_waiting = True
        if not self._slow.isActive():
            self._slow.start()
        target = self._target
        self.preview_wanted.emit(
            ShowPreview(
                self._number,
                target.path,
                target.start,
                target.end,
                target.page,
                target.place,
                self._query,
                self.picture.wanted_width(self.stack.width()),
            )
        )

    def _show_busy(self) -> None:
        """Say that it takes a while; another document's picture would be taken for this one's."""
        self.busy.show()
        if self._shown is None:
            self.stack.turn_up(self.blank)

    def _rest(self) -> None:
        self._slow.stop()
        self.busy.hide()
        self._is_waiting = False

    def _describe(self) -> None:
        """Have the header, and who reads the screen, tell what is shown."""
        assert self._target is not None
        target, shown = self._target, self._shown
        self.header.name.set_whole_text(shown_name(target.path))
        self.header.place.set_whole_text(place_text(target))
        page, pages = (shown.page, shown.pages) if isinstance(shown, PicturePreview) else (None, 1)
        self.header.show_page(page, pages)
        is_part = isinstance(shown, TextPreview) and (shown.begins_later or shown.ends_earlier)
        self.header.show_note(is_part=is_part)
        self.picture.describe(", ".join(filter(None, (shown_name(target.path), place_text(target)))), target.passage)
        self._mark = -1
        self._offer_hits()

    def _offer_hits(self) -> None:
        view = self._view()
        self.header.show_hits(are_there=len(self._passages) > 1 or (view is not None and bool(view.marks())))
        self.header.show_zoom(is_there=view is not None)

    def _view(self) -> PreviewView | None:
        """Return what shows the preview; None where there is none."""
        shown = self.stack.currentWidget()
        return next((view for view in (self.picture, self.text, self.table) if view is shown), None)

    def _step(self, step: int) -> None:
        if len(self._passages) > 1:
            self._step_to_passage(step)
        elif (view := self._view()) is not None and view.marks():
            first = view.first_mark() - (step > 0)
            self._mark = ((first if self._mark < 0 else self._mark) + step) % len(view.marks())
            view.show_mark(self._mark)

    def _step_to_passage(self, step: int) -> None:
        assert self._target is not None
        here = self._target.start, self._target.end
        number = next((at for at, own in enumerate(self._passages) if (own.start, own.end) == here), -(step > 0))
        own = self._passages[(number + step) % len(self._passages)]
        values = {
            name: getattr(own, name) for name in ("start", "end", "page", "place", "passage", "marks", "sentence")
        }
        self._go_to(replace(self._target, **values))

    def _turn(self, step: int) -> None:
        """Turn the page; not before the one in hand is there, or a wheel would leaf through the book."""
        shown = self._shown
        if self._is_waiting or not isinstance(shown, PicturePreview) or shown.page is None or self._target is None:
            return
        if 1 <= shown.page + step <= shown.pages:
            self.picture.turn_to(at_end=step < 0)
            self._go_to(replace(self._target, page=shown.page + step))

    def _zoom(self, steps: int) -> None:
        if (view := self._view()) is not None:
            view.zoom_by(steps)

    def _open(self) -> None:
        if self._target is not None:
            self.open_wanted.emit(self._target)


def _place_of(result: SearchResult) -> tuple[object, ...]:
    return result.path, result.start, result.end, result.page, result.place


def _blank() -> QWidget:
    page = QWidget()
    page.setBackgroundRole(QPalette.ColorRole.Base)
    page.setAutoFillBackground(True)
    return page
