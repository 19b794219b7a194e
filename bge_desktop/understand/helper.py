"""The worker's side of the process that groups documents and learns labels."""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass

from bge_desktop.errors import UnderstandingError, UserError
from bge_desktop.processes import ChildProcess, Header

# One thread: others need the processor more, and sums of floats do not hang on who was faster.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "LOKY_MAX_CPU_COUNT": "1"}
_QUIET_S = 60.0


@dataclass(frozen=True)
class Answer:
    """What an operation has answered, see `child.OPERATIONS`."""

    header: Header
    payload: bytes


Done = Callable[["Answer | UserError"], None]


class Helper:
    """Has operations done in a process of their own, which is started on demand, and leaves when it is quiet.

    Requests are done one after the other. All methods may be called from any thread; `done` is called in a thread of
    this object, or at once where the process cannot be started.

    Args:
        quiet_s: seconds without a request after which the process leaves.
    """

    def __init__(self, quiet_s: float = _QUIET_S) -> None:
        self._quiet_s = quiet_s
        self._lock = threading.RLock()
        self._ids = itertools.count()
        self._pending: dict[int, Done] = {}
        self._process: ChildProcess | None = None
        self._starts = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process's number, where it runs."""
        with self._lock:
            return self._process.pid if self._process else None

    def ask(self, op: str, header: Header, payload: bytes, done: Done) -> None:
        """Have an operation done; `done` gets the answer, or the error. After `close`, nothing is."""
        with self._lock:
            if self._closed:
                return
            number = next(self._ids)
            try:
                process = self._running()
            except UserError as error:
                failure: UserError | None = error
            else:
                failure, self._pending[number] = None, done
                process.send({**header, "op": op, "id": number}, payload)
        if failure:
            done(failure)

    def close(self) -> None:
        """End the process at once; it writes nothing. What is pending is dropped without an answer."""
        with self._lock:
            self._closed = True
            self._pending.clear()
            process, self._process = self._process, None
        if process:
            process.kill()
            process.close()

    def _running(self) -> ChildProcess:
        if self._process is None:
            self._starts += 1
            self._process = ChildProcess(
                "understanding",
                self._on_message,
                functools.partial(self._on_exit, self._starts),
                _ENVIRONMENT,
                quiet_s=self._quiet_s,
                may_leave=functools.partial(self._may_leave, self._starts),
            )
        return self._process

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
        with self._lock:
            done = self._pending.pop(header["id"], None)
        if done is None:
            return
        if "error" in header:
            done(UnderstandingError(**header["error"]))
        else:
            done(Answer(header, payload))

    def _on_exit(self, start: int, status: int) -> None:
        """Tell of a process that has died what it still owed; the next request starts another one."""
        with self._lock:
            if self._closed or start != self._starts:
                return
            self._process = None
            owed, self._pending = self._pending, {}
        for done in owed.values():
            message = f"The process that compares them ended (exit status {status}). Free some memory and try again."
            done(UnderstandingError("Documents could not be compared", message))
