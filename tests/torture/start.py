"""The command with small graphs, and where wanted with a fault that it must not have: a check that misses it is none.

python -P tests/torture/start.py FAULT COMMAND ..., where FAULT is a name in `FAULTS`, or "none".
"""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from bge_desktop.bge.models import BUNDLED
from bge_desktop.cli.main import run
from bge_desktop.extract.readers import ReadResult
from bge_desktop.library.library import Library
from bge_desktop.library.stored_vectors import StoredVectors

EXACT_LIMIT = 8
"""So few vectors are scanned; where there are more, there is a graph with a cache."""


# So long a fault is open to a kill: a fault that is there for microseconds is met too seldom to be a control.
_WINDOW_S = 0.05


def commit_files_before_their_passages() -> None:
    """Have a file stand as indexed in one transaction, and its passages come in the next one."""
    whole_store = Library.store_all

    def store(self: Library, found: Sequence[tuple[int, ReadResult]]) -> list[int | None]:
        known = self.documents.find_all([read.hash for _, read in found])
        new = {read.hash: (file_id, read) for file_id, read in found if not (read.known or read.hash in known)}
        with self.db.atomic():
            empty = self.documents.add([dataclasses.replace(read, passages=()) for _, read in new.values()]).ids
            self.folders.link([(file_id, document) for (file_id, _), document in zip(new.values(), empty, strict=True)])
        self.documents.outdate(empty)
        return whole_store(self, found)

    Library.store_all = store  # type: ignore[method-assign]


def mark_passages_before_their_vectors() -> None:
    """Have passages count as embedded in one transaction, and their vectors come in the next one."""
    whole_store = StoredVectors.store

    def store(self: StoredVectors, model: Any, passage_ids: Sequence[int], vectors: Any) -> list[int]:
        marks = [(number,) for number in passage_ids]
        with self._db.atomic():
            self._db.conn.executemany("UPDATE passages SET embedded = 1 WHERE id = ?", marks)
        time.sleep(_WINDOW_S)
        return whole_store(self, model, passage_ids, vectors)

    StoredVectors.store = store  # type: ignore[method-assign]


def forget_vectors_at_the_start() -> None:
    """Have what was embedded before the start be embedded again."""

    def forget(self: StoredVectors) -> None:
        for model in BUNDLED.values():
            self._forget(model)

    StoredVectors.forget_changed_models = forget  # type: ignore[method-assign]


FAULTS: dict[str, Callable[[], None]] = {
    "none": lambda: None,
    "files before their passages": commit_files_before_their_passages,
    "marks before their vectors": mark_passages_before_their_vectors,
    "forgotten vectors": forget_vectors_at_the_start,
}


def main() -> int:
    """Run the command with a fault; return its exit status."""
    FAULTS[sys.argv[1]]()
    assert Library.__init__.__kwdefaults__
    Library.__init__.__kwdefaults__["exact_limit"] = EXACT_LIMIT
    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
