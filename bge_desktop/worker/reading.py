"""Reading pending files through the guarded readers into the library."""

from __future__ import annotations

import functools
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence

from bge_desktop.errors import UserError
from bge_desktop.extract.passages import PASSAGE_TOKENS
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
# Many small files are under way, so that what is recorded of them shares a transaction; of large ones, as many as keep
# the readers busy: after a pause those are still read.
_LARGE, _SMALL = 2 * _PROCESSES, 16 * _PROCESSES
_SMALL_BYTES = 1 << 20
# What is stored at once keeps a query waiting for 10 ms, or 25 where the disk is slow.
_AT_ONCE, _CHARACTERS_AT_ONCE = 64, 20_000

Outcome = ReadResult | ReadFailure | UserError


class Reading:
    """Feeds the readers with pending files and stores what they find.

    Args:
        library: where files are pending, and where to store.
        queue: of the worker's thread, in which everything here runs.
        emit: takes error reports.
        on_read: called after each group of files.
        on_away: called with a folder that a reader found to be away; it is marked so already.
        memory_mb: how much memory a reader may take beyond what it has at its start.

    Attributes:
        under_way: the files that are being read, by id, and their sizes in bytes.
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
        self._outcomes: deque[tuple[KnownFile, Outcome]] = deque()
        self.under_way: dict[int, int] = {}
        self._passage_tokens = PASSAGE_TOKENS
        self._read_otherwise: set[int] = set()  # files that are being read for passages of another length

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

    def use_passage_tokens(self, tokens: int) -> None:
        """Have passages take so many tokens at most; files that are being read for others wait again afterwards."""
        if tokens != self._passage_tokens:
            self._passage_tokens = tokens
            self._read_otherwise |= set(self.under_way)

    def pump(self, paused: Collection[int] = ()) -> None:
        """Give the readers files until enough are under way, none of `paused` folders, nor of those that are away."""
        if self._rest.is_on or len(self.under_way) > _SMALL // 2:
            return
        files = self._next(self._library.folders.pending(_SMALL + len(self.under_way), paused))
        if not files:
            return
        self._library.folders.start_reading([file.id for file in files])
        folders = {folder.id: folder for folder in self._library.folders.all()}
        known = self._library.documents.with_sizes({file.size for file in files})
        for file in files:
            self.under_way[file.id] = file.size
            folder = folders[file.folder_id]
            # A file that was itself added may be a link; one below a folder is read where it lies, or not at all.
            path = os.path.realpath(file.path) if file.path == folder.path else file.path
            done = functools.partial(self._hand_over, file)
            self._readers.submit(path, known.get(file.size, ()), done, folder.rules.limit_mb, self._passage_tokens)

    def _next(self, waiting: Iterable[KnownFile]) -> list[KnownFile]:
        """Return those of the waiting files that are to be under way besides those that are."""
        files: list[KnownFile] = []
        size = sum(self.under_way.values())
        for file in (own for own in waiting if own.id not in self.under_way):
            count = len(self.under_way) + len(files)
            if count >= _LARGE and (count >= _SMALL or size >= _SMALL_BYTES):
                break
            files.append(file)
            size += file.size
        return files

    def close(self) -> None:
        """End the readers; files under way stay recorded as such."""
        self._readers.close()

    def _hand_over(self, file: KnownFile, outcome: Outcome) -> None:
        """Bring the reader's answer into the worker's thread."""
        self._outcomes.append((file, outcome))
        self._queue.put(Priority.INDEX, self._take)

    def _take(self) -> None:
        """Record what the readers have found by now, as much as is stored at once; further jobs take the rest."""
        outcomes = self._delivered()
        if not outcomes:
            return
        for file, _ in outcomes:
            del self.under_way[file.id]
        try:
            self._record(self._as_wanted(outcomes))
        finally:
            self._on_read()

    def _as_wanted(self, outcomes: Sequence[tuple[KnownFile, Outcome]]) -> list[tuple[KnownFile, Outcome]]:
        """Return the outcomes but of files that were read for passages of another length, which wait again."""
        again = self._read_otherwise.intersection(file.id for file, _ in outcomes)
        if again:
            self._read_otherwise -= again
            self._library.folders.set_state(list(again), "pending")
        return [own for own in outcomes if own[0].id not in again]

    def _delivered(self) -> list[tuple[KnownFile, Outcome]]:
        outcomes: list[tuple[KnownFile, Outcome]] = []
        characters = 0
        while self._outcomes and len(outcomes) < _AT_ONCE:
            characters += _length(self._outcomes[0][1])
            if outcomes and characters > _CHARACTERS_AT_ONCE:
                break
            outcomes.append(self._outcomes.popleft())
        return outcomes

    def _record(self, outcomes: Sequence[tuple[KnownFile, Outcome]]) -> None:
        read = [(file.id, outcome) for file, outcome in outcomes if isinstance(outcome, ReadResult)]
        self._tried_again.difference_update(file_id for file_id, _ in read)
        if read:
            self._library.store_all(read)
        for file, outcome in outcomes:
            if isinstance(outcome, ReadFailure):
                self._record_failure(file, outcome)
            elif isinstance(outcome, UserError):
                self._tried_again.discard(file.id)
                self._library.folders.set_state([file.id], "pending")
                self._rest.begin(outcome)

    def _record_failure(self, file: KnownFile, failure: ReadFailure) -> None:
        if failure.passing and self._may_wait(file):
            self._library.folders.set_state([file.id], "pending")
            return
        self._tried_again.discard(file.id)
        self._library.fail(file.id, failure)

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


def _length(outcome: Outcome) -> int:
    return len(outcome.text) if isinstance(outcome, ReadResult) else 0
