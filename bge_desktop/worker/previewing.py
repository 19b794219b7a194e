"""Showing what a document looks like at a passage."""

from __future__ import annotations

import functools
import logging
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from bge_desktop.errors import UserError
from bge_desktop.extract import previews
from bge_desktop.extract.document import LABEL_BREAK
from bge_desktop.extract.formats import kind_named
from bge_desktop.extract.letters import boxes, spans_of
from bge_desktop.extract.pictures import Drawn
from bge_desktop.extract.preview_reader import PreviewReader, SupersededError
from bge_desktop.extract.previews import Wanted
from bge_desktop.library.library import Library
from bge_desktop.library.storage import explained
from bge_desktop.messages import Event, NoPreview, PicturePreview, ShowPreview, Span, TextPreview, displayable
from bge_desktop.search import snippets
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.stored_text import StoredText, stored_text
from bge_desktop.search.table_previews import (
    MOST_ROWS,
    SheetRows,
    lines_from,
    lines_of_passage,
    stored_rows,
    table_preview,
)
from bge_desktop.search.text_previews import text_preview
from bge_desktop.worker.queue import JobQueue, Priority

_log = logging.getLogger(__name__)

_DRAWN = frozenset({"pdf", "image"})
_SHEET = "sheet"
_SOURCES = frozenset({"code", "data"})  # whose text is kept as it is in the file, or nearly so
# Whoever goes through a list looks at a picture for a moment: its print is worth some seconds only where one stays.
_STAYING_S = 0.3

_UNKNOWN = UserError(
    "Not in the library", "This file is not in the library any more, or was not read yet. Search again."
)
_NOT_THERE = UserError(
    "The file is not there",
    "It was moved or deleted, or lies on a disk that is not connected. Connect the disk to see it here; until then it"
    " stays searchable.",
)
_FAULT = UserError("Cannot be shown", "An unexpected error occurred, and was logged. Open the file in its own program.")


@dataclass(frozen=True)
class _Asked:
    """A request, and what it is about.

    Attributes:
        request: what was asked for.
        file: where the file lies: one that was itself added may be a link.
        stored: the document.
        words: of the query.
        page: the one to show, where there are pages.
        passage: its text; "" where another page is wanted than its own.
    """

    request: ShowPreview
    file: str
    stored: StoredText
    words: WordQuery
    page: int
    passage: str

    @property
    def is_drawn(self) -> bool:
        """Whether it is a page or a picture: by its kind; by its name in a file of others, or where it was not read."""
        names = self.request.place.split(LABEL_BREAK) if self.stored.length else [self.request.path]
        return self.stored.kind in _DRAWN or any(kind_named(name) in _DRAWN for name in names)

    @property
    def span(self) -> Span:
        """The range of the passage."""
        return Span(self.request.start, self.request.end)

    @property
    def wanted(self) -> Wanted:
        """What is to be drawn."""
        request = self.request
        return Wanted(self.file, request.place, self.page, max(1, request.width))


def _asked(request: ShowPreview, file: str, stored: StoredText, words: WordQuery) -> _Asked:
    own_page = stored.page_at(request.start)
    page = request.page or own_page or 1
    passage = stored.stretch(request.start, request.end) if page == (own_page or page) else ""
    return _Asked(request, file, stored, words, page, passage)


_Step = Callable[[_Asked, PreviewReader], None]


