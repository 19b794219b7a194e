"""The vectors of a library: stored in its database, and searched in memory by model."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.models import BUNDLED, fingerprint
from bge_desktop.bge.script import Language
from bge_desktop.errors import LibraryError
from bge_desktop.library import storage
from bge_desktop.library.facts import Facts
from bge_desktop.library.graph import Graph, Ids
from bge_desktop.library.stored_vectors import StoredVectors
from bge_desktop.library.vector_index import VectorIndex
from bge_desktop.messages import ModelStatus


class Vectors(Mapping[Language, VectorIndex]):
    """The index in memory of each model, by language, in step with what is stored.

    Args:
        folder: the library's.
        db: its database.
        exact_limit: up to how many vectors of a model are scanned rather than searched through the graph.
    """

    def __init__(self, folder: str, db: Database, exact_limit: int) -> None:
        self._folder = folder
        self._stored, self._facts = StoredVectors(db), Facts(db)
        self._indexes = {language: self._load(language, exact_limit) for language in BUNDLED}

    def __getitem__(self, language: Language) -> VectorIndex:
        return self._indexes[language]

    def __iter__(self) -> Iterator[Language]:
        return iter(self._indexes)

    def __len__(self) -> int:
        return len(self._indexes)

    def _load(self, language: Language, exact_limit: int) -> VectorIndex:
        model = BUNDLED[language]
        path = os.path.join(self._folder, f"vectors-{language}.hnsw")
        index = VectorIndex(path, model.dimension, fingerprint(model), exact_limit)
        index.load(*self._stored.all(model), self._facts.get(f"graph {language}"))
        return index

    def store(self, language: Language, passage_ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Record the vectors [n, dimension] of passages; those of passages that are gone are dropped."""
        half = vectors.astype(np.float16)
        kept = self._stored.store(BUNDLED[language], passage_ids, half)
        # what was stored is what is searched: rounded to fp16, so that a restart changes no score
        self[language].add(np.array(passage_ids, np.int64)[kept], half[kept].astype(np.float32))

    def of(self, language: Language, passage_ids: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """Return those of the passages, ascending [n], that a model has embedded, and their vectors [n, dimension]."""
        return self[language].held(passage_ids)

    def forget(self, passage_ids: Ids) -> None:
        """Have passages found no more whose stored vectors were removed."""
        for index in self.values():
            index.remove(passage_ids)

    def discard_caches(self) -> None:
        """Remove the graphs' caches that may hold vectors that were removed.

        Raises:
            OSError: one cannot be removed.
        """
        for index in self.values():
            index.discard_cache()

    def build_graph(self, language: Language, is_cancelled: Callable[[], bool] = lambda: False) -> Graph:
        """Return a new graph of the stored vectors of a model, read through a connection of its own: for any thread.

        Raises:
            LibraryError: the vectors cannot be read, or memory is short.
            Cancelled: `is_cancelled` said so, now and then asked.
        """
        with (
            contextlib.closing(storage.connect(self._folder, write=False)) as db,
            storage.readable_errors(self._folder),
        ):
            stored = StoredVectors(db).all(BUNDLED[language])
        try:
            return self[language].build_graph(*stored, is_cancelled)
        except (MemoryError, RuntimeError) as error:  # the latter is what hnswlib raises
            message = "The index of meanings could not be built. Close other programs; searches go on, more slowly."
            raise LibraryError("Not enough memory", message, self._folder) from error

    def adopt_graph(self, language: Language, graph: Graph) -> None:
        """Search a model's vectors through `graph` from now on, and write its cache.

        Raises:
            LibraryError: the cache could not be written; the graph is in use all the same.
        """
        with storage.readable_errors(self._folder):
            self[language].adopt(graph, *self._stored.all(BUNDLED[language]))
            self._save_graph(language)

    def save_graphs(self) -> None:
        """Write the graphs' caches that are not as the graphs are.

        Raises:
            OSError: one could not be written.
        """
        for language in self:
            self._save_graph(language)

    def _save_graph(self, language: Language) -> None:
        """Write a graph's cache, then record that it is this library's.

        In this order: after a power cut the database may be older than the cache, and ids in it mean other passages.
        """
        if self[language].is_unsaved:
            generation = secrets.token_hex(8)
            self[language].save(generation)
            self._facts.set(f"graph {language}", generation)

    def status(self, device: str) -> tuple[ModelStatus, ...]:
        """Return the models with the number of passages that each has embedded."""
        return tuple(
            ModelStatus(model.name, device, model.dimension, len(self[language])) for language, model in BUNDLED.items()
        )
