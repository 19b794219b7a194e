"""Embedding the passages that have no vector yet, across files, a portion at a time."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from bge_desktop.bge.encoder import Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.script import Language
from bge_desktop.errors import UserError
from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.library import Library
from bge_desktop.messages import ErrorReport, Event
from bge_desktop.worker.queue import JobQueue, Priority

# Enough passages to sort by length into full batches; two portions, so that the encoder never waits for the database.
_PORTION, _UNDER_WAY = 96, 2
_RETRY_S = 30.0


class Embedding:
    """Feeds the encoder with passages and stores their vectors.

    Args:
        library: where passages are waiting, and where to store.
        encoder: what embeds them.
        queue: of the worker's thread, in which everything here runs.
        emit: takes error reports.
        on_embedded: called after each portion.
    """

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        queue: JobQueue,
        emit: Callable[[Event], None],
        on_embedded: Callable[[], None],
    ) -> None:
        self._library, self._encoder, self._queue = library, encoder, queue
        self._emit, self._on_embedded = emit, on_embedded
        self._under_way = 0
        self._last_sent = 0
        self._is_resting = False
        self.embedded = 0

    @property
    def is_busy(self) -> bool:
        """Whether passages are being embedded."""
        return self._under_way > 0

    def restart(self) -> None:
        """Look for waiting passages from the start: some that were sent have not been stored."""
        self._last_sent = 0

    def pump(self) -> None:
        """Send passages to the encoder until enough are under way."""
        while self._under_way < _UNDER_WAY and not self._is_resting:
            waiting = self._library.documents.to_embed(_PORTION, after=self._last_sent)
            if not waiting:
                # look again from the start next time: an old document may have come back into use
                self._last_sent = 0 if not self._under_way else self._last_sent
                return
            self._last_sent = waiting[-1][0].id
            for language in {language for _, language in waiting}:
                self._send(language, [passage for passage, own in waiting if own == language])

    def _send(self, language: Language, passages: Sequence[StoredPassage]) -> None:
        self._under_way += 1
        done = functools.partial(self._hand_over, language, [passage.id for passage in passages])
        self._encoder.embed(language, [passage.text for passage in passages], done, TextKind.PASSAGE)

    def _hand_over(self, language: Language, passage_ids: list[int], vectors: Vectors | UserError) -> None:
        """Bring the encoder's answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, language, passage_ids, vectors))

    def _take(self, language: Language, passage_ids: list[int], vectors: Vectors | UserError) -> None:
        self._under_way -= 1
        if isinstance(vectors, UserError):
            self._rest(vectors)
        else:
            self._library.store_vectors(language, passage_ids, vectors)
            self.embedded += len(passage_ids)
        self._on_embedded()

    def _rest(self, error: UserError) -> None:
        """Report that the encoder fails, and try again in a while."""
        self._last_sent = 0
        if self._is_resting:
            return
        self._is_resting = True
        self._emit(ErrorReport(error.title, error.message, error.path))
        self._queue.put_later(_RETRY_S, Priority.INDEX, self._try_again)

    def _try_again(self) -> None:
        self._is_resting = False
        self._on_embedded()
