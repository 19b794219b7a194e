"""What each part of the ranking brings, and reciprocal rank fusion of two of the parts, on the same queries."""

from __future__ import annotations

import contextlib
import dataclasses

from bge_desktop.bge.encoder import Encoder
from bge_desktop.evaluate.known_item import differences, evaluate, read_queries
from bge_desktop.evaluate.metrics import ndcg
from bge_desktop.evaluate.ranking_settings import Fusion, RankingSettings
from bge_desktop.library.library import reading
from bge_desktop.search.fusion import HYBRID, Weights

_NOTHING = Weights(dense=0.0, passage=0.0, document=0.0, name=0.0, exact=0.0)
_WEIGHTS = {
    "dense": dataclasses.replace(_NOTHING, dense=1.0),
    "BM25 of the passage": dataclasses.replace(_NOTHING, passage=1.0),
    "BM25 of the document": dataclasses.replace(_NOTHING, document=1.0),
    "BM25 of both": dataclasses.replace(_NOTHING, passage=HYBRID.passage, document=HYBRID.document),
    "dense and both": dataclasses.replace(HYBRID, name=0.0, exact=0.0),
    "and the name": dataclasses.replace(HYBRID, exact=0.0),
    "and exact names: hybrid": HYBRID,
}
_ALL = list(_WEIGHTS)[-1]
RANKINGS = {
    **{name: RankingSettings(weights) for name, weights in _WEIGHTS.items()},
    "reciprocal rank fusion of dense and BM25 of the passage": RankingSettings(fusion=Fusion.RRF),
}


def test_parts(library, query_files, table):
    for language, path in query_files.items():
        with reading(library) as opened, contextlib.closing(Encoder()) as encoder:
            ranks = evaluate(opened, encoder, read_queries(path), RANKINGS)
        table.report(f"ablation-{language}", _figures(ranks))


def _figures(ranks):
    """nDCG@10 of each way to rank, and the interval of what all parts together gain over it."""
    gains = {own.over: own.interval for own in differences(ranks, of=_ALL) if own.metric == "ndcg@10"}
    return {
        name: {
            "ndcg@10": round(float(ndcg(own).mean()), 3),
            **({"gain": [round(gains[name].low, 3), round(gains[name].high, 3)]} if name in gains else {}),
        }
        for name, own in ranks.items()
    }
