"""Guessing the labels of documents by what was learnt, a portion at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.ids import Ids
from bge_desktop.library.label_guesses import LEAST_CONFIDENCE
from bge_desktop.library.library import Library
from bge_desktop.understand.label_confidence import confidences
from bge_desktop.understand.spaces import Space, document_vectors, documents_in, spaces_of
from bge_desktop.worker.queue import JobQueue, Priority

_PORTION = 100  # documents, which takes some milliseconds
Guess = tuple[int, int, float]  # label, document, confidence
LabelWeights = tuple[list[int], NDArray[np.float32]]


class Guessing:
    """Looks at documents that it has not looked at yet.

    Args:
        library: whose documents.
        queue: of the worker's thread, in which everything here runs.
        on_done: called when all have been looked at, with whether anything is guessed now that was not before.
    """

    def __init__(self, library: Library, queue: JobQueue, on_done: Callable[[bool], None]) -> None:
        self._library, self._queue, self._on_done = library, queue, on_done
        self._guesses = library.labels.guesses
        self._portions: Iterator[bool] | None = None
        self._is_new = False
        self._reached = self._waiting = 0  # up to which document all were looked at, but for these passages' ones

    @property
    def is_busy(self) -> bool:
        """Whether documents are being looked at."""
        return self._portions is not None

    def begin(self) -> None:
        """Look at the documents that are new, unless this is being done already."""
        if self._portions is None and self._guesses.learnt_from:
            self._is_new, self._portions = False, self._looked_at()
            self._queue.put(Priority.INDEX, self._step)

    def begin_anew(self) -> None:
        """Look at all documents: other weights were learnt."""
        self.close()
        self._reached = 0
        self.begin()

    def close(self) -> None:
        """Stop; `begin` goes on."""
        self._portions = None

    def _step(self) -> None:
        portions, self._portions = self._portions, None
        if portions is None:
            return
        is_new = next(portions, None)
        if is_new is None:
            self._on_done(self._is_new)
            return
        self._is_new, self._portions = self._is_new or is_new, portions
        self._queue.put(Priority.INDEX, self._step)

    def _looked_at(self) -> Iterator[bool]:
        """Yield for each portion whether anything is guessed in it that was not before."""
        spaces = [(space, _weights(self._library, space)) for space in spaces_of(self._library.models)]
        reached = self._start()
        while reached < (last := self._last_document()):
            end = min(reached + _PORTION, last)
            yield self._look_between(spaces, reached, end)
            reached = end
        self._note_reached(reached)

    def _look_between(self, spaces: Sequence[tuple[Space, LabelWeights]], after: int, end: int) -> bool:
        looked_at: list[int] = []
        guesses: list[Guess] = []
        for space, (labels, weights) in spaces:
            found = documents_in(self._library.db, space, "id > ? AND id <= ?", [after, end])
            documents, vectors = document_vectors(self._library.db, space, found)
            looked_at += documents.tolist()
            guesses += _sure_enough(labels, documents, confidences(vectors, weights))
        return self._guesses.record(looked_at, guesses)

    def _start(self) -> int:
        """Return behind which document to begin: from the start of those that had passages without vectors then."""
        return self._reached if self._reached and self._waiting == self._count_waiting() else self._guesses.guessed_to

    def _note_reached(self, reached: int) -> None:
        self._reached, self._waiting = reached, self._count_waiting()
        sql = "SELECT min(document_id) FROM passages WHERE embedded = 0"
        unfinished = self._library.db.execute(sql).fetchone()[0]
        finished = reached if unfinished is None else min(reached, unfinished - 1)
        if finished != self._guesses.guessed_to:
            self._guesses.guessed_to = finished

    def _count_waiting(self) -> int:
        return int(self._library.db.execute("SELECT count(*) FROM passages WHERE embedded = 0").fetchone()[0])

    def _last_document(self) -> int:
        return int(self._library.db.execute("SELECT coalesce(max(id), 0) FROM documents").fetchone()[0])


def _weights(library: Library, space: Space) -> LabelWeights:
    """Return the labels that are known in a space [labels], and their weights [labels, dimension + 1]."""
    known = library.labels.guesses.weights(space.fingerprint, space.dimension)
    return list(known), np.array(list(known.values()), np.float32).reshape(len(known), space.dimension + 1)


def _sure_enough(labels: Sequence[int], documents: Ids, sure: NDArray[np.float32]) -> Iterator[Guess]:
    for row, column in np.argwhere(sure >= LEAST_CONFIDENCE):
        yield labels[column], int(documents[row]), float(sure[row, column])
