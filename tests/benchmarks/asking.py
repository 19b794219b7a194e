"""Somebody who asks, and what is noticed meanwhile: how long each answer takes, and whether the interpreter is held."""

from __future__ import annotations

import threading
import time
from types import TracebackType

from bge_desktop.search.searcher import Searcher
from tests.end_to_end.client import Client

_TICK_S = 0.001


def warm_up(searcher: Searcher) -> Searcher:
    """Have a searcher read what the first searches would wait for, as the worker does soon after its start."""
    while not searcher.read_ahead():
        pass
    return searcher


class Asker:
    """Asks a worker as the window does, and keeps how long each complete answer took, in milliseconds.

    Attributes:
        milliseconds: from the question to the complete answer.
        waits: the part of it for which something else kept the worker from beginning.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self.milliseconds: list[float] = []
        self.waits: list[float] = []

    def ask(self, query: str) -> None:
        """Ask, and wait for the complete answer."""
        started = time.perf_counter()
        answer = self._client.search(query)
        self.milliseconds.append((time.perf_counter() - started) * 1000)
        self.waits.append(self.milliseconds[-1] - answer.took_ms)


class Ticks:
    """A thread that wants to run once a millisecond; `longest_ms` is the longest time that it could not.

    So long at most, no other thread of this process could run: some library held the interpreter, or the processor was
    taken by other programs.
    """

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticks", daemon=True)

    def __enter__(self) -> Ticks:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        last = time.perf_counter()
        while not self._stopping.is_set():
            time.sleep(_TICK_S)
            now = time.perf_counter()
            self.longest_ms, last = max(self.longest_ms, (now - last) * 1000), now
