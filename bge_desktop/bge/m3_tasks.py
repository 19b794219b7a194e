"""What is asked of a model with heads: passages and queries with their lexical weights, and scores by multi-vectors."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from bge_desktop.bge import tokenizer
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.long_texts import LongTextsTask
from bge_desktop.bge.m3 import Embedding
from bge_desktop.bge.models import Model
from bge_desktop.bge.sparse_vectors import SparseVector, joined
from bge_desktop.bge.tasks import Row, Task
from bge_desktop.processes import Header

_LONGEST = 512  # tokens that are scored: the next query waits for those of one passage
_KEPT = 4  # queries: the one in hand, and those that were typed on the way to it


class RecentQueries:
    """What a model gave of the last few queries: their passages are scored after they have been searched for."""

    def __init__(self) -> None:
        self._embeddings: OrderedDict[tuple[Model, str], Embedding] = OrderedDict()

    def add(self, model: Model, query: str, embedding: Embedding) -> None:
        """Keep what a model gave of a query."""
        self._embeddings[model, query] = embedding
        while len(self._embeddings) > _KEPT:
            self._embeddings.popitem(last=False)

    def get(self, model: Model, query: str) -> Embedding | None:
        """Return what a model gave of a query, if that is still known."""
        return self._embeddings.get((model, query))


class HybridTask(Task):
    """A request for dense vectors and lexical weights; `queries` takes those of queries whole."""

    def __init__(self, header: Header, model: Model, queries: RecentQueries) -> None:
        super().__init__(header, model)
        self._texts, self._queries = header["texts"], queries
        self._sparse: dict[int, SparseVector] = {}

    def take(self, index: int, row: Row) -> None:
        """Take what the model gave of a text."""
        super().take(index, row)
        assert isinstance(row, Embedding)
        self._sparse[index] = row.sparse
        if self.kind is TextKind.QUERY:
            self._queries.add(self.model, self._texts[index], row)

    def answer(self) -> tuple[Header, bytes]:
        """Return the reply."""
        header, dense = super().answer()
        sparse = joined([self._sparse[index] for index in range(len(self.vectors))])
        return {**header, "counts": sparse.counts.tolist()}, dense + sparse.to_bytes()


class MultiVectorTask(Task):
    """A request to score passages for a query by all three of the model's scores.

    The query is embedded as the first of the texts, unless it has been lately. Of passages as long as documents, the
    beginning is scored.
    """

    def __init__(self, header: Header, model: Model, queries: RecentQueries) -> None:
        query: str = header["query"]
        self._query = queries.get(model, query) if header["texts"] else None
        self._passages: dict[int, Embedding] = {}
        is_new = bool(header["texts"]) and self._query is None
        super().__init__({**header, "texts": [query, *header["texts"]] if is_new else header["texts"]}, model)
        if is_new:
            [self.token_ids[0]] = tokenizer.encode(model, [model.instruction + query])
        self.token_ids = [ids if len(ids) <= _LONGEST else [*ids[: _LONGEST - 1], ids[-1]] for ids in self.token_ids]

    @property
    def is_in_small_batches(self) -> bool:
        """Whether the next query must hardly wait for one of its batches: it does."""
        return True

    def take(self, index: int, row: Row) -> None:
        """Take what the model gave of a text."""
        assert isinstance(row, Embedding)
        self._passages[index] = row

    def answer(self) -> tuple[Header, bytes]:
        """Return the reply: the scores [passages, 1]."""
        texts = [self._passages[index] for index in range(len(self.token_ids))]
        query = self._query or (texts.pop(0) if texts else None)
        scores = np.array([[query.score(passage)] for passage in texts if query], np.float32).reshape(-1, 1)
        return {"id": self.id, "shape": scores.shape}, scores.tobytes()


def task_of(header: Header, model: Model, queries: RecentQueries) -> Task:
    """Return the task that a request asks for."""
    if not model.has_heads:
        return Task(header, model) if model.is_reranker else LongTextsTask(header, model)
    if header["op"] == "score":
        return MultiVectorTask(header, model, queries)
    return HybridTask(header, model, queries) if header.get("sparse") else Task(header, model)
