"""Having measured how the scores of models that come to a library are spread over its documents."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.bge.encoder import Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.sparse_vectors import SparseVectors
from bge_desktop.errors import UserError
from bge_desktop.library.library import Library
from bge_desktop.library.sparse_index import SparseIndex, scores_of
from bge_desktop.library.stored_models import LibraryModel
from bge_desktop.library.vector_index import VectorIndex
from bge_desktop.search.measuring import LEAST_DOCUMENTS, Ids, Scores, as_query, asking, measured, sample
from bge_desktop.worker.queue import JobQueue, Priority


@dataclass(frozen=True)
class _Measuring:
    """A measurement that is under way: `places` and what else `measured` takes; `lexical` grows by a query a step."""

    own: LibraryModel
    passages: Ids
    documents: Ids
    vectors: Vectors
    places: Ids
    lexical: list[Scores] = field(default_factory=list)


class Spreads:
    """Measures coming models once each, before they are put to use; later, where there were too few documents then.

    Args:
        library: whose models; what the coming ones embedded is in memory.
        encoder: what embeds the queries that are made for it.
        queue: of the worker's thread, in which everything here runs.
        on_measured: called when a model was measured.
    """

    def __init__(self, library: Library, encoder: Encoder, queue: JobQueue, on_measured: Callable[[], None]) -> None:
        self._library, self._encoder, self._queue, self._on_measured = library, encoder, queue, on_measured
        self._done: set[int] = set()
        self._under_way: int | None = None

    def are_measured(self) -> bool:
        """Return whether all is measured that can be; else it begins, where it is not under way."""
        for own in self._library.switch.coming.values():
            if not own.is_measured and own.id not in self._done:
                if self._under_way != own.id:
                    self._begin(own, self._library.switch.index(own.language))
                return own.id in self._done
        return True

    def measure_in_use(self) -> None:
        """Begin to measure a model in use that was not."""
        for language, own in self._library.vectors.in_use.items():
            if not own.is_measured and self._under_way is None:
                self._begin(own, self._library.vectors[language])

    def _begin(self, own: LibraryModel, index: VectorIndex) -> None:
        ids, vectors = index.held(self._library.catalogue.sample())
        passages, documents = sample(ids, self._library.catalogue.rows_of_passages(ids))
        if len(np.unique(documents)) < LEAST_DOCUMENTS:
            self._done.add(own.id)
            self._on_measured()
            return
        self._under_way = own.id
        begun = _Measuring(own, passages, documents, vectors[np.isin(ids, passages)], asking(passages))
        asked = passages[begun.places].tolist()
        stored = self._library.documents.by_id(asked)
        texts = [as_query(stored[number].text) for number in asked]
        self._encoder.embed_fully(own.model, texts, functools.partial(self._hand_over, begun), TextKind.QUERY)

    def _hand_over(self, begun: _Measuring, queries: Embeddings | UserError) -> None:
        """Bring the encoder's answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, begun, queries))

    def _take(self, begun: _Measuring, queries: Embeddings | UserError) -> None:
        if isinstance(queries, UserError):
            self._end(begun)
        elif queries.sparse is None:
            self._record(begun, queries.dense)
        else:
            self._compare(begun, queries.dense, queries.sparse)

    def _compare(self, begun: _Measuring, dense: Vectors, sparse: SparseVectors) -> None:
        """Compare the passages with one more query by its lexical weights, and plan the rest."""
        self._under_way = None  # should the library fail, it begins anew
        found = SparseIndex(self._library.db).search(begun.own.id, sparse[len(begun.lexical)])
        begun.lexical.append(scores_of(begun.passages, found))
        if len(begun.lexical) == len(sparse):
            self._record(begun, dense)
            return
        self._under_way = begun.own.id
        self._queue.put(Priority.INDEX, functools.partial(self._compare, begun, dense, sparse))

    def _record(self, begun: _Measuring, queries: Vectors) -> None:
        lexical = np.stack(begun.lexical) if begun.lexical else None
        spread = measured(queries, begun.places, begun.vectors, begun.documents, lexical)
        self._under_way = None
        self._library.switch.set_spread(begun.own, spread)
        self._end(begun)

    def _end(self, begun: _Measuring) -> None:
        self._under_way = None
        self._done.add(begun.own.id)
        self._on_measured()
