"""Between the window and the worker: requests go out, events come in, in the main thread only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bge_desktop.errors import UserError
from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    Event,
    IndexNow,
    LibraryBusy,
    LibraryChanged,
    MemberUnpacked,
    Pause,
    Presenting,
    Progress,
    RemoveFolder,
    Request,
    Rescan,
    Resume,
    Search,
    SearchAnswer,
    Sentences,
    Typing,
    UnpackMember,
    WindowWanted,
)


class WorkerLike(Protocol):
    """What the bridge needs of the worker; see `bge_desktop.worker.Worker`."""

    def start(self) -> None:
        """Start the background thread; never blocks."""

    def submit(self, request: Request) -> None:
        """Take a request; never blocks."""

    def stop(self, timeout: float = 5.0) -> None:
        """Leave, and wait at most `timeout` seconds for it."""


WorkerFactory = Callable[[Callable[[Event], None]], WorkerLike]


class Bridge(QObject):
    """Owns the worker and knows which query is the current one.

    Args:
        load: imports what the worker needs and returns its factory. It is called in a thread, so that the window
            stays alive meanwhile; the factory itself is called in the main thread.
        parent: the owner.
        refresh_ms: how often, at most, the current query is asked again while the library changes.
    """

    answered = Signal(object)
    """A `SearchAnswer` to the current query."""
    sentences_found = Signal(object)
    """`Sentences` of the results of the current query."""
    progressed = Signal(object)
    """A `Progress`."""
    unpacked = Signal(object)
    """A `MemberUnpacked`."""
    window_wanted = Signal(object)
    """A `WindowWanted`."""
    busy_changed = Signal(bool)
    """Whether the worker waits for another process that owns the library."""
    failed = Signal(object)
    """An `ErrorReport`."""

    _emitted = Signal(object)
    _loaded = Signal(object)

    def __init__(
        self, load: Callable[[], WorkerFactory], parent: QObject | None = None, *, refresh_ms: int = 1000
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._loader: threading.Thread | None = None
        self._worker: WorkerLike | None = None
        self._waiting: list[Request] = []
        self._waiting_folders: list[str] = []
        self._stopped = False
        self._query, self._generation = "", 0
        self._unanswered = self._asked_again = self._outdated = False
        self._refresh_timer = QTimer(self, singleShot=True, interval=refresh_ms)
        self._refresh_timer.timeout.connect(self._refresh)
        self._emitted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._loaded.connect(self._start_worker, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Load and start the worker; requests made until then are kept for it."""
        self._loader = threading.Thread(target=self._load_worker, name="load-worker", daemon=True)
        self._loader.start()

    def stop(self) -> None:
        """Stop the worker and deliver nothing any more."""
        self._stopped = True
        self._refresh_timer.stop()
        if self._loader is not None:
            self._loader.join()
        if self._worker is not None:
            self._worker.stop()

    def search(self, query: str) -> None:
        """Make `query` the current one and ask for its results; a blank one only forgets the one before."""
        self._query, self._asked_again = query, False
        self._ask()

    def typing(self) -> None:
        """Tell the worker that someone is typing."""
        self._submit(Typing())

    def add_folder(self, path: str) -> None:
        """Index a folder or a file, and watch it."""
        self._waiting_folders.append(path)
        self._submit(AddFolder(path))

    def waiting_folders(self) -> tuple[str, ...]:
        """Return what was added since the window opened, until the worker has the library."""
        return tuple(self._waiting_folders)

    def remove_folder(self, path: str) -> None:
        """Forget a folder or a single file that was added."""
        self._submit(RemoveFolder(path))

    def rescan(self, path: str | None = None) -> None:
        """Look for changes in one folder, or in all, and try failed files again."""
        self._submit(Rescan(path))

    def pause(self, path: str | None = None) -> None:
        """Leave one folder, or all, as they are until further notice."""
        self._submit(Pause(path))

    def resume(self, path: str | None = None) -> None:
        """Go on with one folder, or with all."""
        self._submit(Resume(path))

    def present(self, is_on: bool) -> None:
        """Tell the worker whether something fills the screen that should not be disturbed."""
        self._submit(Presenting(is_on))

    def index_now(self) -> None:
        """Index in spite of the battery or a presentation."""
        self._submit(IndexNow())

    def unpack_member(self, request: UnpackMember) -> None:
        """Have the file within a file unpacked that a place lies in; `unpacked` or `failed` answers."""
        self._submit(request)

    def _load_worker(self) -> None:
        try:
            factory = self._load()
        except (ImportError, OSError) as error:
            self._emitted.emit(_cannot_start(str(error)))
        else:
            self._loaded.emit(factory)

    def _start_worker(self, factory: WorkerFactory) -> None:
        if self._stopped:
            return
        try:
            self._worker = factory(self._emitted.emit)
            self._worker.start()
        except UserError as error:
            self.failed.emit(ErrorReport(error.title, error.message, error.path))
            return
        for request in self._waiting:
            self._worker.submit(request)
        self._waiting.clear()

    def _submit(self, request: Request) -> None:
        if self._worker is None:
            self._waiting.append(request)
        else:
            self._worker.submit(request)

    def _ask(self) -> None:
        self._generation += 1
        self._outdated = False
        self._unanswered = bool(self._query.strip())
        if self._unanswered:
            self._submit(Search(self._query, self._generation))

    def _deliver(self, event: Event) -> None:
        if self._stopped:
            return
        match event:
            case SearchAnswer() if event.generation == self._generation:
                self._take_answer(event)
            case Sentences() if event.generation == self._generation:
                self.sentences_found.emit(event)
            case LibraryChanged():
                self._outdated = True
                self._refresh()
            case _:
                self._pass_on(event)

    def _pass_on(self, event: Event) -> None:
        match event:
            case MemberUnpacked():
                self.unpacked.emit(event)
            case WindowWanted():
                self.window_wanted.emit(event)
            case LibraryBusy():
                self.busy_changed.emit(event.is_busy)
            case Progress():
                self._waiting_folders.clear()
                self.progressed.emit(event)
            case ErrorReport():
                self.failed.emit(event)

    def _take_answer(self, answer: SearchAnswer) -> None:
        # Asked again, the list on show is better than half an answer: it would only flicker.
        if answer.complete or not self._asked_again:
            self.answered.emit(answer)
        if answer.complete:
            self._unanswered = False
            self._refresh()

    def _refresh(self) -> None:
        # While an answer is outstanding a newer question would only put it off.
        if self._outdated and not self._unanswered and not self._refresh_timer.isActive() and self._query.strip():
            self._asked_again = True
            self._refresh_timer.start()
            self._ask()


def _cannot_start(reason: str) -> ErrorReport:
    message = f"A part of the program is missing or damaged ({reason}). Install it again."
    return ErrorReport("The search could not start", message)
