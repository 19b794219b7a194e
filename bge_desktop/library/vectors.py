"""The vectors of a library: stored in its database, and searched in memory by model."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.models import Model
from bge_desktop.bge.script import Language
from bge_desktop.bge.sparse_vectors import SparseVectors
from bge_desktop.errors import LibraryError
from bge_desktop.library import storage
from bge_desktop.library.facts import Facts
from bge_desktop.library.graph import Graph, description_of
from bge_desktop.library.stored_models import LibraryModel, Models
from bge_desktop.library.stored_vectors import StoredVectors
from bge_desktop.library.vector_index import VectorIndex
from bge_desktop.library.vector_table import Ids
from bge_desktop.messages import ModelStatus
from bge_desktop.own_files import clear_the_way

_PREFIX, _SUFFIX = "vectors-", ".hnsw"


@dataclass(frozen=True)
class WantedGraph:
    """A graph to be read from its cache, or to be built of passages that a model embedded.

    `discards` tells how often caches had been discarded when it was wanted: what was read before that is not kept.
    """

    model: LibraryModel
    name: str
    passages: Ids | None
    discards: int

    @property
    def language(self) -> Language:
        """The model's."""
        return self.model.language


@dataclass(frozen=True)
class MadeGraph:
    """What came of a wanted graph: none where its cache is damaged; an error where its cache could not be written."""

    graph: Graph | None
    error: LibraryError | None = None


class GraphNames:
    """The names of the graphs that belong to a library, by language, as its database knows them.

    A cache whose name it does not know was made by a later state of the library, before a power cut: ids in it mean
    other passages.
    """

    def __init__(self, db: Database) -> None:
        self._facts = Facts(db)

    def of(self, language: Language) -> list[str]:
        """Return the names, the oldest first."""
        return self._facts.get(f"graph {language}").split()

    def add(self, language: Language, name: str) -> None:
        """Record that a graph belongs to the library."""
        self._facts.set(f"graph {language}", " ".join([*self.of(language), name]))

    def remove(self, language: Language, names: Collection[str]) -> None:
        """Record that some graphs do not belong to it any more."""
        kept = [name for name in self.of(language) if name not in names]
        self._facts.set(f"graph {language}", " ".join(kept))


