"""What a person does with the app, from its start to its end, on a disk that may fail meanwhile."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import time
from collections.abc import Callable

from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    Event,
    FolderRules,
    RemoveFolder,
    Request,
    Search,
    SearchAnswer,
    SetRules,
)
from bge_desktop.worker import Worker

RULES = FolderRules(left_out=("*.md",))
"""What is chosen for the first folder in the end."""

_QUERIES = ("who keeps the lighthouse", "押金什么时候退还", "boiler")
_LONGEST_S = 60.0
_PATIENCE_S = 10.0
_TEXTS = {
    "lighthouse.txt": "The great storm took the lighthouse and its keeper away.\n\nShips wait in the harbour.",
    "押金.txt": "租约结束之后检查每一个房间，押金在三十天内退还。\n\n锅炉每年冬天之前需要保养一次，费用由物业承担。",
    "left out.md": "# Boiler\n\nThe boiler needs service once a year, before the winter.",
    "broken.docx": "no archive at all",
}


def make_trees(folder: str) -> tuple[str, str]:
    """Make a folder of a few documents anew, and another one; return both."""
    tree, other = os.path.join(folder, "tree"), os.path.join(folder, "other")
    for path in (tree, other):
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
    for name, text in _TEXTS.items():
        _write(tree, name, text)
    letters = (f"Letter {number}: the lease ends in March. {'So it was said. ' * 60}" for number in range(9))
    _write(tree, "letters.txt", "\n\n".join(letters))
    _write(other, "map.txt", "Old maps of the coast show islands that nobody has found again.")
    return tree, other


def _write(folder: str, name: str, text: str) -> None:
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


class Session:
    """The app, started with a library.

    Args:
        library: the library's folder.
        tree, other: the folders of `make_trees`.

    Attributes:
        told: the titles of the errors that the person was shown.
        problems: what the app did that it must not do, in words.
    """

    def __init__(self, library: str, tree: str, other: str) -> None:
        self._library, self._tree, self._other = library, tree, other
        self.told: list[str] = []
        self.problems: list[str] = []
        self._answers: queue.SimpleQueue[SearchAnswer | ErrorReport] = queue.SimpleQueue()
        self._worker = Worker(self._library, self._take, device="cpu", watch=False)
        self._worker.start()

    @property
    def has_ended(self) -> bool:
        """Whether the library could not even be opened."""
        return not self._worker._thread.is_alive()

    def search(self) -> list[tuple[str, ...] | None]:
        """Return for each of a few queries the paths of the results; None where an error was told instead."""
        return [self._search(generation, query) for generation, query in enumerate(_QUERIES)]

    def add(self) -> None:
        """Add both folders, and wait until they are indexed."""
        self._do(AddFolder(self._tree), AddFolder(self._other))

    def change(self) -> None:
        """Change documents, rules and folders, and wait until that is taken up."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(self._tree, "押金.txt"))
        _write(self._tree, "lighthouse.txt", "A new lighthouse was built upon the rock.")
        self.go_on()

    def go_on(self) -> None:
        """Ask for the rest once more, as a person does who has been told of an error."""
        self._do(AddFolder(self._tree), SetRules(self._tree, RULES), RemoveFolder(self._other))

    def comes_true(self, condition: Callable[[], bool]) -> bool:
        """Whether something comes true while the app runs."""
        deadline = time.monotonic() + _PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def close(self) -> None:
        """Leave the app."""
        self._worker.stop(timeout=_LONGEST_S)
        if not self.has_ended:
            self.problems.append("it hangs at its end")

    def _do(self, *requests: Request) -> None:
        for request in requests:
            self._worker.submit(request)
            if not self._worker.wait_until_idle(_LONGEST_S):
                self.problems.append(f"it hangs after {request}")

    def _search(self, generation: int, text: str) -> tuple[str, ...] | None:
        self._worker.submit(Search(text, generation))
        deadline = time.monotonic() + _LONGEST_S
        while time.monotonic() < deadline and not self.has_ended:
            try:
                event = self._answers.get(timeout=0.1)
            except queue.Empty:
                continue
            if isinstance(event, ErrorReport):
                return None
            if event.generation == generation and event.complete:
                return tuple(result.path for result in event.results)
        if not self.has_ended:
            self.problems.append(f"no answer to {text}")
        return None

    def _take(self, event: Event) -> None:
        if isinstance(event, ErrorReport):
            self.told.append(event.title)
            self._answers.put(event)
        elif isinstance(event, SearchAnswer):
            self._answers.put(event)
