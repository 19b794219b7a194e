"""Reading many inputs through the guarded readers, and what comes of each."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import psutil

from bge_desktop.errors import UserError
from bge_desktop.extract.readers import Readers, ReadFailure, ReadResult
from tests.end_to_end.hostile.inputs import CRASHES, READ, Hostile

TIMEOUT_S = 60.0
_SECRET = "root:x:0"  # of the password file that some inputs point to
_NOT_FOR_PEOPLE = re.compile(r"Traceback|Error\b|Exception|\bNone\b|0x[0-9a-f]|<class|errno", re.IGNORECASE)
_NOT_EXPLAINED = (CRASHES, "Took too long", "Cannot be read")

Outcome = ReadResult | ReadFailure


@dataclass(frozen=True)
class Answer:
    """What came of one file.

    Attributes:
        outcome: what the reader said.
        after_s: seconds since the answer before it, of whichever file.
    """

    outcome: Outcome
    after_s: float

    @property
    def title(self) -> str:
        """The title of the failure, or `READ`."""
        return self.outcome.title if isinstance(self.outcome, ReadFailure) else READ


def check(own: Hostile, answer: Answer) -> None:
    """Assert that what came of an input is what may come of it."""
    assert re.fullmatch(own.expects, answer.title), answer.outcome
    outcome = answer.outcome
    if isinstance(outcome, ReadFailure):
        assert answer.title not in _NOT_EXPLAINED or answer.title in own.expects
        assert outcome.message.endswith(".")
        assert not _NOT_FOR_PEOPLE.search(outcome.message)
    else:
        assert _SECRET not in outcome.text


def write_all(inputs: Iterable[Hostile], folder: str) -> list[str]:
    """Write inputs, each into a folder of its own, and return their paths."""
    paths = []
    for number, own in enumerate(inputs):
        os.mkdir(os.path.join(folder, str(number)))
        paths.append(os.path.join(folder, str(number), own.name))
        own.make(paths[-1])
    return paths


def read_all(paths: Sequence[str], timeout: float, processes: int = 2) -> tuple[dict[str, Answer], int]:
    """Read files; return what came of each by its path, and the most bytes of memory that a reader ever had."""
    answers: dict[str, Answer] = {}
    with contextlib.closing(Readers(processes, timeout)) as readers, watched_memory() as peak:
        outcomes: queue.SimpleQueue[Outcome | UserError] = queue.SimpleQueue()
        for path in paths:
            readers.submit(path, (), outcomes.put)
        for _ in paths:
            before = time.monotonic()
            outcome = outcomes.get(timeout=4 * timeout)
            assert not isinstance(outcome, UserError), outcome
            answers[outcome.path] = Answer(outcome, time.monotonic() - before)
    return answers, peak()


@contextlib.contextmanager
def watched_memory() -> Iterator[object]:
    """Watch the child processes, and give a function that returns the most bytes that one of them has had."""
    most, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            for child in psutil.Process().children():
                with contextlib.suppress(psutil.Error, OSError):
                    most[0] = max(most[0], child.memory_info().rss)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        thread.join()
