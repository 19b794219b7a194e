"""Embedding the passages that have no vector yet, across files, a portion at a time."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Collection, Sequence

from bge_desktop.bge.encoder import Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.script import Language
from bge_desktop.errors import TextsError, UserError
from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.library import Library
from bge_desktop.messages import ErrorReport, Event
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.rest import Rest

# The encoder makes batches of all that is under way: some hundreds of passages, sorted by length, pad next to nothing.
# In small portions, so that it never waits for the database, and that little is lost where it must be taken back.
_PORTION, _UNDER_WAY = 64, 6


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
        self._numbers = itertools.count()
        self._under_way: set[int] = set()
        self._last_sent = 0
        self._rest = Rest(queue, emit, on_embedded)
        self.embedded = 0

    @property
    def is_busy(self) -> bool:
        """Whether passages are being embedded."""
        return bool(self._under_way)

    def restart(self) -> None:
        """Look for waiting passages from the start: some that were sent have not been stored."""
        self._last_sent = 0

    def take_back(self) -> None:
        """Have nothing embedded any more of what is under way; it waits again."""
        self._encoder.drop(TextKind.PASSAGE)
        self._under_way.clear()
        self._last_sent = 0

    def pump(self, paused: Collection[int] = ()) -> None:
        """Send passages to the encoder until enough are under way, none of those in `paused` folders alone."""
        while len(self._under_way) < _UNDER_WAY and not self._rest.is_on:
            waiting = self._library.documents.to_embed(_PORTION, self._last_sent, paused)
            if waiting:
                self._last_sent = waiting[-1][0].id
                for language in {language for _, language in waiting}:
                    self._send(language, [passage for passage, own in waiting if own == language])
            elif self._under_way or not self._last_sent:
                return
            else:
                self._last_sent = 0  # look once more from the start: an old document may have come back into use

    def _send(self, language: Language, passages: Sequence[StoredPassage]) -> None:
        number = next(self._numbers)
        self._under_way.add(number)
        done = functools.partial(self._hand_over, number, language, passages)
        self._encoder.embed(language, [passage.text for passage in passages], done, TextKind.PASSAGE)

    def _hand_over(
        self, number: int, language: Language, passages: Sequence[StoredPassage], vectors: Vectors | UserError
    ) -> None:
        """Bring the encoder's answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, number, language, passages, vectors))

    def _take(
        self, number: int, language: Language, passages: Sequence[StoredPassage], vectors: Vectors | UserError
    ) -> None:
        if number not in self._under_way:
            return  # taken back, and maybe sent again since
        self._under_way.remove(number)
        try:
            self._record(language, passages, vectors)
        finally:
            self._on_embedded()

    def _record(self, language: Language, passages: Sequence[StoredPassage], vectors: Vectors | UserError) -> None:
        if isinstance(vectors, TextsError):
            self._narrow_down(language, passages, vectors)
        elif isinstance(vectors, UserError):
            self._last_sent = 0
            self._rest.begin(vectors)
        else:
            self._library.vectors.store(language, [passage.id for passage in passages], vectors)
            self.embedded += len(passages)

    def _narrow_down(self, language: Language, passages: Sequence[StoredPassage], error: UserError) -> None:
        """Embed the halves of a portion that failed each by itself, until the passage that it fails for is alone."""
        if len(passages) > 1:
            middle = len(passages) // 2
            for half in (passages[:middle], passages[middle:]):
                self._send(language, half)
            return
        # by its words it is found all the same; the next start tries it again
        self._library.documents.give_up(passages[0].id)
        self._emit(ErrorReport(error.title, error.message))
