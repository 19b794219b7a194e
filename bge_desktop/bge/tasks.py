"""The encoder process's queue: queries before passages, and passages of several requests in one batch."""

from __future__ import annotations

import bisect
import itertools
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge import tokenizer
from bge_desktop.bge.batches import SMALL_BUDGET, next_batch, padded
from bge_desktop.bge.devices import EncoderWithHeads, TokenEncoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.m3 import Embedding
from bge_desktop.bge.m3_texts import embeddings
from bge_desktop.bge.models import Model
from bge_desktop.bge.pairs import encode_pairs
from bge_desktop.processes import Header

# What a model gives of one text: all of it where the model has heads, else its vector.
Row = NDArray[np.float32] | Embedding


class Task:
    """One embed request.

    Args:
        header: the request, as `encoder_process` describes it.
        model: that embeds its texts.

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
        self.token_ids = _encoded(header, model, self.kind)
        self.vectors = np.empty((len(self.token_ids), self.model.dimension), np.float32)
        self.waiting = list(range(len(self.token_ids)))
        self.is_alone = False

    @property
    def longest(self) -> int:
        """The most tokens that one of its waiting texts has."""
        return max(len(self.token_ids[index]) for index in self.waiting)

    @property
    def is_in_small_batches(self) -> bool:
        """Whether the next query, which the same process embeds, must hardly wait for one of its batches."""
        return self.kind is TextKind.SENTENCE

    def take(self, index: int, row: Row) -> None:
        """Take what the model gave of a text."""
        self.vectors[index] = row.dense if isinstance(row, Embedding) else row

    def answer(self) -> tuple[Header, bytes]:
        """Return the reply, once all texts have been taken."""
        return {"id": self.id, "shape": self.vectors.shape}, self.vectors.tobytes()

    def shares_with(self, other: Task) -> bool:
        """Whether texts of both may be in one batch: passages for one model, for which nobody waits."""
        is_shareable = self.kind is other.kind is TextKind.PASSAGE and not (self.is_alone or other.is_alone)
        return self is other or (is_shareable and self.model == other.model)


def _encoded(header: Header, model: Model, kind: TextKind) -> list[list[int]]:
    if kind is TextKind.PAIR and not model.has_heads:
        return encode_pairs(model, header["query"], header["texts"])
    instruction = model.instruction if kind is TextKind.QUERY else model.passage_instruction
    return tokenizer.encode(model, [instruction + text for text in header["texts"]])


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

    def padded(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the token ids and the attention mask, both [texts, length]."""
        token_ids, model = self.token_ids, self.texts[0][0].model
        return tokenizer.pad(token_ids, min(padded(len(token_ids[0])), model.max_tokens), model.padding)

    def embedded_by(self, encoder: TokenEncoder) -> Sequence[Row]:
        """Return what an encoder gives of each of the texts."""
        model = self.texts[0][0].model
        if model.has_heads:
            own = cast("EncoderWithHeads", encoder)
            return embeddings(model, self.token_ids, own.outputs(*self.padded()))
        return list(encoder.embed(*self.padded()))

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
            budget: the most tokens in a batch, padding included; some tasks take fewer.
        """
        budget = SMALL_BUDGET if first.is_in_small_batches else budget
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
