"""A disk that is full or broken, for a call or for a while, and the process that meets it (see `driver`)."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from tests.torture.driver import FAIL, HALF, READS, WRITES, Fault, Outcome
from tests.torture.killing import compiled_shim

_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_A_WHILE = 40
_NEVER = 1 << 40
# What fails, how many calls of it, with which error, and how the first of them does.
KINDS = {
    "full once": (WRITES, 1, errno.ENOSPC, FAIL),
    "broken once": (WRITES, 1, errno.EIO, FAIL),
    "full for a while": (WRITES, _A_WHILE, errno.ENOSPC, FAIL),
    "broken for a while": (WRITES, _A_WHILE, errno.EIO, FAIL),
    "full in the middle of a write": (WRITES, 2, errno.ENOSPC, HALF),
    "not readable once": (READS, 1, errno.EIO, FAIL),
    "not readable for a while": (READS, _A_WHILE, errno.EIO, FAIL),
}


@dataclass
class Report:
    """What came of the faults of one kind.

    Attributes:
        calls: how many calls there are that may fail.
        met: how many of them were made to fail, each by itself.
        by_itself: after how many of those all was well without a restart.
        told: how often each title was told, "nothing" where none was.
        files: those below the library's folder that were struck.
        problems: what is wrong, in words.
    """

    calls: int
    met: int = 0
    by_itself: int = 0
    told: Counter[str] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def add(self, first: int, outcome: Outcome) -> None:
        """Take account of what came of a fault from the call `first` on."""
        self.met += 1
        self.by_itself += outcome.by_itself
        self.told.update(set(outcome.told) or {"nothing"})
        self.files.add(outcome.last.rpartition("/")[2])
        where = f"call {first} of {self.calls}, {outcome.last}, told {outcome.told}"
        self.problems += [f"{where}: {problem}" for problem in outcome.problems]

    def __str__(self) -> str:
        return f"{self.met} of {self.calls} calls, {self.by_itself} well again without a restart; {dict(self.told)}"


class FailingDisk:
    """A folder on a disk that fails, and the process that works there.

    Args:
        folder: where to work.
    """

    def __init__(self, folder: str) -> None:
        environment = {**os.environ, "LD_PRELOAD": compiled_shim(folder)}
        command = [sys.executable, "-m", "tests.torture.driver", os.path.join(folder, "disk")]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT, env=environment
        )

    def meet_all(self, kind: str, numbers: Callable[[int], Iterable[int]]) -> Report:
        """Meet faults of a kind; return what came of them.

        Args:
            kind: one of `KINDS`.
            numbers: gives for how many calls there are the first to fail of each fault.
        """
        kinds, count, error, mode = KINDS[kind]
        report = Report(self.meet(Fault(kinds, _NEVER, count, error, mode)).calls)
        for first in numbers(report.calls):
            report.add(first, self.meet(Fault(kinds, first, count, error, mode)))
        return report

    def meet(self, fault: Fault) -> Outcome:
        """Meet a fault; return what came of it.

        Raises:
            AssertionError: the process died of it.
        """
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(asdict(fault)), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, f"the process died of {fault}: exit status {self._process.wait()}"
        return Outcome(**json.loads(answer))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
