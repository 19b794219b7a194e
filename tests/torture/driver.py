"""A process whose disk fails: indexing in a library on it, and whether all is well once the disk is.

Started with failing_writes.c preloaded, and with a folder to work in as its argument. It reads a `Fault` as a line of
JSON from standard input and answers with an `Outcome`, again and again: one process, so that one encoder and one reader
serve for all of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from bge_desktop.library.library import Library
from bge_desktop.library.packing import let_pack
from bge_desktop.worker import rest
from tests.torture.fresh import RememberingEncoder, fresh_snapshot, index, lasting_processes
from tests.torture.same import Snapshot, compared, differences, snapshot_of
from tests.torture.session import RULES, Session, make_trees
from tests.torture.start import EXACT_LIMIT

WRITES, READS = 1, 2
FAIL, HALF = 0, 1
_DAMAGED = ("Library is damaged", "The library was damaged and has been repaired")
# What the app says when it met with a fault of its own, and not with one of the disk.
_UNEXPECTED = ("Something went wrong", "The index of meanings could not be built")


@dataclass(frozen=True)
class Fault:
    """Which calls below the library's folder fail, as failing_writes.c knows it: from the `first` on, so many."""

    kinds: int
    first: int
    count: int
    error: int
    mode: int = FAIL


@dataclass
class Outcome:
    """What came of a fault.

    Attributes:
        calls: how many calls there were that could have failed.
        failed: how many did.
        last: the last one that did, and its file.
        told: the titles of the errors that the person was shown.
        by_itself: whether all was well without a restart, once the disk was.
        problems: what is wrong, in words.
    """

    calls: int = 0
    failed: int = 0
    last: str = ""
    told: list[str] = field(default_factory=list)
    by_itself: bool = False
    problems: list[str] = field(default_factory=list)


class Driver:
    """Goes through faults.

    Args:
        folder: where to work.
        encoder: what all workers share.
    """

    def __init__(self, folder: str, encoder: RememberingEncoder) -> None:
        self._folder, self._encoder = folder, encoder
        self._library = os.path.join(folder, "library")
        self._tree, self._other = make_trees(folder)
        self._shim = ctypes.CDLL(None)
        self._shim.failing_writes_last.restype = ctypes.c_char_p

    def meet(self, fault: Fault) -> Outcome:
        """Use the app on a disk with a fault, and go on when that is over; return what came of it."""
        self._tree, self._other = make_trees(self._folder)
        shutil.rmtree(self._library, ignore_errors=True)
        return self._meet_in_reading(fault) if fault.kinds == READS else self._meet_in_writing(fault)

    def _meet_in_writing(self, fault: Fault) -> Outcome:
        outcome = Outcome()
        with self._failing(fault, outcome):
            session = self._session()
            session.add()
            session.change()
        self._go_on(session, outcome)
        return outcome

    def _meet_in_reading(self, fault: Fault) -> Outcome:
        outcome = Outcome()
        index(self._tree, self._library)
        session = self._session()
        expected = session.search()
        session.close()
        with self._failing(fault, outcome):
            session = self._session()
            found = session.search()
            session.change()
        if not session.told:
            wrong = [(own, other) for own, other in zip(found, expected, strict=True) if own != other]
            outcome.problems += [f"found {own} instead of {other}" for own, other in wrong]
        # SQLite's full-text index says of a page that could not be read that it is damaged; once is not believed
        self._go_on(session, outcome, may_tell=_DAMAGED[: 1 if fault.count == 1 else 2])
        return outcome

    def _session(self) -> Session:
        return Session(self._library, self._tree, self._other)

    @contextlib.contextmanager
    def _failing(self, fault: Fault, outcome: Outcome) -> Iterator[None]:
        told = (fault.kinds, ctypes.c_long(fault.first), ctypes.c_long(fault.count), fault.error, fault.mode)
        # not the graphs' caches: hnswlib does not look whether it could read, and dies of what it could not
        place = os.path.join(self._library, "library.db") if fault.kinds == READS else self._library
        self._shim.failing_writes_arm(*told, os.fsencode(place))
        try:
            yield
        finally:
            outcome.calls, outcome.failed = self._shim.failing_writes_calls(), self._shim.failing_writes_failed()
            outcome.last = os.fsdecode(self._shim.failing_writes_last())
            self._shim.failing_writes_arm(0, 0, 0, 0, 0, b"")

    def _go_on(self, session: Session, outcome: Outcome, may_tell: Sequence[str] = ()) -> None:
        """Go on after the fault in the app as it is; then start it once more, when there must be nothing to tell.

        But for `may_tell`, which may come at any time.
        """
        expected = fresh_snapshot(self._tree, RULES)
        with self._embedding_nothing_again(outcome):
            if not session.has_ended:
                session.go_on()
                outcome.by_itself = session.comes_true(lambda: self._is_as(expected))
            session.close()
        outcome.told += session.told
        outcome.problems += session.problems
        outcome.problems += [title for title in session.told if title in {*_UNEXPECTED, *_DAMAGED} - {*may_tell}]
        with self._embedding_nothing_again(outcome):
            session = self._session()
            session.go_on()
            session.close()
        late = [title for title in session.told if title not in may_tell]
        outcome.problems += session.problems + [f"after the restart: {title}" for title in late]
        outcome.problems += differences(self._library, expected)

    @contextlib.contextmanager
    def _embedding_nothing_again(self, outcome: Outcome) -> Iterator[None]:
        """Note what is embedded in here although the database had its vector before."""
        held = self._texts_with_vectors()
        self._encoder.asked.clear()
        yield
        again = [text[:20] for text in self._encoder.asked if text in held]
        outcome.problems += [f"embedded again: {again}"] if again else []

    def _texts_with_vectors(self) -> set[str]:
        sql = (
            'SELECT substr(unpacked(text), start + 1, "end" - start) FROM vectors'
            " JOIN passages ON passages.id = passage_id JOIN documents ON documents.id = document_id"
        )
        with contextlib.suppress(sqlite3.OperationalError), self._open() as db:
            return {row[0] for row in db.execute(sql)}
        return set()

    def _is_as(self, expected: Snapshot) -> bool:
        with contextlib.suppress(sqlite3.OperationalError), self._open() as db:
            return not compared(snapshot_of(db), expected)
        return False

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the database beside the app that uses it, and see it as it is at one moment."""
        path = quote(os.path.join(self._library, "library.db"))
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            let_pack(db)
            db.execute("BEGIN")
            yield db


def main() -> None:
    """Answer faults with outcomes until standard input ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    rest.RETRY_S = 0.02
    assert Library.__init__.__kwdefaults__
    Library.__init__.__kwdefaults__["exact_limit"] = EXACT_LIMIT
    with lasting_processes() as encoder, answers:
        driver = Driver(sys.argv[1], encoder)
        for line in sys.stdin:
            outcome = driver.meet(Fault(**json.loads(line)))
            print(json.dumps(dataclasses.asdict(outcome)), file=answers, flush=True)


if __name__ == "__main__":
    main()
