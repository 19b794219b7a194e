"""Known-item evaluation on one's own library: each query has one file that answers it; how high does it rank?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.scoring import Scorer
from bge_desktop.errors import RequestError
from bge_desktop.evaluate.bootstrap import Interval, paired_bootstrap
from bge_desktop.evaluate.metrics import DEPTH, METRICS, Ranks
from bge_desktop.evaluate.ranking_settings import RankingSettings
from bge_desktop.evaluate.reranked import reranked
from bge_desktop.evaluate.text_file import read_text
from bge_desktop.library.library import Library
from bge_desktop.search.fusion import HYBRID
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.ranking import Ids, Ranking
from bge_desktop.search.searcher import Searcher

RERANKED = "reranked"
_TITLE = "Queries cannot be read"


@dataclass(frozen=True)
class KnownItem:
    """A query, and the name of the file that answers it."""

    query: str
    file_name: str


@dataclass(frozen=True)
class Difference:
    """By how much one ranking is better than another in one metric."""

    metric: str
    of: str
    over: str
    interval: Interval


def read_queries(path: str) -> list[KnownItem]:
    """Read lines of a query, a tab and a file name; empty lines are passed over.

    Raises:
        RequestError: the file cannot be read, a line has another form, or there is none.
    """
    lines = read_text(path, _TITLE).splitlines()
    items = [_item(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]
    if not items:
        raise RequestError("No queries", "Each line must have a query, a tab, and a file name.", path)
    return items


def _item(line: str, number: int, path: str) -> KnownItem:
    query, tab, name = line.partition("\t")
    if not tab or not query.strip() or not name.strip() or "\t" in name:
        raise RequestError(_TITLE, f"Line {number} must be a query, a tab, and a file name.", path)
    return KnownItem(query.strip(), name.strip())


def evaluate(
    library: Library,
    encoder: Encoder,
    items: Sequence[KnownItem],
    rankings: Mapping[str, RankingSettings],
    scorer: Scorer | None = None,
    on_query: Callable[[], object] = lambda: None,
) -> dict[str, Ranks]:
    """Return the ranks of the right answers, in the order of the queries, for each way to rank, by its name.

    A document counts once, whatever copies of it there are. Near duplicates are other documents: the one that is asked
    for must be found itself, wherever the list that is shown would fold it.

    Args:
        library: where to search.
        encoder: what embeds the queries, all of them before the first is ranked.
        items: the queries.
        rankings: the ways to rank, by name.
        scorer: what puts the best of the shipped ranking in a better order, measured as `RERANKED`; None for nothing.
        on_query: is called after each query.

    Raises:
        EncoderError: the queries cannot be embedded, or passages not be scored.
    """
    queries = [understood(item.query) for item in items]
    searcher, answers = Searcher(library), _Answers(library)
    words = [searcher.words(query) for query in queries]
    texts = [own.put_right(query.text) for query, own in zip(queries, words, strict=True)]
    vectors = query_vectors(library, encoder, texts)
    names = [*rankings, *([RERANKED] if scorer else [])]
    ranks = {name: np.full(len(items), math.inf) for name in names}
    for place, item in enumerate(items):
        # scored once for all ways to weigh it
        ranking = Ranking(library, queries[place], words[place], vectors[place], HYBRID)
        for name, settings in rankings.items():
            ranks[name][place] = answers.rank(settings.order(ranking), item.file_name)
        if scorer:
            order = reranked(library, ranking, texts[place], answers.with_files(ranking.order()), scorer)
            ranks[RERANKED][place] = answers.rank(order, item.file_name)
        on_query()
    return ranks


class _Answers:
    """The documents of a library by the names of their files."""

    def __init__(self, library: Library) -> None:
        self._named = {
            name: library.catalogue.rows_of_documents(np.array(documents, np.int64))
            for name, documents in library.folders.documents_by_name().items()
        }
        # without a file, a document is not shown: it waits to be removed
        self._has_file = np.zeros(len(library.catalogue.documents), bool)
        for rows in self._named.values():
            self._has_file[rows] = True

    def with_files(self, order: Ids) -> Ids:
        """Return those of some documents, by row, that are shown."""
        return order[self._has_file[order]]

    def rank(self, order: Ids, file_name: str) -> float:
        """Return the rank, from 1, of the first document that a file of this name holds; infinite without one.

        Args:
            order: the rows of documents, best first.
            file_name: without its folder.
        """
        shown = self.with_files(order)[:DEPTH]
        places = np.flatnonzero(np.isin(shown, self._named.get(file_name, [])))
        return float(places[0] + 1) if len(places) else math.inf


def differences(ranks: Mapping[str, Ranks], of: str) -> list[Difference]:
    """Return by how much one ranking is better than each of the others, in each metric.

    Args:
        ranks: of the same queries, for each ranking by its name.
        of: the name of the one.
    """
    return [
        Difference(metric, of, over, paired_bootstrap(values(ranks[of]) - values(ranks[over])))
        for over in ranks
        if over != of
        for metric, values in METRICS.items()
    ]
