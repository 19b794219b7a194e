"""Lexical weights of texts, as BGE-M3 has them: how much each token of a text says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.int32]
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class SparseVector:
    """The tokens of one text that say anything, each once, ascending [n], and how much each says [n], over 0."""

    tokens: Tokens
    weights: Weights

    def score(self, other: SparseVector) -> float:
        """Return how alike two texts are: the sum of the products over the tokens of both."""
        _, own, others = np.intersect1d(self.tokens, other.tokens, assume_unique=True, return_indices=True)
        return float(self.weights[own] @ other.weights[others])


@dataclass(frozen=True)
class SparseVectors:
    """The sparse vectors of some texts, one behind the other.

    Attributes:
        counts: how many tokens each has [texts].
        tokens, weights: as of `SparseVector`, of all texts.
    """

    counts: NDArray[np.int64]
    tokens: Tokens
    weights: Weights

    def __len__(self) -> int:
        return len(self.counts)

    def __getitem__(self, row: int) -> SparseVector:
        """Return the vector of one text."""
        end = int(self.counts[: row + 1].sum())
        own = slice(end - int(self.counts[row]), end)
        return SparseVector(self.tokens[own], self.weights[own])

    @property
    def rows(self) -> NDArray[np.int64]:
        """The text that each token is of [tokens]."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def taken(self, rows: Sequence[int]) -> SparseVectors:
        """Return the vectors of some of the texts, in the order of `rows`."""
        return joined([self[row] for row in rows])

    def to_bytes(self) -> bytes:
        """Return tokens and weights as `from_bytes` takes them."""
        return self.tokens.tobytes() + self.weights.tobytes()

    @classmethod
    def from_bytes(cls, counts: Sequence[int], stored: bytes) -> SparseVectors:
        """Return the vectors of texts with so many tokens each."""
        total = sum(counts)
        tokens = np.frombuffer(stored, np.int32, total)
        return cls(np.array(counts, np.int64), tokens, np.frombuffer(stored, np.float32, total, tokens.nbytes))


def joined(vectors: Sequence[SparseVector]) -> SparseVectors:
    """Return the vectors of texts as one."""
    return SparseVectors(
        np.array([len(own.tokens) for own in vectors], np.int64),
        np.concatenate([np.empty(0, np.int32), *(own.tokens for own in vectors)]),
        np.concatenate([np.empty(0, np.float32), *(own.weights for own in vectors)]),
    )


def lexical_weights(token_ids: Tokens, weights: Weights, special: Tokens) -> SparseVector:
    """Return the sparse vector of a text: of each token the greatest of its weights, none of special tokens.

    Args:
        token_ids: of the text, in order [length].
        weights: of each of them, not under 0 [length].
        special: the tokens that stand for no text.
    """
    says = (weights > 0) & ~np.isin(token_ids, special)
    tokens, places = np.unique(token_ids[says], return_inverse=True)
    greatest = np.zeros(len(tokens), np.float32)
    np.maximum.at(greatest, places, weights[says])
    return SparseVector(tokens.astype(np.int32), greatest)
