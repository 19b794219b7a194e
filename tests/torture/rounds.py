"""Rounds of: change the folder, index, kill, index to the end; and what must hold after each.

- The library says what a new library says of the same folder, and is whole.
- No passage is embedded again that had a vector in the database when the process was killed, or before the round.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from random import Random

from tests.end_to_end.command import run_json
from tests.torture.fresh import fresh_snapshot
from tests.torture.killing import Run, kill_at_call, kill_some_time, length_of
from tests.torture.same import compared, copy_of, differences, snapshot
from tests.torture.trees import Tree

# A new library by the command itself, beside that of `fresh_snapshot`, every so many rounds.
_WHOLLY_FRESH = 25
_MOST_WRITES = 500
_BUILD = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "build", "torture")
Acknowledged = dict[tuple[str, int], int]


def acknowledged(library: str) -> Acknowledged:
    """Return the passages that have a vector in the database: hash of the document and number in it, to the id."""
    sql = (
        "SELECT hash, row_number() OVER (PARTITION BY document_id ORDER BY passages.id) AS number, passages.id,"
        " passages.id IN (SELECT passage_id FROM vectors) AS has_vector"
        " FROM passages JOIN documents ON documents.id = document_id"
    )
    with copy_of(library) as db, contextlib.suppress(sqlite3.OperationalError):  # there are no tables yet
        return {(row["hash"], row["number"]): row["id"] for row in db.execute(sql) if row["has_vector"]}
    return {}


def embedded_again(before: Acknowledged, after: Acknowledged, embedded: int) -> list[str]:
    """Return, in words, what was embedded though it was before, or beyond what was missing."""
    again = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    lines = [f"embedded again: {sorted(again)}"] if again else []
    missing = len(set(after.values()) - set(before.values()))
    return lines if embedded == missing else [*lines, f"{embedded} passages embedded where {missing} were missing"]


class Rounds:
    """A tree, its library, and what is done to both.

    Args:
        folder: an empty folder to work in.
        shim: the shared object of failing_writes.c.
        seed: decides all that is random but for the moments of kills, which depend on the machine.
        fault: what is wrong with the command on purpose, as start.py knows it.
        say: takes what is done, in words.
    """

    def __init__(
        self, folder: str, shim: str, seed: int, fault: str = "none", say: Callable[[str], None] = print
    ) -> None:
        self._shim, self._seed, self._fault, self._say = shim, seed, fault, say
        self._folder = folder
        self._library = os.path.join(folder, "library")
        self._tree = Tree(os.path.join(folder, "tree"), Random(f"{seed} tree"))
        self._seconds = length_of(self._run(os.path.join(folder, "first")))

    def go(self, count: int, first: int = 0) -> None:
        """Go some rounds, the `first` one after only changing the folder as those before it do.

        Raises:
            AssertionError: something does not hold; it says what, and where all of it is kept.
        """
        for _ in range(first):
            self._tree.change()
        for number in range(first, count):
            lines = self.step(number)
            assert not lines, f"seed {self._seed}, round {number}, kept in {self._keep(number)}: {lines}"

    def step(self, number: int) -> list[str]:
        """Go one round; return, in words, what does not hold."""
        random = Random(f"{self._seed} {number}")
        for line in self._tree.change():
            self._say(f"round {number}: {line}")
        if random.random() < 0.1:
            self._say(f"round {number}: deleted the library")
            shutil.rmtree(self._library, ignore_errors=True)
        before = acknowledged(self._library)
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            self._say(f"round {number}: {self._killed_run(random)}")
        if random.random() < 0.3:
            self._say(f"round {number}: {self._spoil_cache(random)}")
        between = acknowledged(self._library)
        started = time.monotonic()
        report = self._run(self._library).report()
        self._seconds = time.monotonic() - started
        after = acknowledged(self._library)
        lines = embedded_again(between, after, report["embedded_passages"])
        lines += embedded_again(before, between, len(set(between.values()) - set(before.values())))
        lines += differences(self._library, fresh_snapshot(self._tree.path))
        lines += [f"taken for damaged: {name}" for name in glob.glob("library.damaged*", root_dir=self._library)]
        return lines if (number + 1) % _WHOLLY_FRESH else lines + self._wholly_fresh()

    def _keep(self, number: int) -> str:
        """Copy the folder and the library below build/torture; return where they are."""
        kept = os.path.join(_BUILD, f"round {number}")
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self._folder, kept)
        return kept

    def _run(self, library: str, environment: dict[str, str] | None = None) -> Run:
        return Run(self._fault, self._tree.path, library, environment or {})

    def _killed_run(self, random: Random) -> str:
        if random.random() < 0.4:
            return kill_some_time(self._run(self._library), self._seconds, random)
        said, environment = kill_at_call(self._shim, self._library, _MOST_WRITES, random)
        run = self._run(self._library, environment)
        return said if run.wait() else f"had ended when it was to be {said}"

    def _spoil_cache(self, random: Random) -> str:
        """Delete, cut off or change one of the files of the graphs' caches."""
        names = sorted(glob.glob("vectors-*", root_dir=self._library))
        if not names:
            return "there was no cache to spoil"
        name = random.choice(names)
        path = os.path.join(self._library, name)
        how = random.choice(("deleted", "cut off", "changed a bit of"))
        if how == "deleted":
            os.unlink(path)
        elif how == "cut off":
            os.truncate(path, random.randrange(os.path.getsize(path) or 1))
        else:
            _flip(path, random)
        return f"{how} {name}"

    def _wholly_fresh(self) -> list[str]:
        """Return how the library differs from one that the command makes anew."""
        library = os.path.join(self._folder, "fresh")
        run_json("index", self._tree.path, "--library", library)
        lines = compared(snapshot(self._library), snapshot(library))
        shutil.rmtree(library)
        return [f"{line} (as the command has it)" for line in lines]


def _flip(path: str, random: Random) -> None:
    with open(path, "r+b") as file:
        data = bytearray(file.read())
        if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        file.seek(0)
        file.write(data)
