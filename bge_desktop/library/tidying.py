"""Making nothing remain of what was removed, in portions so small that no query waits for one.

Lexical weights of passages that are gone stand in blocks with those of others. Words that were taken out of a full-text
index stay in its segments until those are merged; pages that have become free stay in the file, zeroed (secure_delete),
until it is shortened; the log holds pages as they were until it is emptied.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlite_utils import Database

from bge_desktop.library.facts import Facts
from bge_desktop.library.full_text import INDEXES, is_worn, merged, merged_where_many
from bge_desktop.library.sparse_index import SparseIndex

_ASKED, _REMOVED, _TIDIED = "tidying asked", "removed since tidied", "tidied"
_DAY_S = 86_400.0
_PAGES = 200  # that are given back at once: a few milliseconds


class Tidying:
    """What remains in a library of what was removed from it."""

    def __init__(self, db: Database) -> None:
        self._db, self._facts = db, Facts(db)

    def ask(self) -> None:
        """Have the library tidied soon, also after a crash; within the transaction that removes something."""
        self._facts.set(_ASKED, "yes")

    def note_removal(self) -> None:
        """Have the library tidied now and then; within the transaction that removes something."""
        self._facts.set(_REMOVED, "yes")

    @property
    def is_asked(self) -> bool:
        """Whether a person waits for it."""
        return bool(self._facts.get(_ASKED))

    @property
    def is_due(self) -> bool:
        """Whether it is asked for, or something was removed and the last time was a day ago."""
        is_long_ago = not 0 <= time.time() - float(self._facts.get(_TIDIED) or 0) < _DAY_S
        return self.is_asked or (bool(self._facts.get(_REMOVED)) and is_long_ago)

    def portions(self) -> Iterator[None]:
        """Tidy, a portion with each step; the last one records that it was done, unless a reader kept the log."""
        yield from SparseIndex(self._db).forget_gone()
        for index in INDEXES:
            for _ in merged(self._db, index):
                yield
            if is_worn(self._db, index):
                self._facts.set("analysis", "")  # all words are made anew at the next start
        yield from self._shrink()
        self._note_tidied()
        yield
        if not self._empty_log():
            self.ask()  # once more: what was removed still stands there

    def merge_words(self) -> Iterator[None]:
        """Merge the segments of the full-text indexes where there are many, a portion with each step.

        Each group of documents adds one to each index, and a search looks into all of them.
        """
        for index in INDEXES:
            yield from merged_where_many(self._db, index)

    def _shrink(self) -> Iterator[None]:
        while self._db.execute("PRAGMA freelist_count").fetchone()[0]:
            before = self._db.execute("PRAGMA page_count").fetchone()[0]
            # as a script, of which Python takes all steps; of a statement without columns it takes one, for one page
            self._db.conn.executescript(f"PRAGMA incremental_vacuum({_PAGES})")
            yield
            if self._db.execute("PRAGMA page_count").fetchone()[0] >= before:
                return  # an older library that there was no room to convert

    def _note_tidied(self) -> None:
        with self._db.atomic():
            self._facts.set(_TIDIED, str(time.time()))
            self._facts.set(_REMOVED, "")
            self._facts.set(_ASKED, "")

    def _empty_log(self) -> bool:
        [(is_busy, *_)] = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not is_busy
