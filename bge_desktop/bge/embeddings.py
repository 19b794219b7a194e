"""What a model gives of texts for search: a vector of each and, if it has the layers for it, lexical weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.sparse_vectors import SparseVector, SparseVectors

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class QueryVector:
    """What a model gives of the text of one query: its normalised vector [dimension], and maybe lexical weights."""

    dense: Vectors
    sparse: SparseVector | None = None


@dataclass(frozen=True)
class Embeddings:
    """What a model gives of texts.

    Attributes:
        dense: normalised vectors [texts, dimension].
        sparse: lexical weights, where the model gives any.
    """

    dense: Vectors
    sparse: SparseVectors | None = None

    def __getitem__(self, row: int) -> QueryVector:
        """Return what there is of one text."""
        return QueryVector(self.dense[row], None if self.sparse is None else self.sparse[row])
