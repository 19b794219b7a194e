"""Running the command and ending it, or one of its processes, with SIGKILL at some moment."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import psutil

_START = os.path.join(os.path.dirname(os.path.abspath(__file__)), "start.py")
# How the shim is told what to do: see failing_writes.c.
_WRITES, _KILL, _KILL_AT_HALF = 1, 2, 3
_LONGEST_S = 120.0


@dataclass
class Run:
    """A run of `bge-desktop index TREE --library LIBRARY --json`.

    Args:
        fault: what is wrong with it on purpose, as start.py knows it.
        tree: the folder to index.
        library: the library's folder; what is printed is written beside it.
        environment: variables added to its environment.
    """

    fault: str
    tree: str
    library: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        command = [sys.executable, "-P", _START, self.fault, "index", self.tree, "--library", self.library, "--json"]
        environment = {**os.environ, **self.environment}
        with open(f"{self.library}.out", "wb") as out, open(f"{self.library}.err", "wb") as err:
            self._popen = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        self.process = psutil.Process(self._popen.pid)

    def children(self) -> list[psutil.Process]:
        """Return its encoder and its readers, as far as there are any."""
        try:
            return self.process.children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def wait(self, timeout: float = _LONGEST_S) -> int:
        """Wait for its end; return its exit status.

        Raises:
            subprocess.TimeoutExpired: it hangs.
        """
        return self._popen.wait(timeout)

    def has_ended(self, within: float) -> bool:
        """Whether it ends within so many seconds."""
        try:
            self.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def told(self) -> str:
        """Return what it wrote to standard error."""
        with open(f"{self.library}.err", encoding="utf-8") as file:
            return file.read()

    def report(self) -> dict[str, Any]:
        """Wait for its end and return the object that it printed.

        Raises:
            AssertionError: it failed.
        """
        status = self.wait()
        assert status == 0, f"exit status {status}: {self.told()}"
        with open(f"{self.library}.out", encoding="utf-8") as file:
            return dict(json.load(file))

    def kill(self) -> None:
        """End the main process; its children see it and leave.

        Raises:
            AssertionError: one of them stays.
        """
        children = self.children()
        self._popen.kill()
        self.wait()
        _, left = psutil.wait_procs(children, timeout=30)
        assert not left, f"outlived their parent: {left}"


def length_of(run: Run) -> float:
    """Return how many seconds a run takes to its end."""
    started = time.monotonic()
    run.report()
    return time.monotonic() - started


def kill_some_time(run: Run, seconds: float, random: Random) -> str:
    """Kill a random process of a run at a random moment of its life, or after it; return what was done, in words.

    The moments are spread over the whole of it, and over each power of two of its beginning.

    Args:
        run: which.
        seconds: how long such runs take.
        random: what decides.
    """
    longest = 1.2 * seconds
    at = random.uniform(0, longest) if random.random() < 0.7 else 0.001 * (longest / 0.001) ** random.random()
    if run.has_ended(at):
        return f"had ended before {at:.3f} s"
    children = run.children()
    if not children or random.random() < 0.6:
        run.kill()
        return f"killed at {at:.3f} s"
    victim = random.choice(children)
    name = ["a process that had ended"]
    with contextlib.suppress(psutil.NoSuchProcess):
        name += victim.cmdline()
        victim.send_signal(signal.SIGKILL)
    run.report()  # goes on to its end all the same
    return f"{name[-1]} killed at {at:.3f} s"


def kill_at_call(shim: str, library: str, most: int, random: Random) -> tuple[str, dict[str, str]]:
    """Return, in words and as variables for `Run`, that it is to kill itself at a random write to its library.

    Args:
        shim: the shared object of failing_writes.c.
        library: the library's folder.
        most: how many such calls a run makes.
        random: what decides.
    """
    number, mode = int(most ** random.uniform(0.3, 1)), random.choice((_KILL, _KILL, _KILL_AT_HALF))
    told = f"{_WRITES} {number} 1 {errno.EIO} {mode} {library}"
    how = "in the middle of" if mode == _KILL_AT_HALF else "before"
    return f"killed {how} write {number}", {"LD_PRELOAD": shim, "FAILING_WRITES": told}


def compiled_shim(folder: str) -> str:
    """Compile failing_writes.c into a folder; return the path of the shared object."""
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "failing_writes.c")
    path = os.path.join(folder, "failing_writes.so")
    command: Sequence[str] = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", source, "-o", path]
    subprocess.run(command, check=True)
    return path
