"""The worker's side of the encoder process."""

from __future__ import annotations

import functools
import itertools
import math
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bge_desktop.bge.embeddings import Embeddings, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model
from bge_desktop.bge.sparse_vectors import SparseVectors
from bge_desktop.errors import EncoderError, TextsError, UserError
from bge_desktop.processes import ChildProcess, Header

__all__ = ["Done", "EmbeddingsDone", "Encoder", "Vectors"]

_Answer = TypeVar("_Answer")
Done = Callable[["Vectors | UserError"], None]
EmbeddingsDone = Callable[["Embeddings | UserError"], None]

# A request that was under way in this many deaths of the process is given up: it may be what kills it.
_MOST_DEATHS = 3


@dataclass
class _Pending:
    header: Header
    done: EmbeddingsDone
    deaths: int = 0


class Encoder:
    """Embeds texts in a process of its own, which is started on first use, and again when it has left or died.

    Args:
        device: "auto", "cpu", "cuda" or "mps".
        on_ready: called with the device in words each time that a model has been loaded.
        threads: of the processor, to compute with; 0 leaves it to the library that computes.
        in_background: whether the process stands behind all others: for passages, for which nobody waits.
        quiet_s: seconds without a request after which the process leaves; None for never.

    All methods may be called from any thread; `done` and `on_ready` are called in a thread of this object.
    """

    def __init__(
        self,
        device: str = "auto",
        on_ready: Callable[[str], None] = lambda _: None,
        *,
        threads: int = 0,
        in_background: bool = False,
        quiet_s: float | None = None,
    ) -> None:
        self._on_ready, self._quiet_s = on_ready, quiet_s
        self._environment = {
            "BGE_DESKTOP_DEVICE": device,
            "BGE_DESKTOP_THREADS": str(threads),
            "BGE_DESKTOP_PRIORITY": "low" if in_background else "normal",
        }
        self._lock = threading.RLock()
        self._ids = itertools.count()
        self._pending: dict[int, _Pending] = {}
        self._process: ChildProcess | None = None
        self._leaving: dict[int, ChildProcess] = {}  # those that others have taken over from, by their start
        self._starts = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process's number, where it runs."""
        with self._lock:
            return self._process.pid if self._process else None

    def embed(self, model: Model, texts: Sequence[str], done: Done, kind: TextKind) -> None:
        """Embed texts with a model.

        `done` gets normalised vectors [len(texts), dimension] in the order of the texts, or the error.
        """
        header = {"op": "embed", "model": model.described(), "kind": kind, "texts": list(texts)}
        self._ask(header, lambda found: done(_dense(found)))

    def embed_fully(self, model: Model, texts: Sequence[str], done: EmbeddingsDone, kind: TextKind) -> None:
        """Embed texts with all that a model gives for search; `done` gets it, or the error."""
        header = {"op": "embed", "model": model.described(), "kind": kind, "texts": list(texts)}
        self._ask({**header, "sparse": model.has_heads}, done)

    def score(self, model: Model, query: str, passages: Sequence[str], done: Done) -> None:
        """Score passages with a cross-encoder or a model with heads, which is loaded even where there are none.

        `done` gets how well each answers the query, [len(passages), 1], or the error.
        """
        header = {"op": "score", "model": model.described(), "kind": TextKind.PAIR, "query": query}
        self._ask({**header, "texts": list(passages)}, lambda found: done(_dense(found)))

    def _ask(self, header: Header, done: EmbeddingsDone) -> None:
        with self._lock:
            if self._closed:
                return
            number = next(self._ids)
            self._pending[number] = _Pending({**header, "id": number}, done)
            try:
                self._running().send(self._pending[number].header)
            except UserError as error:
                del self._pending[number]
                failure: UserError | None = error
            else:
                failure = None
        if failure:
            done(failure)

    def embed_now(self, model: Model, texts: Sequence[str], kind: TextKind) -> Vectors:
        """Embed texts and wait for the vectors [len(texts), dimension].

        Raises:
            UserError: they could not be embedded.
        """
        return _waited_for(lambda done: self.embed(model, texts, done, kind))

    def embed_fully_now(self, model: Model, texts: Sequence[str], kind: TextKind) -> Embeddings:
        """Embed texts with all that a model gives for search, and wait for it.

        Raises:
            UserError: they could not be embedded.
        """

        def ask(done: EmbeddingsDone) -> None:
            self.embed_fully(model, texts, done, kind)

        return _waited_for(ask)

    def drop(self, kind: TextKind) -> None:
        """Forget the requests of a kind that are not answered yet; their `done` is never called."""
        with self._lock:
            dropped = [number for number, pending in self._pending.items() if pending.header["kind"] == kind]
            for number in dropped:
                del self._pending[number]
            if dropped and self._process:
                self._process.send({"op": "drop", "ids": dropped})

    def hold(self, seconds: float) -> None:
        """Embed no passages for so long: someone is typing."""
        with self._lock:
            if self._process:
                self._process.send({"op": "hold", "seconds": seconds})

    def use(self, *, threads: int, quiet_s: float | None) -> None:
        """Have another number of threads, and another time of quiet, hold from now on.

        Where that changes anything, a process that runs leaves, and a new one is asked for what it still owes.
        """
        environment = {**self._environment, "BGE_DESKTOP_THREADS": str(threads)}
        with self._lock:
            if self._closed or (environment, quiet_s) == (self._environment, self._quiet_s):
                return
            self._environment, self._quiet_s = environment, quiet_s
            self._let_go()
            failed = self._resend()
        for pending in failed.values():
            message = "The process that embeds texts does not start. Free some memory, or restart the app."
            pending.done(EncoderError("Embedding failed", message))

    def close(self) -> None:
        """End the process; whatever is pending is dropped without an answer."""
        with self._lock:
            self._closed = True
            self._pending.clear()
            self._let_go()
            leaving = list(self._leaving.values())
        for process in leaving:
            process.close()

    def _running(self) -> ChildProcess:
        if self._process is None:
            self._starts += 1
            self._process = ChildProcess(
                "encoder",
                self._on_message,
                functools.partial(self._on_exit, self._starts),
                self._environment,
                quiet_s=self._quiet_s,
                may_leave=functools.partial(self._may_leave, self._starts),
            )
        return self._process

    def _let_go(self) -> None:
        """Have the process leave, without waiting for it."""
        process, self._process = self._process, None
        if process:
            self._leaving[self._starts] = process
            process.dismiss()

    def _may_leave(self, start: int) -> bool:
        """Let the process go that was started as the `start`-th, unless it owes an answer: the next request starts one.

        Under the lock, so that no request is sent to one that leaves.
        """
        with self._lock:
            if self._pending and start == self._starts:
                return False
            if start == self._starts:
                self._process = None
            return True

    def _on_message(self, header: Header, payload: bytes) -> None:
        if "ready" in header:
            self._on_ready(header["ready"])
            return
        with self._lock:
            pending = self._pending.pop(header["id"], None)
        if pending is None:
            return
        if "error" in header:
            kind = TextsError if header["is_texts"] else EncoderError
            pending.done(kind(**header["error"]))
        else:
            pending.done(_unpacked(header, payload))

    def _on_exit(self, start: int, status: int) -> None:
        """Start the process again and ask it for all that the dead one still owed; one that was let go owed nothing."""
        with self._lock:
            is_let_go = self._leaving.pop(start, None) is not None
            if self._closed or is_let_go or start != self._starts:
                return
            self._process = None
            for pending in self._pending.values():
                pending.deaths += 1
            given_up = {n: p for n, p in self._pending.items() if p.deaths >= _MOST_DEATHS}
            self._pending = {n: p for n, p in self._pending.items() if n not in given_up}
            given_up |= self._resend()
        for pending in given_up.values():
            message = f"The process that embeds texts ended {_MOST_DEATHS} times (exit status {status})."
            pending.done(TextsError("Embedding failed", message + " Free some memory, or restart the app."))

    def _resend(self) -> dict[int, _Pending]:
        """Send what is pending to a new process; return what cannot be sent because none could be started."""
        if not self._pending:
            return {}
        try:
            process = self._running()
        except UserError:
            failed, self._pending = self._pending, {}
            return failed
        for pending in self._pending.values():
            process.send(pending.header)
        return {}


def _unpacked(header: Header, payload: bytes) -> Embeddings:
    dense = np.frombuffer(payload, np.float32, math.prod(header["shape"])).reshape(header["shape"])
    if "counts" not in header:
        return Embeddings(dense)
    return Embeddings(dense, SparseVectors.from_bytes(header["counts"], payload[dense.nbytes :]))


def _dense(found: Embeddings | UserError) -> Vectors | UserError:
    return found if isinstance(found, UserError) else found.dense


def _waited_for(ask: Callable[[Callable[[_Answer | UserError], None]], None]) -> _Answer:
    answers: queue.SimpleQueue[_Answer | UserError] = queue.SimpleQueue()
    ask(answers.put)
    answer = answers.get()
    if isinstance(answer, UserError):
        raise answer
    return answer
