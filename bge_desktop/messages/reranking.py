"""The closer look at the best documents of a query: their passages are read together with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bge_desktop.messages.results import SearchResult


@dataclass(frozen=True)
class RerankingBegun:
    """The best documents of the newest list are being looked at more closely.

    A `Reranked` follows, unless a newer query comes before.
    """

    generation: int


@dataclass(frozen=True)
class Reranked:
    """A better order for the newest list; told anew each time that the query is asked again.

    Attributes:
        generation: of the `Search`.
        paths: of the documents that were looked at, the best first; none where that failed.
    """

    generation: int
    paths: tuple[str, ...]


RerankingEvent = RerankingBegun | Reranked


def reordered(results: Sequence[SearchResult], paths: Sequence[str]) -> tuple[SearchResult, ...]:
    """Return results with those that `paths` names in that order, among themselves; the others keep their places."""
    ranks = {path: rank for rank, path in enumerate(paths)}
    ranked = iter(sorted((own for own in results if own.path in ranks), key=lambda own: ranks[own.path]))
    return tuple(next(ranked) if own.path in ranks else own for own in results)