class Previewing:
    """Answers the newest `ShowPreview`; older ones fall away.

    Args:
        library: where the documents' texts are.
        queue: of the worker's thread, in which events are emitted.
        emit: takes the answers.
        words: returns what is looked for of a query as typed.
        memory_mb: how much memory the process may take that draws.
    """

    def __init__(
        self,
        library: Library,
        queue: JobQueue,
        emit: Callable[[Event], None],
        words: Callable[[str], WordQuery],
        memory_mb: int,
    ) -> None:
        self._library, self._queue, self._emit, self._words = library, queue, emit, words
        self._reader = PreviewReader(memory_mb=memory_mb)
        self._newest = 0

    def use_memory(self, memory_mb: int) -> None:
        """Have the process that draws take so much memory from its next start on."""
        self._reader.memory_mb = memory_mb

    def show(self, request: ShowPreview) -> None:
        """Have a request answered, unless there is a newer one in the queue: who goes through a list makes many."""
        self._newest = request.number
        self._reader.begin(None)
        self._queue.put(Priority.QUERY, functools.partial(self._show_newest, request))

    def _show_newest(self, request: ShowPreview) -> None:
        """Begin to answer.

        Raises:
            sqlite3.Error: the library cannot be read; that is told in the preview, too.
        """
        if request.number != self._newest:
            return
        try:
            self._begin(request)
        except sqlite3.Error as error:
            self._tell_not(request, explained(error, self._library.folder))
            raise

    def _begin(self, request: ShowPreview) -> None:
        stored = stored_text(self._library.db, request.path)
        if stored is None:
            self._tell_not(request, _UNKNOWN)
            return
        asked = _asked(request, self._file_at(request.path), stored, self._words(request.query))
        if asked.is_drawn:
            self._begin_step(asked, self._draw)
        else:
            self._show_stored(asked)

    def _file_at(self, path: str) -> str:
        return os.path.realpath(path) if self._library.folders.at(path) else path

    def close(self) -> None:
        """Give up what is being drawn, and wait until the process is gone."""
        self._reader.close()

    def _in_background(self, asked: _Asked, step: _Step, reader: PreviewReader) -> None:
        """Take a step that asks the process; in the reader's thread."""
        try:
            step(asked, reader)
        except SupersededError:
            raise
        except UserError as error:
            told = error if os.path.exists(asked.request.path) else _NOT_THERE
            self._hand_over(asked, functools.partial(self._tell_not, asked.request, told))
        except Exception:  # noqa: BLE001 - a fault of ours must be told too, not end the thread unseen
            _log.exception("A preview could not be made")
            self._hand_over(asked, functools.partial(self._tell_not, asked.request, _FAULT))

    def _draw(self, asked: _Asked, reader: PreviewReader) -> None:
        """Have a page or picture drawn, and then its print recognised."""
        drawn = previews.drawn(reader.ask, asked.wanted)
        self._hand_over(asked, functools.partial(self._show_drawn, asked, drawn))
        if drawn is None or not drawn.is_scan or not (asked.passage or asked.request.query.strip()):
            return
        reader.rest(_STAYING_S)
        try:
            letters = previews.recognised(reader.ask, replace(asked.wanted, page=drawn.page or 1))
        except UserError:
            _log.info("The print in a preview was not recognised: it is shown without boxes")
        else:
            self._hand_over(asked, functools.partial(self._show_drawn, asked, replace(drawn, letters=letters)))

    def _find_rows(self, lines: Span, asked: _Asked, reader: PreviewReader) -> None:
        """Have rows read; where their file cannot be, their text stands in the library."""
        first = lines_from(lines)
        try:
            rows = previews.rows(reader.ask, asked.file, first, first + MOST_ROWS - 1)
        except UserError:
            self._hand_over(asked, functools.partial(self._show_text, asked))
        else:
            found = SheetRows("", rows, lines.start, lines.end)
            self._hand_over(asked, functools.partial(self._show_table, asked, found))

    def _style(self, shown: TextPreview, asked: _Asked, reader: PreviewReader) -> None:
        """Have the pieces of a source text told apart that is on show already."""
        try:
            styles = previews.styles(reader.ask, os.path.basename(shown.path), shown.text)
        except UserError:
            _log.info("A text in a preview was not highlighted: it is shown plain")
        else:
            self._hand_over(asked, functools.partial(self._emit, replace(shown, styles=styles)))

    def _hand_over(self, asked: _Asked, job: Callable[[], None]) -> None:
        """Have a job done in the worker's thread, if it is still of the newest request then."""
        self._queue.put(Priority.QUERY, lambda: job() if asked.request.number == self._newest else None)

    def _show_drawn(self, asked: _Asked, drawn: Drawn | None) -> None:
        if drawn is None:
            self._show_stored(asked)
            return
        letters, request = drawn.letters, asked.request
        passage = spans_of(asked.passage, letters) if asked.passage else []
        found = boxes(letters, passage), boxes(letters, snippets.marks(letters.text, asked.words))
        size = drawn.width, drawn.height
        self._emit(PicturePreview(request.number, request.path, *size, drawn.pixels, *found, drawn.page, drawn.pages))

    def _show_stored(self, asked: _Asked) -> None:
        """Show what the library has of the text."""
        request, stored = asked.request, asked.stored
        if not stored.length:
            self._tell_not(request, self._why_no_text(request.path))
        elif stored.kind != _SHEET:
            self._show_text(asked)
        elif lines := lines_of_passage(stored, asked.span):
            self._begin_step(asked, functools.partial(self._find_rows, lines))
        elif found := stored_rows(stored, asked.span):
            self._show_table(asked, found)
        else:
            self._show_text(asked)

    def _show_text(self, asked: _Asked) -> None:
        request, stored = asked.request, asked.stored
        shown = text_preview(request.number, request.path, stored, asked.span, asked.words)
        self._emit(shown)
        if stored.kind in _SOURCES:
            self._begin_step(asked, functools.partial(self._style, shown))

    def _show_table(self, asked: _Asked, found: SheetRows) -> None:
        self._emit(table_preview(asked.request.number, asked.request.path, found, asked.words))

    def _why_no_text(self, path: str) -> UserError:
        if reason := self._library.failures.reason(path):
            return UserError(*reason)
        name = displayable(os.path.basename(path))
        message = (
            f"{name} holds no text that can be read, and no picture that can be shown. Open it in its own program."
        )
        return UserError("Found by its name", message)

    def _tell_not(self, request: ShowPreview, why: UserError) -> None:
        self._emit(NoPreview(request.number, request.path, why.title, why.message))

    def _begin_step(self, asked: _Asked, step: _Step) -> None:
        self._reader.begin(functools.partial(self._in_background, asked, step))
