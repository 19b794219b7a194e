"""The app without its own pace: the real library, readers, scans and indexing, a step at a time, by a clock of its own.

Nothing happens by itself. What the disk has to tell is told when the test says so, files are read when it says so, and
seconds pass when it says so: so the same program of steps always does the same.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import os
import queue
from collections import Counter, deque
from collections.abc import Collection, Iterable
from unittest import mock

from bge_desktop.bge.encoder import Encoder
from bge_desktop.errors import EncoderError
from bge_desktop.extract.readers import Readers
from bge_desktop.library.library import Library
from bge_desktop.messages import ErrorReport, FolderRules
from bge_desktop.settings import Settings
from bge_desktop.watch.observers import Place
from bge_desktop.watch.watched_root import WatchedRoot
from bge_desktop.watch.watcher import FolderWatcher
from bge_desktop.worker.indexing import Indexing
from bge_desktop.worker.queue import JobQueue, Priority

_NO_ENCODER = EncoderError("No encoder", "Passages wait.")
_UNHINDERED = Settings(on_battery="normally", during_presentations=True)
_FOR_AN_ANSWER_S = 60.0


class SteppedQueue(JobQueue):
    """A queue that runs a job when it is told to, by a clock that stands still in between."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        self._numbers = itertools.count()
        self._jobs = []
        self._timed = []

    def put(self, priority, job):
        heapq.heappush(self._jobs, (priority, next(self._numbers), job))

    def put_later(self, seconds, priority, job):
        heapq.heappush(self._timed, (self.now + seconds, next(self._numbers), priority, job))

    def step(self):
        """Run the most urgent job; return whether there was one."""
        if self._jobs:
            heapq.heappop(self._jobs)[2]()
            return True
        return False

    def pass_to_next(self, end):
        """Let time pass until the next job is due, or until `end`; return whether one is due."""
        if not self._timed or self._timed[0][0] > end:
            self.now = end
            return False
        self.now, number, priority, job = heapq.heappop(self._timed)
        heapq.heappush(self._jobs, (priority, number, job))
        return True


class HeldReaders:
    """The real readers, shared by all apps. A file is read at one step, and its content handed over at another.

    Attributes:
        reads: how often each file was read since it was last as it is now, by path and stamp.
    """

    def __init__(self, readers):
        self._readers = readers
        self._asked = deque()
        self._answered = deque()
        self.reads = Counter()

    def submit(self, path, known: Collection[str], done, *limits):
        self._asked.append((path, tuple(known), done, *limits))

    def close(self):
        self._asked.clear()
        self._answered.clear()

    def step(self):
        """Hand over an answer, or read a file; return whether there was anything to do."""
        if self._answered:
            self._answered.popleft()()
        elif self._asked:
            self._read(*self._asked.popleft())
        else:
            return False
        return True

    def _read(self, path, known, done, *limits):
        self.reads[path, _stamp(path)] += 1
        answers = queue.SimpleQueue()
        self._readers.submit(path, known, answers.put, *limits)
        self._answered.append(functools.partial(done, answers.get(timeout=_FOR_AN_ANSWER_S)))


def _stamp(path):
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_dev, status.st_ino, status.st_mode


class ToldWatcher(FolderWatcher):
    """The real watcher, but that it hears of the disk from the test."""

    def __init__(self, on_change, **options):
        super().__init__(on_change, 0.0, 0.0)

    def add(self, root, chosen=None):
        self._roots.setdefault(root, WatchedRoot(root, chosen or FolderRules(), lambda *_: None))

    def tell(self, root: str, events: Iterable[tuple[str, bool]]):
        """Report what happened at these paths, relative to the root ("" is the root itself), in one go."""
        for relative, is_folder in events:
            self._note(root, Place(root, None, 0, 0), relative, is_folder)
        for changed, changes in self._take_due():
            if paths := changes.paths():
                self._on_change(changed, paths)

    def _run(self):
        pass


class _NoEncoder(Encoder):
    """One that cannot be started: passages wait."""

    def embed(self, model, texts, done, kind):
        done(_NO_ENCODER)

    embed_fully = embed


class SteppedApp:
    """A library and what keeps it in step, from its start until `stop` or `kill`.

    Args:
        library: the library's folder.
        readers: real ones.
    """

    def __init__(self, library: str, readers: Readers, *, watch: bool = True):
        self.queue, self.readers = SteppedQueue(), HeldReaders(readers)
        self.errors = []
        self.library = Library(library)
        with (
            mock.patch("bge_desktop.worker.indexing.FolderWatcher", ToldWatcher),
            mock.patch("bge_desktop.worker.reading.Readers", return_value=self.readers),
        ):
            self._indexing = Indexing(
                self.library, _NoEncoder(), self.queue, self._take, watch=watch, settings=_UNHINDERED
            )
        self.queue.put(Priority.QUERY, self._indexing.start)

    def add(self, root: str):
        """Add a folder to the library."""
        self._indexing.folder_requests.add(root)

    def tell(self, root: str, events: Iterable[tuple[str, bool]]):
        """Tell what happened below a root, in one go."""
        self._indexing._watcher.tell(root, events)

    def work(self, readers_first: Iterable[bool]):
        """Do one step for each of these: the readers' where they come first, or where the queue has none."""
        for first in readers_first:
            steps = (self.readers.step, self.queue.step)
            any(step() for step in (steps if first else reversed(steps)))

    def settle(self):
        """Do all there is to do before time passes."""
        while self.queue.step() or self.readers.step():
            pass

    def pass_time(self, seconds: float, *, reading: bool = True):
        """Let seconds pass, doing what comes up; without `reading`, the readers are slow, and none answers."""
        end = self.queue.now + seconds
        while True:
            while self.queue.step() or (reading and self.readers.step()):
                pass
            if not self.queue.pass_to_next(end):
                return

    def stop(self):
        """End as the app does that is closed."""
        self._indexing.close()
        self.library.close()

    def kill(self):
        """End as the app does that is killed: nothing of what it had in hand is done."""
        self._indexing._watcher.close()
        self.library.db.close()
        self.library._release()

    def _take(self, event):
        if isinstance(event, ErrorReport) and event.title != _NO_ENCODER.title:
            self.errors.append(event)
