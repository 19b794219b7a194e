"""Reading any number of broken files through the guarded readers: each outcome is counted, and each finding kept."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bge_desktop import processes
from bge_desktop.errors import UserError
from bge_desktop.extract import readers as readers_module
from bge_desktop.extract.readers import Readers, ReadFailure, ReadResult
from tests.fuzz.seeds import Seed

TIMEOUT_S = 20.0
_UNDER_WAY = 16
_GRAVE = ("The file made its reader crash", "Took too long", "Cannot be read")
# What no parser raises on damaged data but by a fault of ours or its own.
_FAULTS = frozenset(
    {"RecursionError", "MemoryError", "SystemError", "NameError", "UnboundLocalError", "AssertionError", "TypeError"}
    | {"AttributeError"}
)
_TYPE = re.compile(r" \[(\w+)\]\Z")
_BUILD = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "build", "fuzz")

# The real reader, but that it says by what kind of exception it knows that a file is damaged.
_READER = """
from bge_desktop.errors import ExtractionError
from bge_desktop.extract import reader_process
extract = reader_process.extract
def telling(*arguments, **options):
    try:
        return extract(*arguments, **options)
    except ExtractionError as error:
        if error.title == "Damaged file":
            error.message += f" [{type(error.__cause__).__name__}]"
        raise
reader_process.extract = telling
reader_process.serve()
"""


@dataclass(frozen=True)
class Broken:
    """A file made of a seed."""

    seed: Seed
    number: int
    data: bytes


@dataclass
class Report:
    """What came of all files.

    Attributes:
        outcomes: how often each title came ("read" where a file was read), by the ending of the seed.
        types: how often each type of exception stood behind "Damaged file".
        grave: the files that crashed or hung a reader, or made it talk nonsense.
        faults: the files that met with an exception that is nobody's way of saying "damaged".
    """

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    types: Counter[str] = field(default_factory=Counter)
    grave: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    files: int = 0
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """Yield it for a person."""
        yield f"{self.files:,} files in {self.seconds:.0f} s; {len(self.grave)} grave, {len(self.faults)} faults"
        for ending, titles in sorted(self.outcomes.items()):
            yield f"{ending:8} " + ", ".join(f"{title} {count}" for title, count in titles.most_common())
        yield "damaged by: " + ", ".join(f"{name} {count}" for name, count in self.types.most_common())
        yield from (f"GRAVE {line}" for line in self.grave)
        yield from (f"fault {line}" for line in self.faults)


@contextlib.contextmanager
def telling_readers() -> Iterator[Readers]:
    """Give readers that say more of damaged files than a person wants to know, and start no other program."""
    command, can_convert = processes.child_command, readers_module.can_convert
    processes.child_command = lambda role: [sys.executable, "-c", _READER] if role == "reader" else command(role)
    readers_module.can_convert = lambda _ending: False
    try:
        with contextlib.closing(Readers(processes=2, timeout=TIMEOUT_S)) as readers:
            yield readers
    finally:
        processes.child_command, readers_module.can_convert = command, can_convert


class Campaign:
    """Reads broken files, a few at a time.

    Args:
        readers: as `telling_readers` gives them.
        folder: where the files are written while they are read.
        name: of the folder below build/fuzz in which findings are kept.
    """

    def __init__(self, readers: Readers, folder: str, name: str) -> None:
        self._readers, self._folder, self._findings = readers, folder, os.path.join(_BUILD, name)
        self._outcomes: queue.SimpleQueue[ReadResult | ReadFailure | UserError] = queue.SimpleQueue()
        self._waiting: dict[str, Broken] = {}
        self.report = Report()

    def run(self, files: Iterable[Broken], seconds: float = float("inf")) -> Report:
        """Read files, and begin no more of them after so many seconds; return what came of them.

        Raises:
            queue.Empty: a reader neither answered nor was ended in time.
        """
        started = time.monotonic()
        for broken in files:
            if time.monotonic() - started > seconds:
                break
            self._submit(broken)
            while len(self._waiting) >= _UNDER_WAY:
                self._take()
        while self._waiting:
            self._take()
        self.report.seconds = time.monotonic() - started
        self._write_summary()
        return self.report

    def _submit(self, broken: Broken) -> None:
        path = os.path.join(self._folder, f"{broken.number} {broken.seed.name}")
        with open(path, "wb") as stream:
            stream.write(broken.data)
        self._waiting[path] = broken
        self._readers.submit(path, (), self._outcomes.put)

    def _take(self) -> None:
        outcome = self._outcomes.get(timeout=_UNDER_WAY * 3 * TIMEOUT_S)
        assert not isinstance(outcome, UserError), outcome
        broken = self._waiting.pop(outcome.path)
        os.unlink(outcome.path)
        title = outcome.title if isinstance(outcome, ReadFailure) else "read"
        self.report.files += 1
        self.report.outcomes.setdefault(broken.seed.ending, Counter())[title] += 1
        if isinstance(outcome, ReadFailure):
            self._judge(broken, outcome)

    def _judge(self, broken: Broken, failure: ReadFailure) -> None:
        found = _TYPE.search(failure.message)
        if found:
            self.report.types[found[1]] += 1
        if failure.title in _GRAVE:
            self.report.grave.append(self._keep(broken, failure.title))
        elif found and found[1] in _FAULTS:
            self.report.faults.append(self._keep(broken, found[1]))

    def _keep(self, broken: Broken, reason: str) -> str:
        os.makedirs(self._findings, exist_ok=True)
        name = f"{broken.number} {reason} {broken.seed.name}"
        with open(os.path.join(self._findings, name), "wb") as stream:
            stream.write(broken.data)
        return name

    def _write_summary(self) -> None:
        os.makedirs(self._findings, exist_ok=True)
        with open(os.path.join(self._findings, "summary.txt"), "w", encoding="utf-8") as stream:
            stream.write("\n".join(self.report.lines()) + "\n")
