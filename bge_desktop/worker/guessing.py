"""Guessing the labels of documents by what was learnt, a portion at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.ids import Ids, read_ids
from bge_desktop.library.label_guesses import LEAST_CONFIDENCE
from bge_desktop.library.library import Library
from bge_desktop.understand.label_confidence import confidences
from bge_desktop.understand.label_examples import waiting_labels
from bge_desktop.understand.spaces import Space, document_vectors, documents_in, spaces_of
from bge_desktop.worker.queue import JobQueue, Priority

_PORTION = 100  # documents, which takes some milliseconds
_LISTED = "SELECT value FROM json_each(?)"
_WAITING = "(SELECT document_id AS id FROM passages WHERE embedded = 0) WHERE id"
Guess = tuple[int, int, float]  # label, document, confidence


@dataclass(frozen=True)
class _Known:
    """What is known of the labels in a space.

    Attributes:
        space: which.
        labels: those that were learnt, by id [labels].
        weights: of those [labels, dimension + 1].
        waiting: those whose examples wait for vectors: what was guessed of them before holds until then.
    """

    space: Space
    labels: list[int]
    weights: NDArray[np.float32]
    waiting: frozenset[int]


class Guessing:
    """Looks at documents that it has not looked at yet, and at those again that waited for vectors then.

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
        self._reached = 0  # up to which document, by its id, all were looked at
        self._unfinished: set[int] = set()  # but for these, which waited for vectors

    @property
    def is_busy(self) -> bool:
        """Whether documents are being looked at."""
        return self._portions is not None

    def begin(self) -> None:
        """Look at the documents that are new, unless this is being done already."""
        if self._portions is None and self._guesses.learnt_from:
            self._is_new, self._portions = False, self._looked_at()
            self._queue.put(Priority.INDEX, self._step)

    def start_over(self) -> None:
        """Have `begin` look at all documents: other weights were learnt."""
        self.close()
        self._reached = 0
        self._unfinished.clear()

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
        spaces = [_known(self._library, space) for space in spaces_of(self._library.models)]
        self._reached = max(self._reached, self._guesses.guessed_to)
        unfinished = np.sort(np.fromiter(self._unfinished, np.int64))
        for start in range(0, len(unfinished), _PORTION):
            yield self._look_at(spaces, unfinished[start : start + _PORTION])
        while len(new := self._documents("documents WHERE id > ?", [self._reached])):
            yield self._look_at(spaces, new)
            self._reached = int(new[-1])
        for waiting in self._waiting():
            self._unfinished.update(waiting.tolist())
            yield False
        self._note_finished()

    def _look_at(self, spaces: Sequence[_Known], documents: Ids) -> bool:
        ids, is_new = json.dumps(documents.tolist()), False
        for known in spaces:
            own = documents_in(self._library.db, known.space, f"id IN ({_LISTED})", [ids])
            found, vectors = document_vectors(self._library.db, known.space, own)
            guesses = _sure_enough(known.labels, found, confidences(vectors, known.weights))
            is_new |= self._guesses.record(found.tolist(), guesses, known.waiting)
        self._unfinished.difference_update(documents.tolist())
        self._unfinished.update(self._documents(f"{_WAITING} IN ({_LISTED})", [ids]).tolist())
        return is_new

    def _waiting(self) -> Iterator[Ids]:
        """Yield, a portion at a time, the documents that wait, even if they had vectors when they were looked at."""
        after = 0
        while len(found := self._documents(f"{_WAITING} BETWEEN ? AND ?", [after + 1, self._reached])):
            yield found
            after = int(found[-1])

    def _documents(self, rows: str, values: Sequence[object]) -> Ids:
        """Return the first documents of some rows, by their ids, ascending, as many as a portion has."""
        return read_ids(self._library.db, f"SELECT DISTINCT id FROM {rows} ORDER BY id LIMIT {_PORTION}", values)

    def _note_finished(self) -> None:
        finished = min(self._reached, min(self._unfinished, default=self._reached + 1) - 1)
        if finished != self._guesses.guessed_to:
            self._guesses.guessed_to = finished


def _known(library: Library, space: Space) -> _Known:
    known = library.labels.guesses.weights(space.fingerprint, space.dimension)
    weights = np.array(list(known.values()), np.float32).reshape(len(known), space.dimension + 1)
    return _Known(space, list(known), weights, waiting_labels(library.db, space) - known.keys())


def _sure_enough(labels: Sequence[int], documents: Ids, sure: NDArray[np.float32]) -> Iterator[Guess]:
    for row, column in np.argwhere(sure >= LEAST_CONFIDENCE):
        yield labels[column], int(documents[row]), float(sure[row, column])
