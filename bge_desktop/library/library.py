"""The library: what is known of a person's documents, on disk and in memory."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from sqlite_utils import Database

from bge_desktop.bge.models import Model
from bge_desktop.bge.script import Language
from bge_desktop.errors import LibraryDamagedError
from bge_desktop.extract.readers import READERS_VERSION, ReadFailure, ReadResult
from bge_desktop.library import storage
from bge_desktop.library.catalogue import Catalogue
from bge_desktop.library.damage import check
from bge_desktop.library.documents import AddedDocuments, Documents
from bge_desktop.library.facts import Facts
from bge_desktop.library.failures import Failures
from bge_desktop.library.folders import Folder, Folders
from bge_desktop.library.full_text import word_counts
from bge_desktop.library.kept_list import KeptList
from bge_desktop.library.labels import Labels
from bge_desktop.library.occurrences import Occurrences, most_kept
from bge_desktop.library.opening import open_for_writing
from bge_desktop.library.pauses import Pauses
from bge_desktop.library.repair import remove_copies
from bge_desktop.library.stored_models import StoredModels
from bge_desktop.library.switch import Switch
from bge_desktop.library.tidying import Tidying
from bge_desktop.library.topics import TopicTables
from bge_desktop.library.vector_index import EXACT_LIMIT
from bge_desktop.library.vectors import Vectors
from bge_desktop.library.words import ANALYSIS_VERSION

# The kind of a document that stands for a file of which nothing but the name is known, and the beginning of its hash.
_UNREAD = "unread"
# To forget so many files takes as long as to remove one document.
_FILES_PER_DOCUMENT = 5


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
        exact_limit: up to how many vectors of a model are scanned rather than searched through graphs.

    Raises:
        LibraryBusyError: another process is writing to it.
        LibraryDamagedError: it is damaged, and was opened for reading.
        LibraryError: it cannot be made, opened or read.

    Attributes:
        notice: what was repaired when it was opened for writing, in words for a person; "" where nothing was.
        wants_check: whether it is time for `check`.
        vectors: of its passages, by the models in use.
        switch: the change to other models, where one goes on.
    """

    def __init__(self, folder: str, *, write: bool = True, exact_limit: int = EXACT_LIMIT) -> None:
        self.folder = os.path.abspath(folder)
        self._lock = None
        self.notice, self.wants_check = "", False
        if write:
            storage.make_folder(self.folder)
        storage.refuse_newer(self.folder)
        if write:
            self._lock = storage.lock(self.folder)
        try:
            self._open_whole(write, exact_limit)
        except BaseException:
            self._release()
            raise

    def _open_whole(self, write: bool, exact_limit: int) -> None:
        try:
            self._open(write, exact_limit)
        except LibraryDamagedError:
            if not write:
                raise
            with storage.readable_errors(self.folder):
                self._record.note_damaged()
            self._open(write, exact_limit)

    def _open(self, write: bool, exact_limit: int) -> None:
        self.db = self._opened_for_writing() if write else storage.connect(self.folder, write=False)
        self.folders, self.failures, self.documents = Folders(self.db), Failures(self.db), Documents(self.db)
        self.pauses, self.labels = Pauses(self.db), Labels(self.db)
        self.tidying, self.topics = Tidying(self.db), TopicTables(self.db)
        self._facts = Facts(self.db)
        try:
            with storage.readable_errors(self.folder):
                if write:
                    self._bring_up_to_date()
                else:
                    self.db.begin()  # a reader sees the library as it was at one moment, whatever is written meanwhile
                self.catalogue = Catalogue(word_counts(self.db), self.documents.document_ids())
                self.occurrences = Occurrences(self.db, most_kept(self.catalogue.passage_count))
                self.vectors = Vectors(self.folder, self.db, StoredModels(self.db).current(), exact_limit)
                self.switch = Switch(self.db, self.documents, self.vectors)
                if write:
                    self.vectors.remove_strays()
        except BaseException:
            self.db.close()
            raise

    @property
    def models(self) -> Mapping[Language, Model]:
        """What embeds its passages and the queries, by the language of the passages."""
        return self.vectors.models

    def _opened_for_writing(self) -> Database:
        opened = open_for_writing(self.folder)
        self._record, self.notice, self.wants_check = opened.record, opened.notice, opened.wants_check
        return opened.db

    def _bring_up_to_date(self) -> None:
        self.folders.recover()
        self.documents.retry_embedding()
        StoredModels(self.db).bring_up_to_date()
        if self._facts.get("analysis") != ANALYSIS_VERSION:
            with self.db.atomic():
                self.documents.refresh_words()
                self.folders.refresh_words()
                self._facts.set("analysis", ANALYSIS_VERSION)
        self.documents.add_missing_signatures()
        if self._facts.get("readers") != READERS_VERSION:
            with self.db.atomic():
                self.failures.retry_all()
                self.folders.read_again()
                self.documents.outdate()
                self._facts.set("readers", READERS_VERSION)
        storage.lay_out_anew(self.db)
        self.keep_list()

    def keep_list(self) -> None:
        """Copy the list of folders to a file beside the database, where it has changed.

        Raises:
            LibraryError: it cannot be written.
        """
        with storage.readable_errors(self.folder):
            KeptList(self.folder).write(self.db)

    def check(self, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """Look whether the library is whole, through a connection of its own: for any thread.

        Raises:
            LibraryDamagedError: it is not: see `condemn`.
            LibraryError: it cannot be read.
        """
        with contextlib.closing(storage.connect(self.folder, write=False)) as db, storage.readable_errors(self.folder):
            check(db, self.folder, is_cancelled=is_cancelled)

    def note_checked(self) -> None:
        """Record that `check` found the library whole."""
        self.wants_check = False
        self._record.note_checked()

    def condemn(self) -> None:
        """Close a library that is damaged: when it is opened for writing again, what is readable is saved.

        Raises:
            LibraryError: this could not be recorded; the library is closed all the same.
        """
        try:
            with storage.readable_errors(self.folder):
                self._record.note_damaged()
        finally:
            self.db.close()
            self._release()

    def store(self, file_id: int, read: ReadResult) -> int | None:
        """Record what a file was found to hold, as `store_all`."""
        return self.store_all([(file_id, read)])[0]

    def store_all(self, found: Sequence[tuple[int, ReadResult]]) -> list[int | None]:
        """Record what files were found to hold, all or nothing; return the ids of their documents, new or known.

        None where a file was not read because its content was known, and is not any more: it waits to be read again.
        """
        with self.db.atomic():
            known = self.documents.find_all([read.hash for _, read in found])
            known |= self.documents.renew_all([(file_id, read) for file_id, read in found if read.hash not in known])
            new = {read.hash: read for _, read in found if not (read.known or read.hash in known)}
            added = self.documents.add(list(new.values()))
            known |= zip(new, added.ids, strict=True)
            self.folders.link([(file_id, known[read.hash]) for file_id, read in found if read.hash in known])
            self.folders.set_state([file_id for file_id, read in found if read.hash not in known], "pending")
        self._note_added(added)
        return [known.get(read.hash) for _, read in found]

    def _note_added(self, added: AddedDocuments) -> None:
        """Take documents that were added last into what is known of all in memory."""
        if not added.ids:
            return
        counts = word_counts(self.db, since=added.ids[0])
        for document_id in added.ids:
            self.catalogue.add(document_id, counts[counts[:, 1] == document_id])
        self.occurrences.add(added.words)

    def fail(self, file_id: int, failure: ReadFailure) -> None:
        """Record why a file could not be read. It is found by its name alone; as before where it could not be opened.

        A file that is no longer known, or has changed since and waits to be read again, is left as it is.
        """
        with self.db.atomic():
            if not self.failures.record(file_id, failure):
                return
            empty = ReadResult(failure.path, f"{_UNREAD} {file_id}", False, kind=_UNREAD)
            known = self.documents.find(empty.hash)  # of an earlier file of this number
            added = AddedDocuments() if known else self.documents.add([empty])
            self.folders.name([(file_id, known or added.ids[0])])
        self._note_added(added)

    def retry(self, path: str) -> bool:
        """Have one file read again that failed, though it be put aside, or was read in part; return whether it was."""
        return self.failures.retry(path) or self.retry_in_part(path)

    def retry_in_part(self, path: str | None = None) -> bool:
        """Have the files read again that were read in part, or the one at `path`; return whether there are any."""
        with self.db.atomic():
            documents = self.failures.retry_in_part(path)
            self.documents.outdate(documents)
        return bool(documents)

    def remove_folder(self, folder: Folder) -> None:
        """Forget a folder. Its files and their documents go by `remove_orphans`, and what then remains by `tidy`."""
        with self.db.atomic():
            self.folders.remove(folder)
            self.topics.outdate()
            self.tidying.ask()

    def tidy(self) -> Iterator[None]:
        """Make nothing remain of what was removed, a small portion with each step.

        Raises:
            LibraryError: a file could not be removed.
        """
        with storage.readable_errors(self.folder):
            if self.tidying.is_asked:
                remove_copies(self.folder)
                self.vectors.discard_caches()
            yield from self.tidying.portions()

    def remove_orphans(self, limit: int = -1, seconds: float = math.inf, among: Collection[int] | None = None) -> bool:
        """Remove what belongs to no folder any more, so much at most; return whether there was any.

        First the files of folders that were removed, then documents, as `Documents.remove_orphans`.
        """
        if self.folders.remove_files_of_removed(_FILES_PER_DOCUMENT * limit) and limit >= 0:
            return True
        with self.db.atomic():
            orphans = self.documents.remove_orphans(limit, seconds, among)
            if orphans:
                self.tidying.note_removal()
        if orphans:
            passages = self.catalogue.remove(orphans)
            self.occurrences.remove(passages)
            self.vectors.forget(passages)
            self.switch.forget(passages)
        return bool(orphans)

    def count_passages(self) -> int:
        """Return the number of passages of documents that some file has."""
        return self.catalogue.passage_count - self.catalogue.count_passages_of(self.documents.orphans())

    def bytes_on_disk(self) -> int:
        """Return the size of the library's files together."""
        return storage.bytes_in(self.folder)

    def close(self) -> None:
        """Close the database and let the library go.

        Raises:
            LibraryError: it could not be recorded as closed; it is closed all the same.
        """
        try:
            if self._lock:
                with storage.readable_errors(self.folder):
                    self._record.note_closing()
                    self.keep_list()
                    self.db.close()  # which brings all that is in the log into the database
                    self._record.note_closed()
        finally:
            self.db.close()
            self._release()

    def _release(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None
