"""The library: what is known of a person's documents, on disk and in memory."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.models import BUNDLED, fingerprint
from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadResult
from bge_desktop.library import storage
from bge_desktop.library.catalogue import Catalogue
from bge_desktop.library.documents import Documents
from bge_desktop.library.folders import Folders
from bge_desktop.library.graph import Graph
from bge_desktop.library.vector_index import EXACT_LIMIT, VectorIndex
from bge_desktop.messages import ModelStatus


class Library:
    """A library, open for reading or, by one process at a time, for writing. Belongs to the thread that opened it.

    Args:
        folder: where it is, or is to be made.
        write: whether to take it for writing.
        exact_limit: up to how many vectors of a model are scanned rather than searched through the graph.

    Raises:
        LibraryBusyError: another process is writing to it.
        LibraryError: it cannot be made, opened or read.
    """

    def __init__(self, folder: str, *, write: bool = True, exact_limit: int = EXACT_LIMIT) -> None:
        self.folder = os.path.abspath(folder)
        self._lock = None
        if write:
            storage.make_folder(self.folder)
            self._lock = storage.lock(self.folder)
        try:
            self._open(write, exact_limit)
        except BaseException:
            self._release()
            raise

    def _open(self, write: bool, exact_limit: int) -> None:
        self.db = storage.connect(self.folder, write=write)
        self.folders, self.documents = Folders(self.db), Documents(self.db)
        with storage.readable_errors(self.folder):
            if write:
                self.folders.recover()
                self.documents.forget_changed_models()
                self.documents.refresh_words()
            self.catalogue = Catalogue(self.documents.passage_ids(), self.documents.document_ids())
            self.vectors = {language: self._load_vectors(language, exact_limit) for language in BUNDLED}

    def _load_vectors(self, language: Language, exact_limit: int) -> VectorIndex:
        model = BUNDLED[language]
        path = os.path.join(self.folder, f"vectors-{language}.hnsw")
        index = VectorIndex(path, model.dimension, fingerprint(model), exact_limit)
        index.load(*self.documents.vectors(model))
        return index

    def store(self, file_id: int, read: ReadResult) -> int:
        """Record what a file was found to hold; return the id of its document, new or known."""
        known = self.documents.find(read.hash)
        with self.db.atomic():
            document_id = known or self.documents.add(read)
            self.folders.link(file_id, document_id)
        if known is None:
            self.catalogue.add(document_id, [passage.id for passage in self.documents.passages(document_id)])
        return document_id

    def store_vectors(self, language: Language, passage_ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Record the vectors [n, dimension] of passages; those of passages that are gone are dropped."""
        stored = self.documents.store_vectors(language, passage_ids, vectors)
        rows = [index for index, number in enumerate(passage_ids) if number in set(stored)]
        # what was stored is what is searched: rounded to fp16, so that a restart changes no score
        self.vectors[language].add(np.array(stored, np.int64), vectors[rows].astype(np.float16).astype(np.float32))

    def remove_orphans(self) -> bool:
        """Remove documents that no file has any more; return whether there were any."""
        orphans = self.documents.remove_orphans()
        if orphans:
            passages = self.catalogue.remove(orphans)
            for index in self.vectors.values():
                index.remove(passages)
        return bool(orphans)

    def build_graph(self, language: Language) -> Graph:
        """Return a new graph of the stored vectors of a model, read through a connection of its own: for any thread."""
        stored = Documents(storage.connect(self.folder, write=False)).vectors(BUNDLED[language])
        return self.vectors[language].build_graph(*stored)

    def adopt_graph(self, language: Language, graph: Graph) -> None:
        """Search a model's vectors through `graph` from now on, and write its cache.

        Raises:
            LibraryError: the cache could not be written; the graph is in use all the same.
        """
        with storage.readable_errors(self.folder):
            self.vectors[language].adopt(graph, *self.documents.vectors(BUNDLED[language]))

    def model_status(self, device: str) -> tuple[ModelStatus, ...]:
        """Return the models with the number of passages that each has embedded."""
        return tuple(
            ModelStatus(model.name, device, model.dimension, len(self.vectors[language]))
            for language, model in BUNDLED.items()
        )

    def count_passages(self) -> int:
        """Return the number of passages of documents that some file has."""
        sql = "SELECT count(*) FROM passages p WHERE EXISTS (SELECT 1 FROM files f WHERE f.document_id = p.document_id)"
        return int(self.db.execute(sql).fetchone()[0])

    def bytes_on_disk(self) -> int:
        """Return the size of the library's files together."""
        with os.scandir(self.folder) as entries:
            return sum(entry.stat().st_size for entry in entries if entry.is_file())

    def close(self) -> None:
        """Write the graphs' caches, close the database and let the library go."""
        try:
            if self._lock:
                with storage.readable_errors(self.folder):
                    for index in self.vectors.values():
                        index.save()
        finally:
            self.db.close()
            self._release()

    def _release(self) -> None:
        if self._lock:
            self._lock.release()
