"""The encoder process's queue: queries before passages, and passages of several requests in one batch."""

from __future__ import annotations

import bisect
import itertools
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bge_desktop.bge import tokenizer
from bge_desktop.bge.batches import SMALL_BUDGET, next_batch
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model
from bge_desktop.processes import Header


class Task:
    """One embed request.

    Args:
        header: the request, as `encoder_process` describes it.
        model: that of its language.

    Attributes:
        token_ids: of its texts.
        vectors: of its texts, [texts, dimension], so far.
        waiting: the texts, as indices, that are in no batch yet.
        is_alone: whether its texts share no batch with another's: one of them has failed.
    """

    def __init__(self, header: Header, model: Model) -> None:
        self.id: int = header["id"]
        self.model = model
        self.kind = TextKind(header["kind"])
        instruction = self.model.instruction if self.kind is TextKind.QUERY else ""
        self.token_ids = tokenizer.encode(self.model, [instruction + text for text in header["texts"]])
        self.vectors = np.empty((len(self.token_ids), self.model.dimension), np.float32)
        self.waiting = list(range(len(self.token_ids)))
        self.is_alone = False

    @property
    def longest(self) -> int:
        """The most tokens that one of its waiting texts has."""
        return max(len(self.token_ids[index]) for index in self.waiting)

    def shares_with(self, other: Task) -> bool:
        """Whether texts of both may be in one batch: passages of one language, for which nobody waits."""
        is_shareable = self.kind is other.kind is TextKind.PASSAGE and not (self.is_alone or other.is_alone)
        return self is other or (is_shareable and self.model is other.model)


@dataclass(frozen=True)
class Batch:
    """Texts that are embedded together, each as its task and its index there."""

    texts: Sequence[tuple[Task, int]]

    @property
    def tasks(self) -> Collection[Task]:
        """Those that the texts are of."""
        return {task.id: task for task, _ in self.texts}.values()

    @property
    def token_ids(self) -> list[list[int]]:
        """Of the texts, the longest first."""
        return [task.token_ids[index] for task, index in self.texts]

    def put_back(self) -> None:
        """Have the texts wait again."""
        for task, index in self.texts:
            task.waiting.append(index)


class Tasks:
    """The queue: queries before passages, and no passages while they are held.

    All methods may be called from any thread, but `first` and `batch`, which are of the one that embeds.
    """

    def __init__(self) -> None:
        self._queue: list[Task] = []
        self._changed = threading.Condition()
        self._held_until = 0.0
        self._closed = False

    def put(self, task: Task) -> None:
        """Add a task; among those of one kind the oldest comes first."""
        with self._changed:
            bisect.insort_right(self._queue, task, key=lambda own: own.kind.priority)
            self._changed.notify()

    def hold(self, seconds: float) -> None:
        """Let no passages run for so long."""
        with self._changed:
            self._held_until = time.monotonic() + seconds

    def close(self) -> None:
        """Have `first` return None from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def first(self) -> Task | None:
        """Wait for a task that may run now and return it, leaving it in the queue; None when closed."""
        with self._changed:
            while not self._closed:
                held = max(0.0, self._held_until - time.monotonic())
                if self._queue and not (held and self._queue[0].kind is TextKind.PASSAGE):
                    return self._queue[0]
                self._changed.wait(held or None)
            return None

    def batch(self, first: Task, budget: int) -> Batch:
        """Return the longest text of a task with those, of all tasks that share with it, that fit it best.

        They no longer wait.

        Args:
            first: a task whose turn it is.
            budget: the most tokens in a batch, padding included; sentences take fewer.
        """
        budget = SMALL_BUDGET if first.kind is TextKind.SENTENCE else budget
        with self._changed:
            sharing = [first, *(own for own in self._queue if own is not first and own.shares_with(first))]
        texts = list(itertools.chain.from_iterable(((task, index) for index in task.waiting) for task in sharing))
        lengths = [len(task.token_ids[index]) for task, index in texts]
        chosen = Batch([texts[number] for number in next_batch(lengths, first.longest, budget)])
        for task, index in chosen.texts:
            task.waiting.remove(index)
        return chosen

    def drop(self, ids: Collection[int]) -> None:
        """Forget tasks."""
        with self._changed:
            self._queue = [task for task in self._queue if task.id not in ids]
