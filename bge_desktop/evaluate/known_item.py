"""Known-item evaluation on one's own library: each query has one file that answers it; how high does it rank?"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass

from bge_desktop.bge.encoder import Encoder
from bge_desktop.errors import RequestError
from bge_desktop.library.library import Library
from bge_desktop.messages import Mode, SearchResult
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.searcher import Searcher

_DEPTH = 10


@dataclass(frozen=True)
class KnownItem:
    """A query, and the name of the file that answers it."""

    query: str
    file_name: str


@dataclass(frozen=True)
class Metrics:
    """Means over the queries, 0 to 1.

    With one right answer, at rank r of the best ten (r is infinite beyond them),
    nDCG@10 is 1 / log2(r + 1) (Järvelin and Kekäläinen 2002), MRR@10 is 1 / r, recall@10 is 1 where r <= 10.
    """

    ndcg: float
    mrr: float
    recall: float

    @classmethod
    def of(cls, ranks: Sequence[int | None]) -> Metrics:
        """Return the means for the ranks of the right answers, None for one that is not among the ten."""
        found = [rank for rank in ranks if rank is not None]
        total = max(len(ranks), 1)
        return cls(
            ndcg=math.fsum(1 / math.log2(rank + 1) for rank in found) / total,
            mrr=math.fsum(1 / rank for rank in found) / total,
            recall=len(found) / total,
        )


def read_queries(path: str) -> list[KnownItem]:
    """Read lines of a query, a tab and a file name; empty lines are passed over.

    Raises:
        RequestError: the file cannot be read, a line has another form, or there is none.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = file.read().splitlines()
    except OSError as error:
        raise RequestError("Queries cannot be read", f"The system says: {error.strerror}.", path) from error
    except UnicodeDecodeError as error:
        raise RequestError("Queries cannot be read", "The file is not UTF-8 text. Save it as UTF-8.", path) from error
    items = [_item(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]
    if not items:
        raise RequestError("No queries", "Each line must have a query, a tab, and a file name.", path)
    return items


def _item(line: str, number: int, path: str) -> KnownItem:
    query, tab, name = line.partition("\t")
    if not tab or not query.strip() or not name.strip() or "\t" in name:
        message = f"Line {number} must be a query, a tab, and a file name."
        raise RequestError("Queries cannot be read", message, path)
    return KnownItem(query.strip(), name.strip())


def evaluate(library: Library, encoder: Encoder, items: Sequence[KnownItem]) -> dict[Mode, Metrics]:
    """Return the metrics of each mode of search.

    Raises:
        EncoderError: the queries cannot be embedded.
    """
    queries = [understood(item.query) for item in items]
    vectors = query_vectors(library, encoder, [query.text for query in queries])
    searcher = Searcher(library)
    ranks: dict[Mode, list[int | None]] = {mode: [] for mode in Mode}
    for item, query, own in zip(items, queries, vectors, strict=True):
        for mode in Mode:
            results = searcher.search(query, own, _DEPTH, mode).results
            ranks[mode].append(rank_of(item.file_name, results))
    return {mode: Metrics.of(ranks[mode]) for mode in Mode}


def rank_of(file_name: str, results: Sequence[SearchResult]) -> int | None:
    """Return the rank, from 1, of the first result that stands in a file of this name; None without one."""
    for rank, result in enumerate(results, 1):
        if any(os.path.basename(path) == file_name for path in (result.path, *result.copies)):
            return rank
    return None
