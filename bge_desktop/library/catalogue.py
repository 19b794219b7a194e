"""Which passage belongs to which document, held in memory: 16 bytes a passage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]


class Catalogue:
    """Passages and documents by id, both ascending, since ids only grow.

    Args:
        passages: [n, 2], the id of each passage and of its document, by passage id.
        documents: the ids of all documents, ascending; some have no passages.
    """

    def __init__(self, passages: Ids, documents: Sequence[int]) -> None:
        self._passages, self._owners = passages[:, 0].copy(), passages[:, 1].copy()
        self._documents = np.array(documents, np.int64)

    @property
    def documents(self) -> Ids:
        """The ids of all documents, ascending [n]."""
        return self._documents

    @property
    def passage_count(self) -> int:
        """The number of passages."""
        return len(self._passages)

    def count_passages_of(self, document_ids: Sequence[int]) -> int:
        """Return the number of passages of these documents together."""
        return int(np.isin(self._owners, document_ids).sum())

    def add(self, document_id: int, passage_ids: Sequence[int]) -> None:
        """Add a document that is newer than all others, with its passages."""
        self._documents = np.append(self._documents, document_id)
        self._passages = np.append(self._passages, np.array(passage_ids, np.int64))
        self._owners = np.append(self._owners, np.full(len(passage_ids), document_id, np.int64))

    def remove(self, document_ids: Sequence[int]) -> Ids:
        """Remove documents; return the ids of the passages that they had."""
        gone = np.isin(self._owners, document_ids)
        passages = self._passages[gone]
        self._passages, self._owners = self._passages[~gone], self._owners[~gone]
        self._documents = self._documents[~np.isin(self._documents, document_ids)]
        return passages

    def rows_of_passages(self, passage_ids: Ids) -> Ids:
        """Return for each passage the row of its document in `documents`; -1 for passages that are not there."""
        if not len(self._passages):
            return np.full(len(passage_ids), -1, np.int64)
        at = np.searchsorted(self._passages, passage_ids).clip(max=len(self._passages) - 1)
        rows = np.searchsorted(self._documents, self._owners[at])
        return np.where(self._passages[at] == passage_ids, rows, -1)

    def passages_of_rows(self, rows: Ids) -> Ids:
        """Return the ids of the passages of documents, given by their rows in `documents`."""
        return self._passages[np.isin(self._owners, self._documents[rows])]

    def rows_of_documents(self, document_ids: Ids) -> Ids:
        """Return the row of each document in `documents`; -1 for documents that are not there."""
        if not len(self._documents):
            return np.full(len(document_ids), -1, np.int64)
        rows = np.searchsorted(self._documents, document_ids).clip(max=len(self._documents) - 1)
        return np.where(self._documents[rows] == document_ids, rows, -1)
