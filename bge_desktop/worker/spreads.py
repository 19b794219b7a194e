"""Having measured how the cosines of models that come to a library are spread over its documents."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np

from bge_desktop.bge.encoder import Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.errors import UserError
from bge_desktop.library.library import Library
from bge_desktop.library.spread import Spread
from bge_desktop.library.stored_models import LibraryModel
from bge_desktop.library.vector_index import VectorIndex
from bge_desktop.search.measuring import LEAST_DOCUMENTS, as_query, asking, measured, sample
from bge_desktop.worker.queue import JobQueue, Priority

_Measure = Callable[[Vectors], Spread]


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
        places = asking(passages)
        stored = self._library.documents.by_id(passages[places].tolist())
        measure = functools.partial(
            measured, places=places, vectors=vectors[np.isin(ids, passages)], documents=documents
        )
        done = functools.partial(self._hand_over, own, measure)
        texts = [as_query(stored[number].text) for number in passages[places].tolist()]
        self._encoder.embed(own.model, texts, done, TextKind.QUERY)

    def _hand_over(self, own: LibraryModel, measure: _Measure, queries: Vectors | UserError) -> None:
        """Bring the encoder's answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, own, measure, queries))

    def _take(self, own: LibraryModel, measure: _Measure, queries: Vectors | UserError) -> None:
        self._under_way = None
        self._done.add(own.id)
        if not isinstance(queries, UserError):
            self._library.switch.set_spread(own, measure(queries))
        self._on_measured()
