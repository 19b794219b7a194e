"""Embedding the passages that have no vector yet, across files, a portion at a time."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from typing import Protocol

from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model
from bge_desktop.bge.script import Language
from bge_desktop.errors import TextsError, UserError
from bge_desktop.library.documents import StoredPassage
from bge_desktop.messages import ErrorReport, Event
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.rest import Rest

# The encoder makes batches of all that is under way: some hundreds of passages, sorted by length, pad next to nothing.
# In small portions, so that it never waits for the database, and that little is lost where it must be taken back.
_PORTION, _UNDER_WAY = 64, 6


class Source(Protocol):
    """Passages that wait for their vectors."""

    def model(self, language: Language) -> Model:
        """Return what is to embed the passages of a language."""

    def next(self, limit: int) -> Sequence[tuple[StoredPassage, Language]]:
        """Return the next passages with their languages, so many at most; none where none is to be embedded now."""

    def restart(self) -> None:
        """Begin anew with those that are not stored."""

    def store(self, language: Language, passage_ids: Sequence[int], found: Embeddings) -> None:
        """Record what a model gave of passages; those of passages that are gone are dropped."""

    def give_up(self, passage_id: int) -> None:
        """Have a passage that cannot be embedded wait no longer."""


class Embedding:
    """Feeds the encoder with passages and stores their vectors.

    Args:
        source: where passages wait.
        encoder: what embeds them.
        queue: of the worker's thread, in which everything here runs.
        emit: takes error reports.
        on_embedded: called after each portion.
    """

    def __init__(
        self,
        source: Source,
        encoder: Encoder,
        queue: JobQueue,
        emit: Callable[[Event], None],
        on_embedded: Callable[[], None],
    ) -> None:
        self._source, self._encoder, self._queue = source, encoder, queue
        self._emit, self._on_embedded = emit, on_embedded
        self._numbers = itertools.count()
        self._under_way: set[int] = set()
        self._told: Event | None = None
        self._rest = Rest(queue, self._tell_once, on_embedded)
        self.embedded = 0

    @property
    def is_busy(self) -> bool:
        """Whether passages are being embedded."""
        return bool(self._under_way)

    @property
    def is_resting(self) -> bool:
        """Whether the encoder has failed a moment ago, and is tried again later."""
        return self._rest.is_on

    def restart(self) -> None:
        """Look for waiting passages from the start: some that were sent have not been stored."""
        self._source.restart()

    def take_back(self) -> None:
        """Have nothing embedded any more of what is under way; it waits again."""
        self._encoder.drop(TextKind.PASSAGE)
        self._under_way.clear()
        self._source.restart()

    def pump(self) -> None:
        """Send passages to the encoder until enough are under way."""
        while len(self._under_way) < _UNDER_WAY and not self._rest.is_on:
            waiting = self._source.next(_PORTION)
            if not waiting:
                return
            for language in {language for _, language in waiting}:
                self._send(language, [passage for passage, own in waiting if own == language])

    def _send(self, language: Language, passages: Sequence[StoredPassage]) -> None:
        number = next(self._numbers)
        self._under_way.add(number)
        done = functools.partial(self._hand_over, number, language, passages)
        self._encoder.embed_fully(
            self._source.model(language), [passage.text for passage in passages], done, TextKind.PASSAGE
        )

    def _hand_over(
        self, number: int, language: Language, passages: Sequence[StoredPassage], found: Embeddings | UserError
    ) -> None:
        """Bring the encoder's answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, number, language, passages, found))

    def _take(
        self, number: int, language: Language, passages: Sequence[StoredPassage], found: Embeddings | UserError
    ) -> None:
        if number not in self._under_way:
            return  # taken back, and maybe sent again since
        self._under_way.remove(number)
        try:
            self._record(language, passages, found)
        finally:
            self._on_embedded()

    def _record(self, language: Language, passages: Sequence[StoredPassage], found: Embeddings | UserError) -> None:
        if isinstance(found, TextsError):
            self._narrow_down(language, passages, found)
        elif isinstance(found, UserError):
            self._source.restart()
            self._rest.begin(found)
        else:
            self._source.store(language, [passage.id for passage in passages], found)
            self.embedded += len(passages)
            self._told = None

    def _narrow_down(self, language: Language, passages: Sequence[StoredPassage], error: UserError) -> None:
        """Embed the halves of a portion that failed each by itself, until the passage that it fails for is alone."""
        if len(passages) > 1:
            middle = len(passages) // 2
            for half in (passages[:middle], passages[middle:]):
                self._send(language, half)
            return
        self._source.give_up(passages[0].id)
        self._emit(ErrorReport(error.title, error.message))

    def _tell_once(self, report: Event) -> None:
        """Tell what is in the way, but not again with each trial: the files of a model may be gone for days."""
        if report != self._told:
            self._emit(report)
        self._told = report
