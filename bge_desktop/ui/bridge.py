"""Between the window and the worker: requests go out, events come in, in the main thread only."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from bge_desktop.errors import UserError
from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    Event,
    IndexNow,
    LibraryBusy,
    LibraryChanged,
    LibraryStatus,
    MemberUnpacked,
    Pause,
    Presenting,
    Preview,
    Progress,
    ReloadSettings,
    RemoveFolder,
    ReportStatus,
    Request,
    Rescan,
    Resume,
    Retry,
    SetRules,
    SettingsChanged,
    Shown,
    ShowPreview,
    Typing,
    UnpackMember,
    WindowWanted,
)
from bge_desktop.ui.core_texts import event_in_own_language, report_of
from bge_desktop.ui.current_query import CurrentQuery

_QUICK_RESULTS = 8

translate = QCoreApplication.translate


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
    """Owns the worker. Two places ask, one at a time: the window and, in front of it, the quick search.

    Args:
        load: imports what the worker needs and returns its factory. It is called in a thread, so that the window
            stays alive meanwhile; the factory itself is called in the main thread.
        parent: the owner.
        refresh_ms: how often, at most, the current query is asked again while the library changes.

    Attributes:
        query: the window's.
        quick_query: that of the quick search.
        answered, sentences_found, facets_counted, passages_found: signals of the window's query.
    """

    previewed = Signal(object)
    """A `Preview`."""
    progressed = Signal(object)
    """A `Progress`."""
    status_reported = Signal(object)
    """A `LibraryStatus`."""
    unpacked = Signal(object)
    """A `MemberUnpacked`."""
    window_wanted = Signal(object)
    """A `WindowWanted`: the window is to come to the front."""
    quick_search_wanted = Signal(str)
    """The quick search is to come to the front; with the token that allows it, or ""."""
    busy_changed = Signal(bool)
    """Whether the worker waits for another process that owns the library."""
    settings_changed = Signal()
    """Other settings stand in the library's file than before."""
    failed = Signal(object)
    """An `ErrorReport`."""
    told = Signal(object)
    """Any other event."""
    folder_added = Signal(object)
    """The path of what is to be indexed from now on; `failed` tells where that cannot be."""

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
        self._progress: Progress | None = None
        self._stopped = False
        generations = itertools.count(1)
        self.query = CurrentQuery(self._submit, generations, self, refresh_ms=refresh_ms)
        self.quick_query = CurrentQuery(
            self._submit, generations, self, refresh_ms=refresh_ms, limit=_QUICK_RESULTS, facets=False, rerank=False
        )
        self.quick_query.set_aside(True)
        self.answered, self.sentences_found = self.query.answered, self.query.sentences_found
        self.facets_counted, self.passages_found = self.query.facets_counted, self.query.passages_found
        self._emitted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._loaded.connect(self._start_worker, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Load and start the worker; requests made until then are kept for it."""
        self.query.ask()
        self._loader = threading.Thread(target=self._load_worker, name="load-worker", daemon=True)
        self._loader.start()

    def stop(self) -> None:
        """Stop the worker and deliver nothing any more."""
        self._stopped = True
        for query in (self.query, self.quick_query):
            query.stop()
        if self._loader is not None:
            self._loader.join()
        if self._worker is not None:
            self._worker.stop()

    def ask(self, request: Request) -> None:
        """Ask for something; `told` brings what answers it, unless there is a signal for that."""
        self._submit(request)

    def search(self, query: str) -> None:
        """Make `query` the window's current one and ask for its results; of a blank one there are facets only."""
        self.query.search(query)

    def more(self, count: int) -> None:
        """Ask for more results of the current query, unless the `count` on show are all."""
        self.query.more(count)

    def all(self) -> None:
        """Ask for all results of the current query, up to 10,000."""
        self.query.all()

    def find_passages(self, path: str) -> None:
        """Ask for the passages of a result of the current query."""
        self.query.find_passages(path)

    def put_quick_search_in_front(self, is_in_front: bool) -> None:
        """Have the quick search answered in the place of the window's query, which is asked again afterwards."""
        first, second = (self.query, self.quick_query) if is_in_front else (self.quick_query, self.query)
        first.set_aside(True)
        second.set_aside(False)

    def preview(self, request: ShowPreview) -> None:
        """Ask to see a document at a passage."""
        self._submit(request)

    def repeat_progress(self) -> None:
        """Tell the newest `Progress`, if there is one, to who has come since, or speaks another language now."""
        if self._progress is not None:
            self._pass_on(event_in_own_language(self._progress))

    def typing(self) -> None:
        """Tell the worker that someone is typing."""
        self._submit(Typing())

    def add_folder(self, path: str) -> None:
        """Index a folder or a file, and watch it."""
        self._waiting_folders.append(path)
        self._submit(AddFolder(path))
        self.folder_added.emit(path)

    def waiting_folders(self) -> tuple[str, ...]:
        """Return what was added since the window opened, until the worker has the library."""
        return tuple(self._waiting_folders)

    def remove_folder(self, path: str) -> None:
        """Forget a folder or a single file that was added."""
        self._submit(RemoveFolder(path))

    def rescan(self, path: str | None = None) -> None:
        """Look for changes in one folder, or in all, and try failed files again."""
        self._submit(Rescan(path))

    def retry(self, paths: tuple[str, ...] = ()) -> None:
        """Try files again that failed or were read in part; without any, all but those put aside."""
        self._submit(Retry(paths))

    def set_rules(self, request: SetRules) -> None:
        """Have other rules hold for a folder; `failed` tells where they were changed elsewhere meanwhile."""
        self._submit(request)

    def report_status(self) -> None:
        """Ask for the whole state of the library; `status_reported` answers."""
        self._submit(ReportStatus())

    def reload_settings(self) -> None:
        """Have the settings hold as they stand in the library's file."""
        self._submit(ReloadSettings())

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
            self.failed.emit(report_of(error))
            return
        for request in self._waiting:
            self._worker.submit(request)
        self._waiting.clear()

    def _submit(self, request: Request) -> None:
        if self._worker is None:
            self._waiting.append(request)
        else:
            self._worker.submit(request)

    def _deliver(self, event: Event) -> None:
        if self._stopped:
            return
        if isinstance(event, Progress):
            self._progress = event
        own = event_in_own_language(event)
        for query in (self.query, self.quick_query):
            query.note_change() if isinstance(event, LibraryChanged) else query.take(own)
        self._pass_on(own)

    def _pass_on(self, event: Event) -> None:
        match event:
            case WindowWanted(shown=Shown.WINDOW):
                self.window_wanted.emit(event)
            case WindowWanted(shown=Shown.QUICK_SEARCH):
                self.quick_search_wanted.emit(event.token)
            case LibraryBusy():
                self.busy_changed.emit(event.is_busy)
            case Progress():
                self._waiting_folders.clear()
                self.progressed.emit(event)
            case SettingsChanged():
                self.settings_changed.emit()
            case ErrorReport():
                self.failed.emit(event)
            case _:
                self._pass_on_answer(event)

    def _pass_on_answer(self, event: Event) -> None:
        match event:
            case Preview():
                self.previewed.emit(event)
            case MemberUnpacked():
                self.unpacked.emit(event)
            case LibraryStatus():
                self.status_reported.emit(event)
            case _:
                self.told.emit(event)


def _cannot_start(reason: str) -> ErrorReport:
    message = translate("Bridge", "A part of the program is missing or damaged ({reason}). Install it again.")
    return ErrorReport(translate("Bridge", "The search could not start"), message.format(reason=reason))
