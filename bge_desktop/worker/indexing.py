"""Keeping the library in step with the folders: scanning, reading, embedding, and news from the disk."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Iterator, Sequence

from bge_desktop.bge.encoder import Encoder
from bge_desktop.errors import RequestError
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library
from bge_desktop.messages import Event, FolderRules, FolderState, LibraryChanged, Progress
from bge_desktop.watch.rules import Rules
from bge_desktop.watch.scan import root_is_here
from bge_desktop.watch.watcher import FolderWatcher, WatchState
from bge_desktop.worker.embedding import Embedding
from bge_desktop.worker.graphs import Graphs
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.reading import Reading
from bge_desktop.worker.scanning import compare, is_below
from bge_desktop.worker.status import folder_statuses, library_status

_SHOWN_FAILURES = 50
_STAND_BACK_S = 1.0
# Longer than the watcher collects changes: both sides of a move have then been seen, and a document without a file
# is one that was deleted.
_ORPHANS_S = 3.0
_ORPHANS_AT_ONCE = 20  # a query waits for no more than these
_REPORT_S = 0.25


class Indexing:
    """Everything that changes the library.

    Args:
        library: which to keep in step.
        encoder: what embeds passages.
        queue: of the worker's thread, in which everything here runs.
        emit: takes progress and errors.
        watch: whether to go on watching the folders.
    """

    def __init__(
        self, library: Library, encoder: Encoder, queue: JobQueue, emit: Callable[[Event], None], *, watch: bool
    ) -> None:
        self._library, self._encoder, self._queue, self._emit = library, encoder, queue, emit
        self._reading = Reading(library, queue, emit, self._on_read)
        self._embedding = Embedding(library, encoder, queue, emit, self._on_embedded)
        self._graphs = Graphs(library, queue, emit)
        self._watcher = FolderWatcher(self._hand_over_changes) if watch else None
        self._scans: dict[tuple[str, str], Iterator[None]] = {}
        self._has_changed = False
        self._report_is_due = False
        self._orphans_are_due = False
        self._device = ""

    @property
    def is_busy(self) -> bool:
        """Whether the library is behind the disk, as far as is known."""
        is_building = self._watcher is None and self._graphs.is_busy  # else it would be thrown away at the end
        return bool(self._scans) or self._reading.is_busy or self._embedding.is_busy or is_building

    def start(self) -> None:
        """Catch up with all folders."""
        for folder in self._library.folders.all():
            self._follow(folder)
        self._graphs.build_where_wanted()
        self._report()

    def add_folder(self, path: str) -> None:
        """Add a folder or file and index it.

        Raises:
            RequestError: it is not there, cannot be listed, or is the library itself.
        """
        path = os.path.abspath(path)
        if not root_is_here(path):
            raise RequestError("Folder not found", "It is not there or may not be read. Check the path.", path)
        if is_below(path, [self._library.folder]):
            raise RequestError("Cannot index the library", "This folder holds the library itself.", path)
        folders = self._library.folders.all()
        within = next((folder for folder in folders if is_below(path, [folder.path])), None)
        if within:
            if Rules(within.path, chosen=within.rules).leaves_out(path, os.path.isdir(path)):
                message = "It lies in a folder of the library whose rules leave it out."
                raise RequestError("Left out by the rules", message, path)
            self._scan(within, path)
            return
        for below in folders:
            if is_below(below.path, [path]):
                self._stop_following(below.path)  # it becomes a part of the new one
        self._follow(self._library.folders.add(path))

    def remove_folder(self, path: str) -> None:
        """Forget a folder and all that is known of its files."""
        for folder in self._library.folders.all():
            if folder.path == path:
                self._stop_following(path)
                self._library.folders.remove(folder)
        self._remove_orphans()
        self._note_change()

    def rescan(self, path: str | None) -> None:
        """Look for changes in one folder or in all, and try failed files again, but for those put aside."""
        self._library.folders.retry_failed()
        for folder in self._library.folders.all():
            if path in (None, folder.path):
                self._scan(folder, folder.path)
        self._pump()

    def retry(self, paths: Sequence[str]) -> None:
        """Try files again that failed or were read in part, even those put aside; without paths, all but those.

        Raises:
            RequestError: one of them has not failed; the others are tried all the same.
        """
        if not paths:
            self._library.retry_in_part()
            self.rescan(None)
            return
        unknown = [path for path in paths if not self._library.retry(path)]
        for folder in self._library.folders.all():
            for path in paths:
                if is_below(path, [folder.path]):
                    self._scan(folder, path)
        if unknown:
            message = "Only files that could not be read can be tried again."
            raise RequestError("Not among the failed files", message, unknown[0])

    def set_rules(self, path: str, rules: FolderRules) -> None:
        """Have other rules hold for a folder, and bring it in step with them.

        Raises:
            RequestError: it is no folder of the library.
        """
        folder = next((folder for folder in self._library.folders.all() if folder.path == path), None)
        if folder is None:
            raise RequestError("Not a folder of the library", "Add it first; then choose its rules.", path)
        self._library.folders.set_rules(folder, rules)
        self._stop_following(path)
        self._follow(dataclasses.replace(folder, rules=rules))

    def stand_back(self) -> None:
        """Let whoever types have the processor: embed nothing for a moment."""
        self._encoder.hold(_STAND_BACK_S)

    def show_device(self, device: str) -> None:
        """Take note of where embedding runs, in words."""
        self._device = device
        self._plan_report()

    def resume(self) -> None:
        """Go on after the library could not be written: whatever was lost in between is done again."""
        self._library.folders.recover(but=self._reading.under_way)
        self._embedding.restart()
        for folder in self._library.folders.all():
            self._scan(folder, folder.path)

    def report_status(self) -> None:
        """Emit the whole state of the library."""
        status = library_status(self._library, self._device, self._state_of)
        self._emit(dataclasses.replace(status, embedded=self._embedding.embedded))

    def close(self) -> None:
        """Stop watching and reading. What is not done yet goes on at the next start."""
        if self._watcher:
            self._watcher.close()
        self._reading.close()
        self._graphs.close()
        if not self._scans and not self._reading.is_busy:
            self._library.remove_orphans()

    def _stop_following(self, path: str) -> None:
        if self._watcher:
            self._watcher.remove(path)
        self._scans = {key: scan for key, scan in self._scans.items() if key[0] != path}

    def _follow(self, folder: Folder) -> None:
        if self._watcher:
            self._watcher.add(folder.path, folder.rules)
        self._scan(folder, folder.path)

    def _hand_over_changes(self, root: str, paths: frozenset[str]) -> None:
        """Bring the watcher's news into the worker's thread."""
        self._queue.put(Priority.NEWS, functools.partial(self._take_changes, root, paths))

    def _take_changes(self, root: str, paths: frozenset[str]) -> None:
        for folder in self._library.folders.all():
            if folder.path == root:
                for path in paths:
                    if not is_below(path, [self._library.folder]):  # what is written here is no news
                        self._scan(folder, path)

    def _scan(self, folder: Folder, under: str) -> None:
        key = (folder.path, under)
        # a scan under way begins anew
        self._scans[key] = compare(self._library.folders, folder, under, leave_out=self._library.folder)
        self._queue.put(Priority.INDEX, functools.partial(self._step, key, self._scans[key]))

    def _step(self, key: tuple[str, str], scan: Iterator[None]) -> None:
        if self._scans.get(key) is not scan:
            return
        try:
            is_over = next(scan, key) is key
        except BaseException:
            del self._scans[key]
            raise
        if is_over:
            del self._scans[key]
            self._note_change()
        else:
            self._queue.put(Priority.INDEX, functools.partial(self._step, key, scan))
        self._pump()

    def _pump(self) -> None:
        self._reading.pump()
        self._embedding.pump()
        self._plan_report()

    def _on_read(self) -> None:
        self._note_change()
        self._pump()

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
        if not self.is_busy:
            self._settle()
        if self._has_changed:
            self._has_changed = False
            self._emit(LibraryChanged())
        self._emit(self._progress())

    def _settle(self) -> None:
        """Drop what no file has any more, at once, or once no move can be half seen."""
        if self._watcher is None:
            self._remove_orphans()
        elif self._has_changed and not self._orphans_are_due:
            self._orphans_are_due = True
            self._queue.put_later(_ORPHANS_S, Priority.INDEX, self._remove_orphans)

    def _remove_orphans(self) -> None:
        self._orphans_are_due = False
        if self._scans or self._reading.is_busy:
            self._note_change()  # comes back here when they are done
        elif self._library.remove_orphans(_ORPHANS_AT_ONCE):
            self._note_change()
            self._orphans_are_due = True
            self._queue.put(Priority.INDEX, self._remove_orphans)

    def _progress(self) -> Progress:
        folders = folder_statuses(self._library, self._state_of)
        return Progress(
            folders=folders,
            files=sum(folder.files for folder in folders),
            passages=self._library.catalogue.passage_count,
            pending=sum(folder.pending for folder in folders),
            failed=sum(folder.failed for folder in folders),
            busy=self.is_busy,
            encoder=self._device,
            failures=tuple(self._library.folders.failures(_SHOWN_FAILURES)),
        )

    def _state_of(self, path: str) -> FolderState:
        """The state of a folder that has no pending files, without looking at the disk, which may be slow."""
        if any(folder == path for folder, _ in self._scans):
            return FolderState.SCANNING
        if self._watcher is None:
            return FolderState.WAITING
        return FolderState.AWAY if self._watcher.state(path) is WatchState.AWAY else FolderState.WATCHED
