"""The parent's side of the readers: a few child processes, each with one file in hand at a time.

Each child has a thread here that takes the next job, sends it, and waits for the answer, for the child's death, or for
the end of the time allowed.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import get_args

from bge_desktop.bge.script import Language
from bge_desktop.errors import ExtractionError, UserError
from bge_desktop.extract.conversion import can_convert, in_new_format
from bge_desktop.extract.passage_places import LONGEST_LABEL, check
from bge_desktop.extract.reader_child import ReaderChild
from bge_desktop.extract.shortfalls import Shortfall
from bge_desktop.messages import FolderRules, displayable
from bge_desktop.processes import Header

# Kept with the library: when more can be read than before, all files are read again.
READERS_VERSION = "3"

_IDLE_SECONDS = 60.0
_ATTEMPTS = 2
_MOST_PAGES = 1_000_000
_LONGEST_SHORTFALL = 2_000
_LARGEST_FILE_MB = FolderRules().limit_mb


@dataclass(frozen=True)
class ReadPassage:
    """A passage of a text: its range of characters, its 1-based page (None without pages), its language, its places.

    `place` tells where in the file it begins, besides the page; "" where there is no more to say. `places` are those
    that begin within it, as `passage_places` packs them.
    """

    start: int
    end: int
    page: int | None
    language: Language
    place: str = ""
    places: str = ""


@dataclass(frozen=True)
class ReadResult:
    """What a file holds. Where `known` is True, its content is one of the known ones, and only `hash` is filled.

    `shortfall` is None where all of it was read.
    """

    path: str
    hash: str
    known: bool
    text: str = ""
    title: str = ""
    kind: str = ""
    passages: tuple[ReadPassage, ...] = ()
    shortfall: Shortfall | None = None


@dataclass(frozen=True)
class ReadFailure:
    """Why a file could not be read, in words for a person, and how many readers it has ended."""

    path: str
    title: str
    message: str
    kills: int = 0


Done = Callable[["ReadResult | ReadFailure | UserError"], None]


@dataclass(frozen=True)
class _Job:
    path: str
    known: tuple[str, ...]
    done: Done
    limit_mb: int
    is_converted: bool = False


class Readers:
    """Reads files in child processes.

    Args:
        processes: how many files are read at once.
        timeout: seconds that a file may take; after that its process is killed.
    """

    def __init__(self, processes: int = 1, timeout: float = 60.0) -> None:
        self._jobs = _Jobs()
        self._slots = [_Slot(self._jobs, timeout) for _ in range(processes)]

    def submit(self, path: str, known: Collection[str], done: Done, limit_mb: int = _LARGEST_FILE_MB) -> None:
        """Read a file when its turn comes. Returns at once.

        Args:
            path: the file.
            known: hashes of contents that need not be read again.
            done: called once, in a background thread, with the result, the failure of the file, or the error for which
                no file can be read at the moment; it must not raise. Not called after `close`.
            limit_mb: the size of the largest file that is read.
        """
        self._jobs.add(_Job(path, tuple(known), done, limit_mb))

    def close(self) -> None:
        """Forget all files, end the processes, and wait until they and their threads are gone."""
        self._jobs.close()
        for slot in self._slots:
            slot.interrupt()
        for slot in self._slots:
            slot.join()


class _Jobs:
    """The files whose turn has not come."""

    def __init__(self) -> None:
        self._waiting: deque[_Job] = deque()
        self._changed = threading.Condition()
        self.closed = False

    def add(self, job: _Job) -> None:
        with self._changed:
            if not self.closed:
                self._waiting.append(job)
                self._changed.notify()

    def take(self, timeout: float) -> _Job | None:
        """Return the next job; None after `timeout` seconds without one, or when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self.closed, timeout)
            return self._waiting.popleft() if self._waiting else None

    def close(self) -> None:
        with self._changed:
            self.closed = True
            self._waiting.clear()
            self._changed.notify_all()


