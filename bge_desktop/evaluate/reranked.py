"""The order of documents after a closer look at the best of them."""

from __future__ import annotations

import numpy as np

from bge_desktop.bge.scoring import Scorer
from bge_desktop.library.library import Library
from bge_desktop.search.ranking import Ids, Ranking
from bge_desktop.search.reranking import DEPTH, best_first, scored_now


def reranked(library: Library, ranking: Ranking, text: str, order: Ids, scorer: Scorer) -> Ids:
    """Return documents in the order in which a search with a reranker shows them, given all the time that it takes.

    Args:
        library: whose documents.
        ranking: of a query.
        text: of the query, as it is embedded.
        order: rows of the documents, best first.
        scorer: the reranker.

    Raises:
        UserError: passages could not be scored.
    """
    rows = order[:DEPTH]
    ids = ranking.best_passages(rows)
    texts = {own.id: own.text for own in library.documents.by_id(list(ids.values())).values() if own.text.strip()}
    places = [at for at, row in enumerate(rows.tolist()) if ids.get(row) in texts and not ranking.is_exact(row)]
    if not text or not places:
        return order
    scores = scored_now(scorer, text, [texts[ids[int(rows[place])]] for place in places])
    better = order.copy()
    better[places] = rows[places][best_first(ranking.total[rows[places]], scores.astype(np.float64))]
    return better
