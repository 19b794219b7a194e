"""Passages that are longer than what a model reads at once: they are cut for another one's tokens.

Each is read in parts of about the same length, and its vector is the mean of theirs: nothing of it is lost.
"""

from __future__ import annotations

import numpy as np

from bge_desktop.bge import tokenizer
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model
from bge_desktop.bge.tasks import Task
from bge_desktop.processes import Header


class LongTextsTask(Task):
    """A request to embed texts, however long those are that are no queries."""

    def __init__(self, header: Header, model: Model) -> None:
        super().__init__(header, model)
        self._parts = [[index] for index in range(len(self.token_ids))]
        if self.kind is not TextKind.QUERY:
            self._divide(header["texts"])
        self.waiting = list(range(len(self.token_ids)))
        self.vectors = np.empty((len(self.token_ids), model.dimension), np.float32)

    def answer(self) -> tuple[Header, bytes]:
        """Return the reply, once all texts have been taken."""
        if len(self._parts) < len(self.vectors):
            means = np.array([self.vectors[parts].mean(axis=0) for parts in self._parts])
            self.vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return super().answer()

    def _divide(self, texts: list[str]) -> None:
        for index, ids in enumerate(self.token_ids[:]):
            if len(ids) >= self.model.max_tokens:  # the rest, if there is any, was cut off
                first, *others = tokenizer.encode_in_parts(self.model, self.model.passage_instruction, texts[index])
                self.token_ids[index] = first
                for part in others:
                    self._parts[index].append(len(self.token_ids))
                    self.token_ids.append(part)