class _Slot:
    """A thread that reads one file after the other, in a child that it starts when it is needed."""

    def __init__(self, jobs: _Jobs, timeout: float) -> None:
        self._jobs, self._timeout = jobs, timeout
        self._reader: ReaderChild | None = None
        self._changing = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="readers", daemon=True)
        self._thread.start()

    def interrupt(self) -> None:
        """Give up the file in hand; only after the jobs are closed."""
        with self._changing:
            if self._reader is not None:
                self._reader.kill()

    def join(self) -> None:
        """Wait until the thread and its process are gone."""
        self._thread.join()

    def _run(self) -> None:
        while not self._jobs.closed:
            job = self._jobs.take(_IDLE_SECONDS)
            if job is None:
                self._dismiss()  # an idle child would only hold memory
            else:
                self._serve(job)
        self._dismiss()

    def _serve(self, job: _Job) -> None:
        outcome: ReadResult | ReadFailure | UserError
        try:
            outcome = self._outcome(job)
        except UserError as error:
            outcome = error
        if not self._jobs.closed:
            job.done(outcome)

    def _outcome(self, job: _Job) -> ReadResult | ReadFailure:
        """Read a file, once more if its child dies: it may have been ended for a reason that is not the file's.

        Raises:
            UserError: no child can be started.
        """
        for crashes in range(_ATTEMPTS):
            answer = self._answer(job)
            if isinstance(answer, ReadFailure):
                return replace(answer, kills=answer.kills + crashes)
            if answer is not None:
                return self._result(job, *answer)
            if self._jobs.closed:
                break
        message = "Reading this file made its reader crash, twice. The file may be damaged; save it anew to try again."
        return ReadFailure(job.path, "The file made its reader crash", message, kills=_ATTEMPTS)

    def _result(self, job: _Job, header: Header, payload: bytes) -> ReadResult | ReadFailure:
        """Return what an answer says. A file in an old format is first converted, where that can be done."""
        new_ending = header.get("convert")
        if job.is_converted or not can_convert(new_ending):
            return _understood(job.path, header, payload)
        try:
            with in_new_format(job.path, str(new_ending), self._timeout, lambda: self._jobs.closed) as path:
                outcome = self._outcome(replace(job, path=path, known=(), is_converted=True))
        except ExtractionError as error:
            return ReadFailure(job.path, error.title, error.message)
        if isinstance(outcome, ReadFailure):
            return replace(outcome, path=job.path)
        return replace(outcome, path=job.path, hash=str(header.get("hash")))

    def _answer(self, job: _Job) -> tuple[Header, bytes] | ReadFailure | None:
        """Return what the child says to a file; None when it has died instead."""
        request = {"op": "read", "id": id(job), "path": job.path, "known": job.known, "limit_mb": job.limit_mb}
        try:
            return self._living_reader().ask(request, self._timeout)
        except queue.Empty:
            self._dismiss()
            message = (
                f"Reading this file took more than {self._timeout:g} seconds. Split it, or save it in a simpler form."
            )
            return ReadFailure(job.path, "Took too long", message, kills=1)

    def _living_reader(self) -> ReaderChild:
        reader = self._reader
        if reader is None or not reader.is_alive:
            self._dismiss()
            reader = ReaderChild()
            with self._changing:
                self._reader = reader
                if self._jobs.closed:  # `interrupt` may have come before there was anything to kill
                    reader.kill()
            reader.wait_until_ready()
        return reader

    def _dismiss(self) -> None:
        with self._changing:
            reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()


def _understood(path: str, header: Header, payload: bytes) -> ReadResult | ReadFailure:
    """Make a result of a child's answer. The child may have been taken over: nothing in it is taken for granted."""
    try:
        if "failed" in header:
            return ReadFailure(path, str(header["failed"]["title"]), str(header["failed"]["message"]))
        if header.get("known"):
            return ReadResult(path, str(header["hash"]), known=True)
        text = payload.decode()
        passages = tuple(_passage(text, *values) for values in header["passages"])
        title = displayable(str(header["title"]))
        shortfall = _shortfall(header.get("shortfall"))
        return ReadResult(path, str(header["hash"]), False, text, title, str(header["kind"]), passages, shortfall)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        return ReadFailure(path, "Cannot be read", "Reading this file gave nonsense. Save it anew to try again.")


def _shortfall(told: Header | None) -> Shortfall | None:
    if told is None:
        return None
    return Shortfall(displayable(str(told["title"])), displayable(str(told["message"]))[:_LONGEST_SHORTFALL])


def _passage(
    text: str, start: int, end: int, page: int | None, place: str, places: str, language: Language
) -> ReadPassage:
    if not 0 <= start < end <= len(text):
        raise ValueError("a passage outside of the text")
    if language not in get_args(Language) or not (page is None or 0 < page <= _MOST_PAGES):
        raise ValueError("a passage of no language or page")
    label = displayable(str(place))[:LONGEST_LABEL]
    check(places, label, end - start)
    return ReadPassage(int(start), int(end), None if page is None else int(page), language, label, places)
