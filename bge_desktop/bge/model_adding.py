"""Adds models in a process of its own, which imports what none of the others does, and can be ended at any moment."""

from __future__ import annotations

import contextlib
import functools
import os
import threading
import time
from collections.abc import Callable

from bge_desktop.bge import model_store
from bge_desktop.errors import RequestError, UserError
from bge_desktop.messages.model_adding import (
    AddingProgress,
    AddModel,
    FetchModel,
    LookUpModel,
    ModelAdded,
    ModelAddingEvent,
    ModelFound,
    ModelNotAdded,
)
from bge_desktop.processes import ChildProcess, Header

_SHORTEST_S = 1.0  # after which the pace is no chance any more


class ModelAdding:
    """Adds one model at a time.

    Args:
        tell: takes what is told of it, in a thread of this object.

    All methods may be called from any thread.
    """

    def __init__(self, tell: Callable[[ModelAddingEvent], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._process: ChildProcess | None = None
        self._number = 0

    @property
    def is_busy(self) -> bool:
        """Whether a model is being added, or looked up."""
        return self._process is not None

    def begin(self, request: AddModel | LookUpModel | FetchModel) -> None:
        """Begin to add a model, or to look one up.

        Raises:
            RequestError: another is being added.
            UserError: the process could not be started.
        """
        with self._lock:
            if self._process:
                raise RequestError("Model not added", "Another model is being added. Wait until it is done.")
            self._number += 1
            task = _Task(_name(request), self._tell)
            ended = functools.partial(self._end, self._number, task)
            self._process = ChildProcess("models", task.take, ended)
            self._process.send(_header(request))

    def cancel(self) -> None:
        """Give up what is being added; what was copied goes, what was fetched waits for another try."""
        process = self._let_go()
        if process:
            process.kill()
            self._tell(ModelNotAdded())

    def close(self) -> None:
        """Give up what is being added, without a word."""
        if process := self._let_go():
            process.kill()
            process.close()

    def _let_go(self) -> ChildProcess | None:
        with self._lock:
            process, self._process = self._process, None
            self._number += 1
            return process

    def _end(self, number: int, task: _Task, status: int) -> None:
        """Tell how it ended, once the next one may begin; where it was given up, remove what is left of it."""
        with self._lock:
            is_given_up = number != self._number
            if not is_given_up:
                self._process = None
        if is_given_up:
            with contextlib.suppress(UserError):  # the next one removes it as well
                model_store.clean()
        else:
            self._tell(task.outcome or _died(status))


class _Task:
    """One model that is being added, or looked up."""

    def __init__(self, name: str, tell: Callable[[ModelAddingEvent], None]) -> None:
        self._name, self._tell = name, tell
        self._began: tuple[float, int] | None = None
        self.outcome: ModelAddingEvent | None = None

    def take(self, header: Header, _: bytes) -> None:
        """Take what the process says."""
        if "progress" in header:
            done, total = header["progress"]
            self._tell(AddingProgress(self._name, done, total, self._seconds_left(done, total)))
        elif "added" in header:
            self.outcome = ModelAdded(header["added"])
        elif "found" in header:
            self.outcome = ModelFound(**header["found"])
        else:
            self.outcome = ModelNotAdded(**header["error"])

    def _seconds_left(self, done: int, total: int) -> float | None:
        now = time.monotonic()
        since, before = self._began = self._began or (now, done)  # what an earlier try has fetched says nothing
        if now - since < _SHORTEST_S or done <= before:
            return None
        return (total - done) * (now - since) / (done - before)


def outcome_of(
    request: AddModel | LookUpModel | FetchModel, tell: Callable[[AddingProgress], None]
) -> str | ModelFound:
    """Add a model, or look one up, and wait: return its name, or what was found.

    Raises:
        UserError: it was not added, or not found, with the reason.
        KeyboardInterrupt: it was given up so; what was fetched waits for another try.
    """
    ended = threading.Event()
    outcomes: list[ModelAddingEvent] = []

    def take(event: ModelAddingEvent) -> None:
        if isinstance(event, AddingProgress):
            tell(event)
        else:
            outcomes.append(event)
            ended.set()

    adding = ModelAdding(take)
    try:
        adding.begin(request)
        ended.wait()
    finally:
        adding.close()
    match outcomes[0]:
        case ModelAdded(name):
            return name
        case ModelFound() as found:
            return found
        case ModelNotAdded(title, message, path):
            raise UserError(title, message, path)
        case other:
            raise AssertionError(other)


def _name(request: AddModel | LookUpModel | FetchModel) -> str:
    return os.path.basename(request.folder) if isinstance(request, AddModel) else request.name


def _header(request: AddModel | LookUpModel | FetchModel) -> Header:
    match request:
        case AddModel(folder):
            return {"op": "add", "folder": folder}
        case LookUpModel(name, revision):
            return {"op": "look up", "name": name, "revision": revision}
        case FetchModel(name, commit):
            return {"op": "fetch", "name": name, "commit": commit}


def _died(status: int) -> ModelNotAdded:
    message = f"The process that adds models ended (exit status {status}). Free some memory and try again."
    return ModelNotAdded("Model not added", message)