class Vectors(Mapping[Language, VectorIndex]):
    """The index in memory of each model, by language, in step with what is stored.

    Args:
        folder: the library's.
        db: its database.
        models: those in use, by the language of the passages that they read.
        exact_limit: up to how many vectors of a model are scanned rather than searched through graphs.

    Attributes:
        in_use: the models.
        models: what they are.
    """

    def __init__(self, folder: str, db: Database, models: Models, exact_limit: int) -> None:
        self._folder, self._db, self._exact_limit = folder, db, exact_limit
        self._use(models)
        self._names = GraphNames(db)
        self._unread = {language: self._names.of(language) for language in models}
        self._discards = 0
        self._indexes = {language: self._load(language) for language in models}

    def __getitem__(self, language: Language) -> VectorIndex:
        return self._indexes[language]

    def __iter__(self) -> Iterator[Language]:
        return iter(self._indexes)

    def __len__(self) -> int:
        return len(self._indexes)

    def _use(self, models: Models) -> None:
        self.in_use = models
        self.models: Mapping[Language, Model] = {language: own.model for language, own in models.items()}
        self._stored = StoredVectors(self._db, models)

    def empty_index(self, model: Model) -> VectorIndex:
        """Return an index for a model's vectors, without any."""
        return VectorIndex(model.dimension, self._exact_limit)

    def _load(self, language: Language) -> VectorIndex:
        index = self.empty_index(self.models[language])
        for ids, vectors in self._stored.all(language):
            index.add(ids, vectors)
        return index

    def replace(self, models: Models, indexes: Mapping[Language, VectorIndex]) -> None:
        """Have other models be in use, with their indexes for the languages of which the model is another one.

        Raises:
            LibraryError: the cache of a graph of before cannot be removed; all else is done.
        """
        self._discards += 1
        for language in indexes:
            self._unread[language] = []
        self._use(models)
        self._indexes |= indexes
        for language in indexes:
            self._forget(language, self._names.of(language))

    def store(
        self,
        language: Language,
        passage_ids: Sequence[int],
        vectors: NDArray[np.float32],
        sparse: SparseVectors | None = None,
    ) -> None:
        """Record the vectors [n, dimension] of passages; those of passages that are gone are dropped.

        `sparse` is what the model gives besides, where it gives anything.
        """
        half = vectors.astype(np.float16)
        kept = self._stored.store(language, passage_ids, half, sparse)
        self[language].add(np.array(passage_ids, np.int64)[kept], half[kept])

    def of(self, language: Language, passage_ids: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """Return those of the passages, ascending [n], that a model has embedded, and their vectors [n, dimension]."""
        return self[language].held(passage_ids)

    def forget(self, passage_ids: Ids) -> None:
        """Have passages found no more whose stored vectors were removed.

        Raises:
            LibraryError: the cache of a graph that is worn by that could not be removed.
        """
        for language, index in self.items():
            index.remove(passage_ids)
            self._give_up(language, index.worn())

    def discard_caches(self) -> None:
        """Remove the graphs' caches that hold vectors that were removed, or may.

        Raises:
            LibraryError: one cannot be removed.
        """
        self._discards += 1
        for language, index in self.items():
            self._give_up(language, index.with_removed())
            unread, self._unread[language] = self._unread[language], []
            self._forget(language, unread)

    def wanted_graph(self, language: Language) -> WantedGraph | None:
        """Return which graph of a model is wanted next; None where none is."""
        if self[language].is_large and self._unread[language]:
            return WantedGraph(self.in_use[language], self._unread[language][0], None, self._discards)
        passages = self[language].next_graph()
        if passages is None:
            return None
        return WantedGraph(self.in_use[language], secrets.token_hex(8), passages, self._discards)

    def make_graph(self, wanted: WantedGraph, is_cancelled: Callable[[], bool] = lambda: False) -> MadeGraph:
        """Read a graph, or build it and write its cache: for any thread, through a connection of its own.

        Raises:
            LibraryError: the vectors cannot be read, or memory is short.
            Cancelled: `is_cancelled` said so, now and then asked.
        """
        path, tag = self._path(wanted.language, wanted.name), graph_tag(wanted.model, wanted.name)
        if wanted.passages is None:
            return MadeGraph(Graph.read(path, tag))
        graph = self._built(wanted.model, wanted.passages, is_cancelled)
        try:
            with storage.readable_errors(self._folder):
                graph.write(path, tag)
        except LibraryError as error:
            return MadeGraph(graph, error)
        return MadeGraph(graph)

    def _built(self, model: LibraryModel, passages: Ids, is_cancelled: Callable[[], bool]) -> Graph:
        with (
            contextlib.closing(storage.connect(self._folder, write=False)) as db,
            storage.readable_errors(self._folder),
        ):
            stored = StoredVectors(db, {model.language: model}).of(model.language, passages)
        try:
            return Graph.build(*stored, is_cancelled)
        except (MemoryError, RuntimeError) as error:  # the latter is what hnswlib raises
            message = "The index of meanings could not be built. Close other programs; searches go on, more slowly."
            raise LibraryError("Not enough memory", message, self._folder) from error

    def adopt_graph(self, wanted: WantedGraph, made: MadeGraph) -> None:
        """Search through a graph from now on, if there is one.

        Raises:
            LibraryError: its cache could not be written; the graph is in use all the same.
        """
        language, name = wanted.language, wanted.name
        self._unread[language] = [own for own in self._unread[language] if own != name]
        if made.graph is None or wanted.discards != self._discards:
            self._forget(language, [name])
            return
        self[language].adopt(name, made.graph)
        if made.error:
            raise made.error
        if wanted.passages is not None:
            self._names.add(language, name)
        self._give_up(language, self[language].worn())

    def remove_strays(self) -> None:
        """Remove the graphs' files that do not belong to the library, as earlier versions made them.

        Raises:
            OSError: one cannot be removed.
        """
        paths = [self._path(language, name) for language in self for name in self._names.of(language)]
        own = {*paths, *map(description_of, paths)}
        with os.scandir(self._folder) as entries:
            strays = [
                entry.path
                for entry in entries
                if entry.name.startswith(_PREFIX) and entry.path not in own and entry.is_file(follow_symlinks=False)
            ]
        for path in strays:
            os.remove(path)

    def status(self, device: str) -> tuple[ModelStatus, ...]:
        """Return the models with the number of passages that each has embedded."""
        return tuple(
            ModelStatus(model.name, device, model.dimension, len(self[language]))
            for language, model in self.models.items()
        )

    def _give_up(self, language: Language, names: Sequence[str]) -> None:
        for name in names:
            self[language].give_up(name)
        self._forget(language, names)

    def _forget(self, language: Language, names: Sequence[str]) -> None:
        """Have graphs not belong to the library any more, and remove their caches."""
        if not names:
            return
        self._names.remove(language, names)
        with storage.readable_errors(self._folder):
            for name in names:
                path = self._path(language, name)
                for own in (path, description_of(path)):
                    clear_the_way(own)
                    with contextlib.suppress(FileNotFoundError):
                        os.remove(own)

    def _path(self, language: Language, name: str) -> str:
        return graph_path(self._folder, language, name)


def graph_path(folder: str, language: Language, name: str) -> str:
    """Return the path of a graph's cache in a library's folder."""
    return os.path.join(folder, f"{_PREFIX}{language}-{name}{_SUFFIX}")


def graph_tag(model: LibraryModel, name: str) -> str:
    """Return what a graph's cache is written with: it belongs to this library, and to a model as it is now."""
    return f"{model.fingerprint}/{name}"
