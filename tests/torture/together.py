"""Many processes at once on one library, while the folder that it follows changes."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from bge_desktop.messages import FolderRules
from tests.end_to_end.command import COMMAND
from tests.torture.fresh import fresh_snapshot, lasting_processes
from tests.torture.same import copy_of, differences
from tests.torture.trees import Tree

# What Qt says of the platform without a screen that tests run on.
_SAID_BY_QT = "This plugin does not support"
_WAITED_FOR = "Another BGE Desktop is writing to this library"
_PATTERN = "*.never"
_BETWEEN_CHANGES_S = (0.0, 1.5)
# Files of the same bytes, as empty ones, are one document, whose kind is that of the one that was read first.
_OF_THE_FIRST = re.compile("kind: '(text|markdown)' instead of '(text|markdown)'$")
_QUIET_S = 10.0
_LONGEST_S = 600


class Together:
    """A folder that changes, a library of it, and what runs on them at once.

    Args:
        folder: where both are made.
        seed: what decides how the folder changes.
    """

    def __init__(self, folder: str, seed: int) -> None:
        self._random = Random(seed)
        self._tree = Tree(os.path.join(folder, "tree"), self._random)
        self._library = os.path.join(folder, "library")
        self._is_over = threading.Event()
        self.faults: list[str] = []
        self.counts: Counter[str] = Counter()

    def go(self, seconds: float, *loops: Callable[[], None]) -> None:
        """Run each loop again and again, for so long, while the folder changes."""
        self.index()
        self._run(seconds, self._change, *loops)

    def check(self, *loops: Callable[[], None]) -> None:
        """Bring the library in step with a folder that changes no more; from then on nothing may be embedded."""
        self.index()
        before = self._embedded_passages()
        self._run(_QUIET_S, *loops)
        if new := self._embedded_passages() - before:
            self.faults.append(f"{len(new)} passages were embedded again though nothing had changed")
        self._command("rules", self._tree.path, "--add", _PATTERN)

    def compare(self) -> None:
        """Compare the library, which nobody may write to, with a new one of the same folder."""
        with lasting_processes():
            found = differences(self._library, fresh_snapshot(self._tree.path, FolderRules((_PATTERN,))))
        self.faults += [line for line in found if not _OF_THE_FIRST.search(line)]

    @contextlib.contextmanager
    def window(self) -> Iterator[None]:
        """Have a window open for the library."""
        arguments = [COMMAND, "open", self._tree.path, "--library", self._library]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=_LONGEST_S)
        if process.returncode:
            self.faults.append(f"The window ended with {process.returncode}")
        self.faults += [f"The window said: {line}" for line in errors.splitlines() if _SAID_BY_QT not in line]

    # --- loops ----------------------------------------------------------------------------------------------------

    def index(self) -> None:
        report = self._command("index", self._tree.path)
        self.counts["passages embedded, as told"] += report.get("embedded_passages", 0)

    def open_again(self) -> None:
        self._command("open", self._tree.path, has_json=False)

    def search(self) -> None:
        self._command("search", "when does the lease end")

    def status(self) -> None:
        self._command("status")

    def failures(self) -> None:
        self._command("failures", "--retry")

    def change_rules(self) -> None:
        for change in ("--add", "--remove"):
            self._command("rules", self._tree.path, change, _PATTERN)

    def _change(self) -> None:
        self._tree.change()
        self.counts["changes"] += 1
        self._is_over.wait(self._random.uniform(*_BETWEEN_CHANGES_S))

    # --- running --------------------------------------------------------------------------------------------------

    def _run(self, seconds: float, *loops: Callable[[], None]) -> None:
        self._is_over.clear()
        threads = [threading.Thread(target=self._repeat, args=(loop,)) for loop in loops]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self._is_over.set()
        for thread in threads:
            thread.join()

    def _repeat(self, loop: Callable[[], None]) -> None:
        while not self._is_over.is_set():
            loop()

    def _command(self, *arguments: str, has_json: bool = True) -> dict[str, int]:
        """Run a command, note what is wrong with how it ends, and return the object that it prints."""
        line = [COMMAND, *arguments, "--library", self._library, *(["--json"] if has_json else [])]
        finished = subprocess.run(line, capture_output=True, text=True, timeout=_LONGEST_S, check=False)
        self.counts[arguments[0]] += 1
        self.counts["waited for the library"] += _WAITED_FOR in finished.stderr
        if finished.returncode:
            self.faults.append(f"{' '.join(arguments)} ended with {finished.returncode}: {finished.stderr}")
        if "Traceback" in finished.stderr:
            self.faults.append(finished.stderr)
        return json.loads(finished.stdout) if has_json and finished.returncode == 0 else {}

    def _embedded_passages(self) -> set[int]:
        with copy_of(self._library) as db:
            return {row[0] for row in db.execute("SELECT passage_id FROM vectors")}  # which are never used again


def beside_a_window(folder: str, seconds: float, seed: int) -> Together:
    """Have every command run again and again beside an open window; return what was found."""
    together = Together(folder, seed)
    loops = together.index, together.search, together.status, together.failures, together.change_rules
    with together.window():
        together.go(seconds, *loops, together.open_again)
        together.check(*loops)
    together.compare()
    return together


def against_each_other(folder: str, seconds: float, seed: int) -> Together:
    """Have two commands index against each other all the time, others beside them; return what was found."""
    together = Together(folder, seed)
    loops = together.index, together.index, together.search, together.status, together.change_rules
    together.go(seconds, *loops)
    together.check(*loops)
    together.compare()
    return together
