"""What each part of the ranking brings, and reciprocal rank fusion of two of the parts, on the same queries."""

from __future__ import annotations

import contextlib
import dataclasses

import numpy as np

from bge_desktop.bge.encoder import Encoder
from bge_desktop.evaluate.known_item import Metrics, read_queries
from bge_desktop.library.library import reading
from bge_desktop.search.fusion import HYBRID, Weights
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.ranking import Ranking
from bge_desktop.search.spelling import Spelling
from tests.benchmarks.conftest import report

_NOTHING = Weights(dense=0.0, passage=0.0, document=0.0, name=0.0, exact=0.0)
PARTS = {
    "dense": dataclasses.replace(_NOTHING, dense=1.0),
    "BM25 of the passage": dataclasses.replace(_NOTHING, passage=1.0),
    "BM25 of the document": dataclasses.replace(_NOTHING, document=1.0),
    "BM25 of both": dataclasses.replace(_NOTHING, passage=HYBRID.passage, document=HYBRID.document),
    "dense and both": dataclasses.replace(HYBRID, name=0.0, exact=0.0),
    "and the name": dataclasses.replace(HYBRID, exact=0.0),
    "and exact names: hybrid": HYBRID,
}
# Cormack, Clarke and Büttcher 2009: the constant that they found to work best.
_RRF_CONSTANT = 60


def test_parts(library, query_files):
    for language, path in query_files.items():
        report(f"ablation-{language}", _ablation(library, read_queries(path)))


def _ablation(folder, items):
    queries = [understood(item.query) for item in items]
    ranks = {name: [] for name in [*PARTS, "reciprocal rank fusion of dense and BM25 of the passage"]}
    with reading(folder) as library, contextlib.closing(Encoder()) as encoder:
        spelling, rows = Spelling(library.db), _rows_by_name(library)
        vectors = query_vectors(library, encoder, [query.text for query in queries])
        for item, query, own in zip(items, queries, vectors, strict=True):
            totals = {
                name: Ranking(library, query, own, weights, spelling.corrections).total
                for name, weights in PARTS.items()
            }
            *_, fused = ranks
            totals[fused] = sum(1 / (_RRF_CONSTANT + _places(totals[part])) for part in list(PARTS)[:2])
            for name, total in totals.items():
                place = min(1 + int((total > total[row]).sum()) for row in rows[item.file_name])
                ranks[name].append(place if place <= 10 else None)
    return {name: round(Metrics.of(own).ndcg, 3) for name, own in ranks.items()}


def _places(scores):
    """The place of each document, from 1, best first."""
    places = np.empty(len(scores))
    places[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return places


def _rows_by_name(library):
    rows: dict[str, list[int]] = {}
    for folder in library.folders.all():
        for path, file in library.folders.files(folder).items():
            [row] = library.catalogue.rows_of_documents(np.array([file.document_id]))
            rows.setdefault(path.rsplit("/", 1)[-1], []).append(int(row))
    return rows
