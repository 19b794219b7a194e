"""One reader process for previews, which is asked for the newest thing only: who looks at files waits for no other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress

from bge_desktop.errors import ExtractionError, UserError
from bge_desktop.extract.reader_child import ReaderChild
from bge_desktop.messages import displayable
from bge_desktop.processes import Header
from bge_desktop.settings import Settings

_TITLE = "Cannot be shown"
_CRASHED = "Looking at this made its reader crash: the file may be damaged. Open it in its own program."
_NONSENSE = "Looking at this gave nonsense: the file may be damaged. Open it in its own program."
_TOO_LONG = "Drawing this took more than {timeout:g} seconds. Open it in its own program."
_LONGEST_TOLD = 2_000  # characters


class SupersededError(Exception):
    """Something newer is wanted: nobody waits for this any more."""


class PreviewReader:
    """Does one task after the other in a thread of its own; of those that wait, the newest only.

    Args:
        timeout: seconds that one answer may take, and more only while print is recognised.
        patience_s: seconds after which the process is ended that is at something that is not wanted any more.
        idle_s: seconds after which a process leaves that has nothing to do.
        memory_mb: how much memory it may take beyond what it has at its start.

    Attributes:
        memory_mb: see above; it may be set by any thread, and holds from the next process on.
    """

    def __init__(
        self,
        timeout: float = 20.0,
        patience_s: float = 1.0,
        idle_s: float = 60.0,
        memory_mb: int = Settings.memory_mb,
    ) -> None:
        self._timeout, self._patience_s, self._idle_s, self.memory_mb = timeout, patience_s, idle_s, memory_mb
        self._changed = threading.Condition()
        self._newest = self._in_hand = 0
        self._task: Task | None = None
        self._child: ReaderChild | None = None
        self._is_asking = self._is_given_up = self._is_closed = False
        self._giving_up: threading.Timer | None = None
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)

    def begin(self, task: Task | None) -> None:
        """Have a task done, and no other any more; without one, none. Returns at once.

        The task is called in a thread of this object, with this object, and lets a SupersededError pass.
        """
        with self._changed:
            if self._thread.ident is None and task is not None:
                self._thread.start()
            self._newest, self._task = self._newest + 1, task
            self._changed.notify()
            if self._is_asking and self._giving_up is None:
                self._giving_up = threading.Timer(self._patience_s, self._give_up, (self._in_hand,))
                self._giving_up.start()

    def ask(self, request: Header) -> tuple[Header, bytes]:
        """Return the process's answer; only from within a task.

        Raises:
            SupersededError: something newer is wanted.
            ExtractionError: it cannot be answered.
            UserError: no process can be started.
        """
        try:
            answer = self._answer({"id": self._in_hand, **request})
        except UserError:
            self._check()
            raise
        self._check()
        if answer is None:
            self._dismiss()
            raise ExtractionError(_TITLE, _CRASHED)
        if "failed" in answer[0]:
            raise _failure(answer[0]["failed"])
        return answer

    def rest(self, seconds: float) -> None:
        """Wait whether something newer is wanted; only from within a task.

        Raises:
            SupersededError: it is.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._newest != self._in_hand, seconds)
        self._check()

    def close(self) -> None:
        """End the process, and wait until it and the thread are gone."""
        with self._changed:
            self._is_closed, self._newest, self._task = True, self._newest + 1, None
            self._changed.notify()
            if self._child is not None:
                self._child.kill()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._is_closed:
            task = self._next()
            if task is None:
                self._dismiss()  # an idle child would only hold memory
            else:
                with suppress(SupersededError):
                    task(self)
        self._dismiss()

    def _next(self) -> Task | None:
        """Return the newest task, or None after long idleness, or at the end."""
        with self._changed:
            idle_s = self._idle_s if self._child is not None else None
            self._changed.wait_for(lambda: self._task is not None or self._is_closed, idle_s)
            task, self._task = self._task, None
            self._in_hand = self._newest
            return task

    def _check(self) -> None:
        with self._changed:
            if self._newest != self._in_hand:
                raise SupersededError

    def _answer(self, request: Header) -> tuple[Header, bytes] | None:
        child = self._living_child()
        with self._changed:
            if self._newest != self._in_hand:
                raise SupersededError
            self._is_asking = True
        try:
            return child.ask(request, self._timeout)
        except queue.Empty as error:
            self._dismiss()
            raise ExtractionError("Took too long", _TOO_LONG.format(timeout=self._timeout)) from error
        finally:
            self._have_asked()

    def _have_asked(self) -> None:
        with self._changed:
            self._is_asking, timer = False, self._giving_up
            self._giving_up, is_given_up, self._is_given_up = None, self._is_given_up, False
        if timer is not None:
            timer.cancel()
            timer.join()
        if is_given_up:
            self._dismiss()

    def _give_up(self, in_hand: int) -> None:
        with self._changed:
            if self._is_asking and self._in_hand == in_hand and self._child is not None:
                self._is_given_up = True
                self._child.kill()

    def _living_child(self) -> ReaderChild:
        child = self._child
        if child is not None and child.is_alive and child.memory_mb == self.memory_mb:
            return child
        self._dismiss()
        child = ReaderChild(self.memory_mb, in_background=False)
        with self._changed:
            self._child = child
            if self._is_closed:  # `close` may have come before there was anything to kill
                child.kill()
        child.wait_until_ready()
        return child

    def _dismiss(self) -> None:
        with self._changed:
            child, self._child = self._child, None
        if child is not None:
            child.close()


Task = Callable[[PreviewReader], None]


def nonsense() -> ExtractionError:
    """Return what to tell where a process says what cannot be."""
    return ExtractionError(_TITLE, _NONSENSE)


def _failure(told: object) -> ExtractionError:
    """Return what a process says has failed. It may have been taken over: nothing in it is taken for granted."""
    if not isinstance(told, dict) or not {"title", "message"} <= told.keys():
        return nonsense()
    title, message = (displayable(str(told[key]))[:_LONGEST_TOLD] for key in ("title", "message"))
    return ExtractionError(title, message)
