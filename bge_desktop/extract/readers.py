"""The parent's side of the readers: a few child processes, each with one file in hand at a time.

Each child has a thread here that takes the next job, sends it, and waits for the answer, for the child's death, or for
the end of the time allowed.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import get_args

from bge_desktop.bge.script import Language
from bge_desktop.errors import ExtractionError, UserError
from bge_desktop.extract.conversion import can_convert, in_new_format
from bge_desktop.extract.passage_places import LONGEST_LABEL, check
from bge_desktop.extract.passages import PASSAGE_TOKENS
from bge_desktop.extract.reader_child import ReaderChild
from bge_desktop.extract.scratch import sweep
from bge_desktop.extract.shortfalls import Shortfall
from bge_desktop.extract.turns import Turns
from bge_desktop.messages import FolderRules, displayable
from bge_desktop.processes import Header
from bge_desktop.settings import Settings

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
    """Why a file could not be read, in words for a person.

    Attributes:
        path: the file.
        title, message: as of a `UserError`.
        kills: how many readers it has ended.
        passing: whether this says nothing of what the file holds, and may be over at the next look.
    """

    path: str
    title: str
    message: str
    kills: int = 0
    passing: bool = False


Done = Callable[["ReadResult | ReadFailure | UserError"], None]


@dataclass(frozen=True)
class _Job:
    path: str
    known: tuple[str, ...]
    done: Done
    limit_mb: int
    passage_tokens: int
    is_converted: bool = False


class Readers:
    """Reads files in child processes.

    Args:
        processes: how many files are read at once.
        timeout: seconds that a file may take; after that its process is killed.
        memory_mb: how much memory each process may take beyond what it has at its start.
    """

    def __init__(self, processes: int = 1, timeout: float = 60.0, memory_mb: int = Settings.memory_mb) -> None:
        sweep()
        self._jobs: Turns[_Job] = Turns()
        self._slots = [_Slot(self._jobs, timeout, memory_mb) for _ in range(processes)]

    def submit(
        self,
        path: str,
        known: Collection[str],
        done: Done,
        limit_mb: int = _LARGEST_FILE_MB,
        passage_tokens: int = PASSAGE_TOKENS,
    ) -> None:
        """Read a file when its turn comes. Returns at once.

        Args:
            path: the file.
            known: hashes of contents that need not be read again.
            done: called once, in a background thread, with the result, the failure of the file, or the error for which
                no file can be read at the moment; it must not raise. Not called after `close`.
            limit_mb: the size of the largest file that is read.
            passage_tokens: the most tokens of a passage.
        """
        self._jobs.add(_Job(path, tuple(known), done, limit_mb, passage_tokens))

    def hold(self, seconds: float) -> None:
        """Begin with no further file for so long: someone is typing."""
        self._jobs.hold(seconds)

    def use_memory(self, memory_mb: int) -> None:
        """Have each process take so much memory, beyond what it has at its start, from its next file on."""
        for slot in self._slots:
            slot.memory_mb = memory_mb

    def close(self) -> None:
        """Forget all files, end the processes, and wait until they and their threads are gone."""
        self._jobs.close()
        for slot in self._slots:
            slot.interrupt()
        for slot in self._slots:
            slot.join()


class _Slot:
    """A thread that reads one file after the other, in a child that it starts when it is needed.

    `memory_mb` may be set by any thread.
    """

    def __init__(self, jobs: Turns[_Job], timeout: float, memory_mb: int) -> None:
        self._jobs, self._timeout, self.memory_mb = jobs, timeout, memory_mb
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
        limits = {"limit_mb": job.limit_mb, "passage_tokens": job.passage_tokens}
        request = {"op": "read", "id": id(job), "path": job.path, "known": job.known, **limits}
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
        if reader is not None and reader.is_alive and reader.memory_mb == self.memory_mb:
            return reader
        try:
            return self._new_reader()
        except UserError:
            if self._jobs.closed:
                raise
            return self._new_reader()  # the first may have been ended by another, as the system does for memory

    def _new_reader(self) -> ReaderChild:
        self._dismiss()
        reader = ReaderChild(self.memory_mb)
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
            return _failure(path, header["failed"])
        if header.get("known"):
            return ReadResult(path, str(header["hash"]), known=True)
        text = payload.decode()
        passages = tuple(_passage(text, *values) for values in header["passages"])
        title = displayable(str(header["title"]))
        shortfall = _shortfall(header.get("shortfall"))
        return ReadResult(path, str(header["hash"]), False, text, title, str(header["kind"]), passages, shortfall)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        return ReadFailure(path, "Cannot be read", "Reading this file gave nonsense. Save it anew to try again.")


def _failure(path: str, told: Header) -> ReadFailure:
    return ReadFailure(path, str(told["title"]), str(told["message"]), passing=told.get("passing") is True)


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
