"""The passages of one document that answer a query, besides the one that stands for it in the list."""

from __future__ import annotations

import dataclasses
import os

import numpy as np
from sqlite_utils import Database

from bge_desktop.library.library import Library
from bge_desktop.messages import FoundPassage, Mode
from bge_desktop.search.fusion import WEIGHTS, Scores
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.query_language import Filters, Query
from bge_desktop.search.ranking import Ids, QueryVectors, Ranking
from bge_desktop.search.shown_passage import shown_passage

# What has none of the words answers if it is so near to the best as this part of the best's score.
_NEAR = 0.5


def further_passages(
    library: Library, query: Query, words: WordQuery, vectors: QueryVectors, path: str, limit: int
) -> tuple[FoundPassage, ...]:
    """Return the passages of a document that answer a query best, in the order in which they stand in it.

    Those answer that have some of the words, or are about as near in meaning as the best one.

    Args:
        library: whose document.
        query: what was typed, taken apart; its filters count nothing here.
        words: what to look for of its text.
        vectors: what each model that its text was put to gave of it.
        path: one of the document's files; one that is unknown has no passages.
        limit: the most passages.
    """
    rows = library.catalogue.rows_of_documents(_documents_at(library.db, path))
    if not len(rows) or rows[0] < 0:
        return ()
    unrestricted = dataclasses.replace(query, filters=Filters(), phrases=(), excluded=(), excluded_phrases=())
    ranking = Ranking(library, unrestricted, words, vectors, WEIGHTS[Mode.HYBRID], among=rows)
    ids, _, scores = ranking.scored_passages(rows)
    return _answering(library, ids, scores, words, limit)


def _documents_at(db: Database, path: str) -> Ids:
    """Return the id of a file's document, if it has one."""
    sql = "SELECT document_id FROM files WHERE path = ? AND document_id NOTNULL"
    return np.array([document for (document,) in db.execute(sql, [os.fsencode(path)])], np.int64)


def _answering(library: Library, ids: Ids, scores: Scores, words: WordQuery, limit: int) -> tuple[FoundPassage, ...]:
    best = np.lexsort((ids, -scores))[:limit]
    least = scores.max(initial=0.0) * _NEAR
    near = dict(zip(ids[best].tolist(), (scores[best] >= least).tolist(), strict=True))
    stored = library.documents.by_id(list(near))
    shown = ((near[own], shown_passage(stored[own], words)) for own in sorted(stored))
    return tuple(passage for is_near, passage in shown if is_near or passage.marks)
