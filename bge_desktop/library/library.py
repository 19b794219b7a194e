"""The library: what is known of a person's documents, on disk and in memory."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.models import BUNDLED, fingerprint
from bge_desktop.bge.script import Language
from bge_desktop.errors import LibraryError
from bge_desktop.extract.readers import READERS_VERSION, ReadFailure, ReadResult
from bge_desktop.library import storage
from bge_desktop.library.catalogue import Catalogue
from bge_desktop.library.documents import Documents
from bge_desktop.library.facts import Facts
from bge_desktop.library.folders import Folders
from bge_desktop.library.full_text import word_counts
from bge_desktop.library.graph import Graph, Ids
from bge_desktop.library.occurrences import Occurrences
from bge_desktop.library.stored_vectors import StoredVectors
from bge_desktop.library.vector_index import EXACT_LIMIT, VectorIndex
from bge_desktop.library.words import ANALYSIS_VERSION
from bge_desktop.messages import ModelStatus

# The kind of a document that stands for a file of which nothing but the name is known, and the beginning of its hash.
_UNREAD = "unread"


@contextlib.contextmanager
def reading(folder: str) -> Iterator[Library]:
    """Open a library for reading and close it in the end.

    Raises:
        LibraryError: it is not there or cannot be read, now or while it is being read.
    """
    with contextlib.closing(Library(folder, write=False)) as library, storage.readable_errors(library.folder):
        yield library


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
        self._stored_vectors, self._facts = StoredVectors(self.db), Facts(self.db)
        try:
            with storage.readable_errors(self.folder):
                if write:
                    self._bring_up_to_date()
                else:
                    self.db.begin()  # a reader sees the library as it was at one moment, whatever is written meanwhile
                self.occurrences = Occurrences(self.db)
                self.catalogue = Catalogue(word_counts(self.db), self.documents.document_ids())
                self.vectors = {language: self._load_vectors(language, exact_limit) for language in BUNDLED}
        except BaseException:
            self.db.close()
            raise

    def _bring_up_to_date(self) -> None:
        self.folders.recover()
        self.documents.retry_embedding()
        self._stored_vectors.forget_changed_models()
        if self._facts.get("analysis") != ANALYSIS_VERSION:
            with self.db.atomic():
                self.documents.refresh_words()
                self.folders.refresh_words()
                self._facts.set("analysis", ANALYSIS_VERSION)
        self.documents.signatures.add_missing()
        if self._facts.get("readers") != READERS_VERSION:
            with self.db.atomic():
                self.folders.read_again()
                self.documents.outdate()
                self._facts.set("readers", READERS_VERSION)

    def _load_vectors(self, language: Language, exact_limit: int) -> VectorIndex:
        model = BUNDLED[language]
        path = os.path.join(self.folder, f"vectors-{language}.hnsw")
        index = VectorIndex(path, model.dimension, fingerprint(model), exact_limit)
        index.load(*self._stored_vectors.all(model), self._facts.get(f"graph {language}"))
        return index

    def store(self, file_id: int, read: ReadResult) -> int | None:
        """Record what a file was found to hold; return the id of its document, new or known.

        None where the file was not read because its content was known, and is not any more: it waits to be read again.
        """
        known = self.documents.find(read.hash)
        if known is None and read.known:
            self.folders.set_state([file_id], "pending")
            return None
        with self.db.atomic():
            known = known or self.documents.renew(file_id, read)
            document_id = known or self.documents.add(read)
            self.folders.link(file_id, document_id)
        if known is None:
            self.catalogue.add(document_id, word_counts(self.db, document_id))
            self.occurrences.forget()
        return document_id

    def fail(self, file_id: int, failure: ReadFailure) -> None:
        """Record why a file could not be read. It is found by its name alone; as before where it could not be opened.

        A file that is no longer known, or has changed since and waits to be read again, is left as it is.
        """
        with self.db.atomic():
            if not self.folders.fail(file_id, failure.title, failure.message, failure.kills):
                return
            empty = ReadResult(failure.path, f"{_UNREAD} {file_id}", False, kind=_UNREAD)
            known = self.documents.find(empty.hash)  # of an earlier file of this number
            document_id = known or self.documents.add(empty)
            self.folders.name(file_id, document_id)
        if known is None:
            self.catalogue.add(document_id, word_counts(self.db, document_id))

    def retry(self, path: str) -> bool:
        """Have one file read again that failed, though it be put aside, or was read in part; return whether it was."""
        return self.folders.retry(path) or self.retry_in_part(path)

    def retry_in_part(self, path: str | None = None) -> bool:
        """Have the files read again that were read in part, or the one at `path`; return whether there are any."""
        with self.db.atomic():
            documents = self.folders.retry_in_part(path)
            self.documents.outdate(documents)
        return bool(documents)

    def store_vectors(self, language: Language, passage_ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Record the vectors [n, dimension] of passages; those of passages that are gone are dropped."""
        half = vectors.astype(np.float16)
        kept = self._stored_vectors.store(BUNDLED[language], passage_ids, half)
        # what was stored is what is searched: rounded to fp16, so that a restart changes no score
        self.vectors[language].add(np.array(passage_ids, np.int64)[kept], half[kept].astype(np.float32))

    def vectors_of(self, language: Language, passage_ids: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """Return those of the passages, ascending [n], that a model has embedded, and their vectors [n, dimension]."""
        return self.vectors[language].held(passage_ids)

    def remove_orphans(self, limit: int = -1) -> bool:
        """Remove documents that no file has any more, so many at most (-1: all); return whether there were any."""
        orphans = self.documents.remove_orphans(limit)
        if orphans:
            passages = self.catalogue.remove(orphans)
            self.occurrences.forget()
            for index in self.vectors.values():
                index.remove(passages)
        return bool(orphans)

    def build_graph(self, language: Language, is_cancelled: Callable[[], bool] = lambda: False) -> Graph:
        """Return a new graph of the stored vectors of a model, read through a connection of its own: for any thread.

        Raises:
            LibraryError: the vectors cannot be read, or memory is short.
            Cancelled: `is_cancelled` said so, now and then asked.
        """
        with contextlib.closing(storage.connect(self.folder, write=False)) as db, storage.readable_errors(self.folder):
            stored = StoredVectors(db).all(BUNDLED[language])
        try:
            return self.vectors[language].build_graph(*stored, is_cancelled)
        except (MemoryError, RuntimeError) as error:  # the latter is what hnswlib raises
            message = "The index of meanings could not be built. Close other programs; searches go on, more slowly."
            raise LibraryError("Not enough memory", message, self.folder) from error

    def adopt_graph(self, language: Language, graph: Graph) -> None:
        """Search a model's vectors through `graph` from now on, and write its cache.

        Raises:
            LibraryError: the cache could not be written; the graph is in use all the same.
        """
        with storage.readable_errors(self.folder):
            self.vectors[language].adopt(graph, *self._stored_vectors.all(BUNDLED[language]))
            self._save_graph(language)

    def _save_graph(self, language: Language) -> None:
        """Write a graph's cache, then record that it is this library's.

        In this order: after a power cut the database may be older than the cache, and ids in it mean other passages.
        """
        if self.vectors[language].is_unsaved:
            generation = secrets.token_hex(8)
            self.vectors[language].save(generation)
            self._facts.set(f"graph {language}", generation)

    def model_status(self, device: str) -> tuple[ModelStatus, ...]:
        """Return the models with the number of passages that each has embedded."""
        return tuple(
            ModelStatus(model.name, device, model.dimension, len(self.vectors[language]))
            for language, model in BUNDLED.items()
        )

    def count_passages(self) -> int:
        """Return the number of passages of documents that some file has."""
        return self.catalogue.passage_count - self.catalogue.count_passages_of(self.documents.orphans())

    def bytes_on_disk(self) -> int:
        """Return the size of the library's files together."""
        total = 0
        with os.scandir(self.folder) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):  # a cache that was being replaced
                    total += entry.stat().st_size if entry.is_file() else 0
        return total

    def close(self) -> None:
        """Write the graphs' caches, close the database and let the library go.

        Raises:
            LibraryError: a cache could not be written; the library is closed all the same.
        """
        try:
            if self._lock:
                with storage.readable_errors(self.folder):
                    for language in self.vectors:
                        self._save_graph(language)
        finally:
            self.db.close()
            self._release()

    def _release(self) -> None:
        if self._lock:
            self._lock.release()
