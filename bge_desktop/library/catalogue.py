"""Which passage belongs to which document, and how long it is, held in memory: 36 bytes a passage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

# Their mean and deviation are within 4 % of all documents'; drawn anew when so many have come or gone.
_SAMPLE, _STALE = 500, 0.05


class Catalogue:
    """Passages and documents by id, both ascending, since ids only grow.

    Args:
        passages: [n, 3], the id of each passage, that of its document, and its number of words, by passage id.
        documents: the ids of all documents, ascending; some have no passages.
    """

    def __init__(self, passages: Ids, documents: Sequence[int]) -> None:
        self._passages: Ids = passages[:, 0].copy()
        self._owners: Ids = passages[:, 1].copy()
        self._lengths: Ids = passages[:, 2].copy()
        self._documents = np.array(documents, np.int64)
        self._rows: Ids | None = None
        self._places: NDArray[np.int32] | None = None
        self._sample: Ids = np.empty(0, np.int64)
        self._sampled_from = 0

    @property
    def documents(self) -> Ids:
        """The ids of all documents, ascending [n]."""
        return self._documents

    @property
    def passage_count(self) -> int:
        """The number of passages."""
        return len(self._passages)

    @property
    def passages(self) -> Ids:
        """The ids of all passages, ascending [n]."""
        return self._passages

    @property
    def lengths(self) -> Ids:
        """The number of words of each passage [n]."""
        return self._lengths

    @property
    def rows(self) -> Ids:
        """The document of each passage, as its row in `documents` [n]."""
        if self._rows is None:
            self._rows = np.searchsorted(self._documents, self._owners)
        return self._rows

    def count_passages_of(self, document_ids: Sequence[int]) -> int:
        """Return the number of passages of these documents together."""
        return int(np.isin(self._owners, document_ids).sum())

    def sample(self) -> Ids:
        """Return the ids of all passages of 500 documents chosen at random; of all documents, where there are fewer."""
        count = len(self._documents)
        if abs(count - self._sampled_from) > _STALE * self._sampled_from:
            rows = np.random.default_rng(0).permutation(count)[:_SAMPLE]
            self._sample, self._sampled_from = self.passages_of_rows(rows), count
        return self._sample

    def passages_per_row(self) -> Ids:
        """Return the number of passages of each document [documents]."""
        return np.bincount(self.rows, minlength=len(self._documents))

    def add(self, document_id: int, passages: Ids) -> None:
        """Add a document that is newer than all others, with its passages [n, 3], as in `Catalogue`."""
        self._documents = np.append(self._documents, document_id)
        self._passages = np.append(self._passages, passages[:, 0])
        self._owners = np.append(self._owners, passages[:, 1])
        self._lengths = np.append(self._lengths, passages[:, 2])
        self._forget()

    def remove(self, document_ids: Sequence[int]) -> Ids:
        """Remove documents; return the ids of the passages that they had."""
        gone = np.isin(self._owners, document_ids)
        passages = self._passages[gone]
        self._passages, self._owners, self._lengths = self._passages[~gone], self._owners[~gone], self._lengths[~gone]
        self._forget()
        self._documents = self._documents[~np.isin(self._documents, document_ids)]
        return passages

    def places_of_passages(self, passage_ids: Ids | NDArray[np.int32]) -> Ids:
        """Return the place of each passage in `passages`; -1 for passages that are not there."""
        if self._places is None:
            self._places = np.full(self._passages.max(initial=0) + 2, -1, np.int32)
            self._places[self._passages] = np.arange(len(self._passages))
        # a table by id, with -1 in the end for all ids beyond: looking up ten times as fast as searching
        places: Ids = self._places[np.minimum(passage_ids, len(self._places) - 1)].astype(np.int64)
        return places

    def rows_of_passages(self, passage_ids: Ids) -> Ids:
        """Return for each passage the row of its document in `documents`; -1 for passages that are not there."""
        rows: Ids = np.append(self.rows, -1)[self.places_of_passages(passage_ids)]  # the last has the place -1
        return rows

    def passages_of_rows(self, rows: Ids) -> Ids:
        """Return the ids of the passages of documents, given by their rows in `documents`."""
        is_wanted = np.zeros(len(self._documents), bool)
        is_wanted[rows] = True
        return self._passages[is_wanted[self.rows]]

    def rows_of_documents(self, document_ids: Ids) -> Ids:
        """Return the row of each document in `documents`; -1 for documents that are not there."""
        if not len(self._documents):
            return np.full(len(document_ids), -1, np.int64)
        rows = np.searchsorted(self._documents, document_ids).clip(max=len(self._documents) - 1)
        return np.where(self._documents[rows] == document_ids, rows, -1)

    def _forget(self) -> None:
        """Forget what was found out about the passages that there were."""
        self._rows = None
        self._places = None
