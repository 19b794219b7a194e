"""Calls into libraries of machine code that may not come back: what was damaged has them count for minutes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_stuck = threading.Event()


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a call returns; it is made in a thread of its own, which nothing can end but the end of the process.

    Raises:
        TimeoutError: it takes longer. The process should end before long: see `is_stuck`.
        Exception: whatever the call raises.
    """
    answers: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def answer() -> None:
        try:
            answers.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised again, where it belongs
            answers.put((None, error))

    threading.Thread(target=answer, name="deadline", daemon=True).start()
    try:
        result, error = answers.get(timeout=seconds)
    except queue.Empty:
        _stuck.set()
        raise TimeoutError(f"no answer within {seconds:g} seconds") from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]


def is_stuck() -> bool:
    """Whether a call has not come back in time, and may still be at it."""
    return _stuck.is_set()
