"""Keeping the library in step with the folders: scanning, reading, embedding, and news from the disk."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Callable

from bge_desktop.bge.encoder import Encoder
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library
from bge_desktop.messages import Event, Held, LibraryChanged, LibraryStatus
from bge_desktop.settings import Settings
from bge_desktop.watch.watcher import FolderWatcher
from bge_desktop.worker.embedding import Embedding
from bge_desktop.worker.folder_requests import FolderRequests
from bge_desktop.worker.following import Following
from bge_desktop.worker.graphs import Graphs
from bge_desktop.worker.manners import Manners
from bge_desktop.worker.merging import Merging
from bge_desktop.worker.new_passages import NewPassages
from bge_desktop.worker.orphans import Orphans
from bge_desktop.worker.passage_length import PassageLength
from bge_desktop.worker.pausing import Pausing
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.reading import Reading
from bge_desktop.worker.scans import Scans
from bge_desktop.worker.status import library_status, progress
from bge_desktop.worker.switching import Switching
from bge_desktop.worker.tidying import Tidying

_STAND_BACK_S = 1.0
# Longer than the watcher collects changes: both sides of a move have then been seen, and a document without a file
# is one that was deleted.
_GRACE_S = 3.0
_REPORT_S = 0.25


class Indexing:
    """Everything that changes the library.

    Args:
        library: which to keep in step.
        encoder: what embeds passages.
        queue: of the worker's thread, in which everything here runs.
        emit: takes progress and errors.
        watch: whether to go on watching the folders.
        on_in_step: called when the library has changed and is in step with the disk again.
        settings: how much memory a reader may take, and when to stand back: never where `watch` is off: one waits then.

    Attributes:
        manners: when to stand back.
        switching: the change to other models.
        typed_at: when someone last typed, or could have begun to, by the monotonic clock.
        folder_requests: what is asked of the folders.
    """

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        queue: JobQueue,
        emit: Callable[[Event], None],
        *,
        watch: bool,
        on_in_step: Callable[[], None] = lambda: None,
        settings: Settings = Settings(),  # noqa: B008 - frozen
    ) -> None:
        self._library, self._encoder, self._queue, self._emit = library, encoder, queue, emit
        self._on_in_step, self.typed_at = on_in_step, time.monotonic()
        self._reading = Reading(library, queue, emit, self._on_read, self._on_away, settings.memory_mb)
        self.manners = Manners(settings if watch else settings.unhindered(), queue, self._reconsider)
        self._pausing = Pausing(library)
        self._passage_length = PassageLength(library, settings, queue, self._on_read)
        self._embedding = Embedding(
            NewPassages(library, self._pausing.folder_ids), encoder, queue, emit, self._on_embedded
        )
        self._tidying = Tidying(library, queue, self._on_tidied)
        self.switching = Switching(
            library,
            encoder,
            queue,
            emit,
            take_back=self._take_back,
            go_on=self._pump,
            on_switched=self._on_switched,
            on_removed=self._tidying.begin,
        )
        self._graphs = Graphs(library, queue, emit, gently=watch)
        self._watcher = FolderWatcher(self._hand_over_changes) if watch else None
        self._scans = Scans(library, queue, self._on_scan_step)
        self._following = Following(library, self._watcher, self._scans, self._pausing)
        self._merging = Merging(library, queue, lambda: not self._is_behind and self.manners.held is Held.NOT)
        self._orphans = Orphans(
            library, queue, self._is_at_rest, self._note_change, self._tidying.begin, _GRACE_S if watch else 0.0
        )
        self.folder_requests = FolderRequests(
            library,
            self._following,
            self._pausing,
            on_removed=self._on_folder_removed,
            take_back=self._take_back,
            go_on=self._pump,
        )
        self._has_changed = self._report_is_due = False
        self._device, self._pending = "", 0  # where embedding runs, in words; files that waited when last counted

    @property
    def is_busy(self) -> bool:
        """Whether the library is out of step with the disk, as far as is known, or its models are being changed."""
        is_switching = self.switching.is_busy and self.manners.held in (Held.NOT, Held.SLOW)
        return self._is_out_of_step or is_switching

    @property
    def _is_out_of_step(self) -> bool:
        """Whether the library is behind the disk, as far as is known, or holds what was removed."""
        return self._is_behind or self._tidying.is_busy

    def is_at_leisure(self, quiet_s: float) -> bool:
        """Whether nothing is to be done, nothing holds it, and nobody has typed for so many seconds."""
        is_quiet = time.monotonic() - self.typed_at >= quiet_s
        return is_quiet and not self.is_busy and self.manners.held is Held.NOT

    @property
    def _is_behind(self) -> bool:
        is_building = self._watcher is None and self._graphs.is_busy  # else it would be thrown away at the end
        is_resting = self.manners.is_resting and self._pending > 0
        is_waiting = is_resting or is_building or self._passage_length.is_busy
        return self._scans.is_busy or self._is_under_way or is_waiting

    @property
    def _is_under_way(self) -> bool:
        return self._reading.is_busy or self._embedding.is_busy

    @property
    def embedded(self) -> int:
        """How many passages were embedded since the worker started."""
        return self._embedding.embedded + self.switching.embedded

    def start(self) -> None:
        """Catch up with all folders."""
        self._follow_passage_length()
        for folder in self._library.folders.all():
            self._following.begin(folder)
        self._graphs.build_where_wanted()
        self.switching.start()
        self._has_changed = self._tidying.is_wanted  # a removal that was interrupted goes on
        self._report()

    def stand_back(self) -> None:
        """Let whoever types have the processor: read and embed nothing for a moment."""
        self.typed_at = time.monotonic()
        self._encoder.hold(_STAND_BACK_S)
        self._reading.hold(_STAND_BACK_S)

    def use(self, settings: Settings) -> None:
        """Have other settings hold from now on, as far as `Indexing` was made with them."""
        self._reading.use_memory(settings.memory_mb)
        self._passage_length.use(settings)
        self._follow_passage_length()
        self.manners.use(settings if self._watcher else settings.unhindered())

    def show_device(self, device: str) -> None:
        """Take note of where embedding runs, in words."""
        self._device = device
        self._plan_report()

    def resume(self) -> None:
        """Go on after the library could not be written: whatever was lost in between is done again."""
        self._library.folders.recover(but=self._reading.under_way)
        self._embedding.restart()
        self.switching.restart()
        self._follow_passage_length()
        self._following.scan_all()

    def status(self) -> LibraryStatus:
        """Return the whole state of the library."""
        status = library_status(self._library, self._device, self._following.state, self._pausing.folder_ids())
        return dataclasses.replace(status, embedded=self.embedded)

    def close(self) -> None:
        """Stop watching and reading. What is not done yet goes on at the next start."""
        if self._watcher:
            self._watcher.close()
        self._reading.close()
        self._graphs.close()
        if self._watcher is None and self._is_at_rest():  # else the next start removes them
            self._library.remove_orphans()

    def _hand_over_changes(self, root: str, paths: frozenset[str]) -> None:
        """Bring the watcher's news into the worker's thread."""
        self._queue.put(Priority.NEWS, functools.partial(self._following.take_changes, root, paths))

    def _on_scan_step(self, is_over: bool) -> None:
        if is_over:
            self._note_change()
        self._pump()

    def _pump(self) -> None:
        if self.manners.may_begin(is_under_way=self._is_under_way or self.switching.is_embedding):
            self._reading.pump(self._pausing.folder_ids())
            self._embedding.pump()
            if not self._embedding.is_busy:  # what is new is to be found first
                self.switching.pump()
        self._plan_report()

    def _reconsider(self) -> None:
        """Go on, or not, after there was news of what holds indexing."""
        if self._pending or self.switching.is_busy:
            self._pump()

    def _on_read(self) -> None:
        self._note_change()
        self._pump()

    def _on_away(self, folder: Folder) -> None:
        self._following.scan(folder, folder.path)  # should it be back by now, nothing else may tell of it

    def _take_back(self) -> None:
        """Have nothing embedded any more of what is under way; it waits again."""
        self._embedding.take_back()
        self.switching.take_back()

    def _on_folder_removed(self) -> None:
        self._tidying.is_wanted = True
        self._orphans.look()
        self._note_change()

    def _on_switched(self) -> None:
        self._follow_passage_length()
        self._on_embedded()

    def _follow_passage_length(self) -> None:
        """Have passages be as long as is wanted; what is being read for others is read again."""
        self._reading.use_passage_tokens(self._passage_length.tokens)
        self._passage_length.follow()

    def _on_embedded(self) -> None:
        self._note_change()
        self._graphs.build_where_wanted()
        self._pump()

    def _note_change(self) -> None:
        self._has_changed = True
        self._plan_report()

    def _plan_report(self) -> None:
        if not self._report_is_due:
            self._report_is_due = True
            self._queue.put_later(_REPORT_S, Priority.NEWS, self._report)

    def _report(self) -> None:
        self._report_is_due = False
        if not self._is_behind:
            self._pausing.forget_wishes()
            if self._has_changed:
                self._orphans.look()
                self._merging.begin()
                self._on_in_step()
        if self._has_changed:
            self._has_changed = False
            self._emit(LibraryChanged())
        told = progress(self._library, self._following.state, self._pausing.folder_ids())
        self._pending = told.pending
        held = told.held or (self.manners.held if told.pending else Held.NOT)
        self._emit(dataclasses.replace(told, busy=self._is_out_of_step, encoder=self._device, held=held))

    def _is_at_rest(self) -> bool:
        return not (self._scans.is_busy or self._reading.is_busy)

    def _on_tidied(self) -> None:
        self._graphs.build_where_wanted()
        self._plan_report()
