"""The worker: the background thread behind the window and the command line."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable

from bge_desktop.bge.encoder import Encoder
from bge_desktop.errors import LibraryDamagedError, LibraryError, UserError
from bge_desktop.handover.server import Visit, listening
from bge_desktop.library import storage
from bge_desktop.library.damage import damaged
from bge_desktop.library.library import Library
from bge_desktop.logs.log import logged
from bge_desktop.messages import (
    ErrorReport,
    Event,
    FindPassages,
    ListModels,
    Request,
    Search,
    SettingsChanged,
    ShowPreview,
    Typing,
    UnpackMember,
    WindowWanted,
)
from bge_desktop.settings import Settings, load
from bge_desktop.understand.helper import Helper
from bge_desktop.worker.checking import Checking
from bge_desktop.worker.dispatch import Dispatch, Part
from bge_desktop.worker.event_log import EventLog
from bge_desktop.worker.grouping import Grouping
from bge_desktop.worker.indexing import Indexing
from bge_desktop.worker.labelling import Labelling
from bge_desktop.worker.model_changes import ModelChanges
from bge_desktop.worker.opening import open_when_free
from bge_desktop.worker.previewing import Previewing
from bge_desktop.worker.queue import Job, JobQueue, Priority
from bge_desktop.worker.rest import Rest
from bge_desktop.worker.searching import Searching
from bge_desktop.worker.unpacking import Unpacking
from bge_desktop.worker.visits import Report, Visits

_log = logging.getLogger(__name__)

# A library that is damaged so often in one run lies on a disk that fails.
_MOST_REPAIRS = 3


class Worker:
    """Owns a library in a thread of its own: keeps it in step with the folders and answers queries.

    One worker at a time, on the whole machine, owns a library. It also does what others hand over to it.

    Args:
        library: the library's folder.
        emit: called in the worker's thread with each event, but for a `WindowWanted`, which comes in another one.
        device: where to embed: "auto", "cpu", "cuda" or "mps".
        watch: whether it is a window's, which stays: it waits for the library while another process owns it, and then
            goes on watching the folders. Without it, a library that is busy is left at once, and folders are scanned
            once.
    """

    def __init__(
        self, library: str, emit: Callable[[Event], None], *, device: str = "auto", watch: bool = True
    ) -> None:
        self._folder, self._device, self._watch = library, device, watch
        self._emit = EventLog(emit).emit
        self._queue = JobQueue()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._changed = threading.Condition()
        self._commands = 0
        self._is_idle = False
        self._has_ended = False
        self._stopping = threading.Event()
        self._is_damaged = False
        self._rest = Rest(self._queue, self._tell, self._resume)
        self._visits = Visits(self._do_request, lambda: self._indexing.embedded, lambda: self._indexing.status())

    def start(self) -> None:
        """Start the thread; the library is opened in it."""
        self._thread.start()

    def submit(self, request: Request) -> None:
        """Ask for something; from any thread, without waiting."""
        is_urgent = isinstance(request, Search | FindPassages | ShowPreview | Typing | UnpackMember)
        priority = Priority.QUERY if is_urgent else Priority.COMMAND
        self._submit(priority, lambda: self._dispatch(request))  # by the parts that there are then

    def stop(self, timeout: float = 5.0) -> None:
        """Have the thread leave after the job in hand, and wait for it so many seconds."""
        self._stopping.set()
        self._queue.close()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def wait_until_idle(self, timeout: float | None = None) -> bool:
        """Wait until all requests are taken up and the library is up to date; return False when time ran out first."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_idle or self._has_ended, timeout)

    def _run(self) -> None:
        try:
            if library := self._open():
                with logged(self._folder):
                    self._serve_and_repair(library)
        except UserError as error:
            self._report(error)
        except Exception:  # noqa: BLE001 - a fault of ours must be told too, not end the thread unseen
            self._report_fault()
        finally:
            with self._changed:
                self._has_ended = True
                self._changed.notify_all()

    def _open(self) -> Library | None:
        return open_when_free(self._folder, self._emit, self._stopping, waits=self._watch)

    def _serve_and_repair(self, library: Library) -> None:
        """Serve the library until the worker is stopped; once it is found damaged, the repaired one from then on.

        Raises:
            LibraryDamagedError: it was damaged again and again.
            LibraryError: it could not be repaired.
        """
        repaired: Library | None = library
        for _ in range(_MOST_REPAIRS):
            if repaired is None:
                return
            self._serve(repaired)
            if not self._is_damaged:
                return
            self._queue.drop(lambda job: getattr(job, "func", None) != self._do_submitted)
            self._rest = Rest(self._queue, self._tell, self._resume)
            if unanswered := self._searching.unanswered:  # its vectors went with the encoder
                self.submit(unanswered)
            repaired = self._open()
        if repaired:
            repaired.close()
        raise damaged(self._folder)

    def _serve(self, library: Library) -> None:
        self._is_damaged = False
        if library.notice:
            self._emit(ErrorReport("The library was damaged and has been repaired", library.notice, is_over=True))
        settings = self._load_settings()
        self._make_encoders(settings)
        self._searching = Searching(library, self._query_encoder, self._queue, self._emit)
        self._searching.reranking.choose(settings, self._pair_encoder)
        self._previewing = Previewing(
            library, self._queue, self._emit, self._searching.words_of, memory_mb=settings.memory_mb
        )
        self._unpacking = Unpacking(library.folder, self._queue, self._emit)
        self._indexing = Indexing(
            library,
            self._passage_encoder,
            self._queue,
            self._tell,
            watch=self._watch,
            on_in_step=self._look_at_changes,
            settings=settings,
        )
        self._helper = Helper()
        self._labelling = Labelling(library, self._helper, self._queue, self._tell)
        may_group = self._indexing.is_at_leisure if self._watch else None
        self._grouping = Grouping(
            library, self._helper, self._queue, self._tell, may_group, lambda: self._indexing.is_busy
        )
        switching = self._indexing.switching
        changes = ModelChanges(library, self._queue, self._emit, lambda: switching.do(ListModels()))
        understanding = (self._labelling, self._grouping)
        self._parts: tuple[Part, ...] = (self._indexing.folder_requests, switching, changes, *understanding)
        self._dispatch = Dispatch(
            self._searching,
            self._previewing,
            self._unpacking,
            self._indexing,
            self._parts,
            self._emit,
            self._reload_settings,
        )
        self._checking = Checking(library, self._queue)
        self._checking.start()
        self._queue.put(Priority.QUERY, self._indexing.start)  # before what was asked for in the meantime
        if self._watch:
            self._queue.put(Priority.COMMAND, self._searching.warm_up)
        self._queue.put(Priority.INDEX, self._look_at_changes)
        try:
            with listening(self._folder, self._receive, self._show_window):
                while not self._is_damaged and (job := self._queue.take()) is not None:
                    self._do(job, self._report)
                    self._note_idleness()
        finally:
            self._query_encoder.close()
            self._passage_encoder.close()
            self._pair_encoder.close()
            self._helper.close()
            parts = (self._checking, self._previewing, self._unpacking, self._indexing, *self._parts)
            for part in parts:
                self._do(part.close, self._report)
            self._do(library.condemn if self._is_damaged else library.close, self._report)

    def _load_settings(self) -> Settings:
        settings, error = load(self._folder)
        if error:  # the usual ones hold: that stops nothing
            self._emit(ErrorReport(error.title, error.message, error.path, is_over=True))
        return settings

    def _reload_settings(self) -> None:
        settings = self._load_settings()
        for encoder in (self._query_encoder, self._passage_encoder, self._pair_encoder):
            encoder.use(threads=settings.threads, quiet_s=settings.idle_minutes * 60)
        self._searching.reranking.choose(settings, self._pair_encoder)
        self._indexing.use(settings)
        self._previewing.use_memory(settings.memory_mb)
        self._emit(SettingsChanged())

    def _make_encoders(self, settings: Settings) -> None:
        """Make one for queries, on the processor, where it starts soonest, and one for passages, behind all others.

        One more is for re-ranking, which runs only where a reranker is chosen: no query waits for what it is at, and
        should the reranker need more memory than there is, search goes on.
        """
        quiet_s = settings.idle_minutes * 60
        self._query_encoder = Encoder("cpu", threads=settings.threads, quiet_s=quiet_s)
        self._passage_encoder = Encoder(
            self._device, self._hand_over_device, threads=settings.threads, in_background=True, quiet_s=quiet_s
        )
        self._pair_encoder = Encoder(self._device, threads=settings.threads, quiet_s=quiet_s)

    def _do(self, job: Job, report: Report) -> None:
        """Run a job. One that fails is reported, and the next one runs; `report` takes what is to blame on the job."""
        try:
            with storage.readable_errors(self._folder):
                job()
        except LibraryDamagedError:
            self._is_damaged = True
        except LibraryError as error:
            self._rest.begin(error)
        except UserError as error:
            report(error)
        except Exception:  # noqa: BLE001 - a fault of ours must not end the thread that answers
            self._report_fault()

    def _report_fault(self) -> None:
        _log.exception("The worker met a fault")
        message = "An unexpected error occurred, and was logged. Restart the app if it does not go on."
        self._tell(ErrorReport("Something went wrong", message))

    def _look_at_changes(self) -> None:
        """Have what is said of the documents said of new ones as well."""
        self._labelling.look()
        self._grouping.look()

    def _resume(self) -> None:
        """Go on after the library could not be written: there may be room again."""
        self._indexing.resume()
        self._look_at_changes()

    def _submit(self, priority: Priority, job: Job) -> None:
        """Have a job done that stands for a request: until then, the library is not up to date."""
        with self._changed:
            self._commands += 1
            self._is_idle = False
        self._queue.put(priority, functools.partial(self._do_submitted, job))

    def _do_submitted(self, job: Job) -> None:
        try:
            job()
        except LibraryDamagedError:
            self._submit(Priority.COMMAND, job)  # to be done once it is repaired
            raise
        finally:
            with self._changed:
                self._commands -= 1

    def _receive(self, visit: Visit) -> None:
        """Bring what another process asks for into the worker's thread."""
        self._submit(Priority.COMMAND, functools.partial(self._visits.begin, visit))

    def _show_window(self, wanted: WindowWanted) -> bool:
        """Have the window shown, if this is a window's worker; in any thread, so that no job in hand is waited for."""
        if self._watch:
            self._emit(wanted)
        return self._watch

    def _do_request(self, request: Request, report: Report) -> None:
        """Do what another process asks for; it hears of every error, be it known here already."""

        def dispatch() -> None:
            try:
                with storage.readable_errors(self._folder):
                    self._dispatch(request)
            except LibraryError as error:
                report(error)
                raise

        self._do(dispatch, report)

    def _note_idleness(self) -> None:
        with self._changed:
            self._is_idle = not (
                self._commands
                or self._indexing.is_busy
                or self._checking.is_busy
                or self._labelling.is_busy
                or self._grouping.is_busy
                or self._is_damaged
            )
            if not self._is_idle:
                return
        self._do(self._visits.settle, self._report)
        with self._changed:
            self._changed.notify_all()

    def _hand_over_device(self, device: str) -> None:
        self._queue.put(Priority.NEWS, functools.partial(self._indexing.show_device, device))

    def _tell(self, event: Event) -> None:
        """Tell those whom it concerns how far the library is: one's own interface, and who waits for it elsewhere."""
        self._emit(event)
        self._visits.tell(event)

    def _report(self, error: UserError) -> None:
        self._emit(ErrorReport(error.title, error.message, error.path))
