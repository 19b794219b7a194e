"""Reading pending files through the guarded readers into the library."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Collection

from bge_desktop.errors import UserError
from bge_desktop.extract.readers import Readers, ReadFailure, ReadResult
from bge_desktop.library.folders import Folder
from bge_desktop.library.known_files import KnownFile
from bge_desktop.library.library import Library
from bge_desktop.messages import Event
from bge_desktop.settings import Settings
from bge_desktop.watch.deletions import Deletions
from bge_desktop.watch.volumes import Volumes
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.rest import Rest

# One reader keeps the encoder of two cores fed many times over.
_PROCESSES = max(1, min(4, (os.cpu_count() or 1) // 2))
_UNDER_WAY = 2 * _PROCESSES


class Reading:
    """Feeds the readers with pending files and stores what they find.

    Args:
        library: where files are pending, and where to store.
        queue: of the worker's thread, in which everything here runs.
        emit: takes error reports.
        on_read: called after each file.
        on_away: called with a folder that a reader found to be away; it is marked so already.
        memory_mb: how much memory a reader may take beyond what it has at its start.

    Attributes:
        under_way: the ids of the files that are being read.
    """

    def __init__(
        self,
        library: Library,
        queue: JobQueue,
        emit: Callable[[Event], None],
        on_read: Callable[[], None],
        on_away: Callable[[Folder], None],
        memory_mb: int = Settings.memory_mb,
    ) -> None:
        self._library, self._queue, self._emit, self._on_read = library, queue, emit, on_read
        self._on_away = on_away
        self._rest = Rest(queue, emit, on_read)
        self._readers = Readers(_PROCESSES, memory_mb=memory_mb)
        self._tried_again: set[int] = set()
        self.under_way: set[int] = set()

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return bool(self.under_way)

    def hold(self, seconds: float) -> None:
        """Begin with no further file for so long."""
        self._readers.hold(seconds)

    def use_memory(self, memory_mb: int) -> None:
        """Have readers take so much memory beyond what they have at their start, each from its next file on."""
        self._readers.use_memory(memory_mb)

    def pump(self, paused: Collection[int] = ()) -> None:
        """Give the readers files until enough are under way, none of `paused` folders, nor of those that are away."""
        room = _UNDER_WAY - len(self.under_way)
        if room <= 0 or self._rest.is_on:
            return
        waiting = self._library.folders.pending(_UNDER_WAY + room, paused)
        files = [file for file in waiting if file.id not in self.under_way][:room]
        if not files:
            return
        self._library.folders.start_reading([file.id for file in files])
        folders = {folder.id: folder for folder in self._library.folders.all()}
        for file in files:
            self.under_way.add(file.id)
            folder = folders[file.folder_id]
            # A file that was itself added may be a link; one below a folder is read where it lies, or not at all.
            path = os.path.realpath(file.path) if file.path == folder.path else file.path
            known = self._library.documents.with_size(file.size)
            done = functools.partial(self._hand_over, file)
            self._readers.submit(path, known, done, folder.rules.limit_mb)

    def close(self) -> None:
        """End the readers; files under way stay recorded as such."""
        self._readers.close()

    def _hand_over(self, file: KnownFile, result: ReadResult | ReadFailure | UserError) -> None:
        """Bring the reader's answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, file, result))

    def _take(self, file: KnownFile, result: ReadResult | ReadFailure | UserError) -> None:
        self.under_way.discard(file.id)
        try:
            self._record(file, result)
        finally:
            self._on_read()

    def _record(self, file: KnownFile, result: ReadResult | ReadFailure | UserError) -> None:
        if isinstance(result, ReadFailure) and result.passing and self._may_wait(file):
            self._library.folders.set_state([file.id], "pending")
            return
        self._tried_again.discard(file.id)
        if isinstance(result, ReadFailure):
            self._library.fail(file.id, result)
        elif isinstance(result, ReadResult):
            self._library.store(file.id, result)
        else:
            self._library.folders.set_state([file.id], "pending")
            self._rest.begin(result)

    def _may_wait(self, file: KnownFile) -> bool:
        """Whether a file that could not be opened is to be tried once more: now, or when its folder is back."""
        return self._is_away(file) or self._is_there_again(file)

    def _is_away(self, file: KnownFile) -> bool:
        """Whether the folder of a file is away; it is marked so from now on, until a scan finds it."""
        folder = next((own for own in self._library.folders.all() if own.id == file.folder_id), None)
        if folder is None or Deletions(folder.path, folder.rules, Volumes(), folder.inode).has_root():
            return False
        self._library.folders.set_away(folder, True)
        self._on_away(folder)
        return True

    def _is_there_again(self, file: KnownFile) -> bool:
        """Whether a file that could not be opened lies there again: its disk may have been away for a moment.

        The scan that found it again has left it alone, since it was being read.
        """
        if file.id in self._tried_again or not os.path.lexists(file.path):
            return False
        self._tried_again.add(file.id)
        return True
