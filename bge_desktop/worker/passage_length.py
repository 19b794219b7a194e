"""How long the passages are that documents are divided into."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bge_desktop.extract.passages import PASSAGE_TOKENS
from bge_desktop.library.facts import Facts
from bge_desktop.library.library import Library
from bge_desktop.settings import Settings
from bge_desktop.worker.queue import JobQueue, Priority

_FACT = "passage tokens"
# The id up to which documents are still to be read again; "" where none are.
_LEFT = "to be divided anew"
# Tokens are counted as the bundled models do; others may take a third more for the same text.
_SHARE = 0.75
_PORTION = 2_000  # documents that are marked at once: some 6 ms


class PassageLength:
    """Has documents be divided as the settings want: into passages of the usual length, or as long as models read.

    Args:
        library: whose documents.
        settings: of the library.
        queue: of the worker's thread, in which everything here runs.
        on_marked: called when some documents wait to be read again.
    """

    def __init__(self, library: Library, settings: Settings, queue: JobQueue, on_marked: Callable[[], None]) -> None:
        self._library, self._is_long = library, settings.long_passages
        self._queue, self._on_marked = queue, on_marked
        self._facts, self._is_planned = Facts(library.db), False

    def use(self, settings: Settings) -> None:
        """Have other settings hold; `follow` does what they ask for."""
        self._is_long = settings.long_passages

    @property
    def tokens(self) -> int:
        """The most tokens that a passage may take: with long ones, most of what each of the library's models reads."""
        if not self._is_long:
            return PASSAGE_TOKENS
        return max(PASSAGE_TOKENS, int(_SHARE * min(own.max_tokens for own in self._library.models.values())))

    @property
    def is_busy(self) -> bool:
        """Whether further documents are to be marked."""
        return self._is_planned

    def follow(self) -> None:
        """Begin to have documents read again that are divided into passages of another length, or go on with it.

        They stay findable until then, each as it was.
        """
        if int(self._facts.get(_FACT) or PASSAGE_TOKENS) != self.tokens:
            with self._library.db.atomic():
                self._facts.set(_FACT, str(self.tokens))
                self._facts.set(_LEFT, str(self._library.catalogue.documents.max(initial=0)))
        self._plan()

    def _plan(self) -> None:
        if self._facts.get(_LEFT) and not self._is_planned:
            self._is_planned = True
            self._queue.put(Priority.INDEX, self._mark_some)

    def _mark_some(self) -> None:
        """Have some documents be read again, the newest first, and plan the rest."""
        self._is_planned = False
        documents = self._library.catalogue.documents
        end = int(np.searchsorted(documents, int(self._facts.get(_LEFT)), side="right"))
        portion = documents[max(end - _PORTION, 0) : end].tolist()
        with self._library.db.atomic():
            self._library.folders.read_again(portion)
            self._library.documents.outdate(portion)
            self._facts.set(_LEFT, str(portion[0] - 1) if end > _PORTION else "")
        self._plan()
        self._on_marked()
