"""What each of the three scores of an M3 brings, on a small one that is trained here on half of the queries.

The others are asked for among all documents that answer any of these. A document counts by its best passage.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence

import numpy as np
import openvino as ov
import pytest

from bge_desktop.bge import precision, tokenizer
from bge_desktop.bge.batches import next_batch
from bge_desktop.bge.m3 import MULTI, SPARSE, Embedding
from bge_desktop.bge.m3_texts import embeddings
from bge_desktop.bge.models import BUNDLED, Model
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from bge_desktop.evaluate.known_item import KnownItem, read_queries
from bge_desktop.extract.passages import sentences
from tests.benchmarks import scale
from tests.benchmarks.m3_training import as_xlm_roberta, train_heads
from tests.benchmarks.sample import SampleDocument
from tests.benchmarks.table import Bar, Row

_CUT_PAIRS = scale.of(300, 60)  # of a sentence, and the passage that it was cut from
_MOST_PASSAGES = 8  # of a document
_DEPTH = 10


class Scores:
    """The scores of passages for one query, each kind by itself [passages]."""

    def __init__(self, query: Embedding, passages: Sequence[Embedding]) -> None:
        tokens = np.concatenate([own.multi for own in passages]) @ query.multi.T
        starts = np.cumsum([0, *(len(own.multi) for own in passages[:-1])])
        self.dense = np.array([query.dense @ own.dense for own in passages])
        self.sparse = np.array([query.sparse.score(own.sparse) for own in passages])
        self.multi = np.maximum.reduceat(tokens, starts, axis=0).mean(axis=1)

    def mixes(self) -> dict[str, np.ndarray]:
        """Return the scores that are compared, by name."""
        both = self.dense + SPARSE * self.sparse
        single = {"lexical weights": self.sparse, "multi-vectors": self.multi}
        return {"dense": self.dense, **single, "dense and lexical weights": both, "all": both + MULTI * self.multi}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_ablation(language, sample, query_files, table, tmp_path):
    documents = {os.path.basename(own.path): own for own in sample[language]}
    items = [own for own in read_queries(query_files[language]) if own.file_name in documents]
    model = as_xlm_roberta(BUNDLED[language], tmp_path / "m3")
    train_heads(model, list(_pairs(documents, items)))
    found = _ndcg(model, documents, items[1::2])
    table.report(f"m3-{language}", found)
    dense = found.pop("dense")
    for name, value in found.items():
        bar = Bar(ratio_at_least=1.0) if name == "all" else None
        what = f"nDCG@10 of a small M3 by {name}, {language}"
        table.add(Row("quality", what, value, "", "its dense vectors", dense, more_is_better=True, bar=bar))


def _pairs(documents: dict[str, SampleDocument], items: Sequence[KnownItem]) -> Iterator[tuple[str, str]]:
    """Yield queries and passages that answer them: of every other query, and cut out of what answers none of them."""
    for item in items[::2]:
        yield item.query, max(documents[item.file_name].passages[:3], key=len)
    asked, chance = {item.file_name for item in items}, random.Random(0)
    others = [text for name, own in documents.items() if name not in asked for text in own.passages if len(text) > 300]
    for text in chance.sample(others, min(_CUT_PAIRS, len(others))):
        start, end = chance.choice(list(sentences(text)))
        yield text[start:end], text[:start] + text[end:]


def _ndcg(model: Model, documents: dict[str, SampleDocument], items: Sequence[KnownItem]) -> dict[str, float]:
    names = sorted({item.file_name for item in items})
    owned = [(row, text) for row, name in enumerate(names) for text in documents[name].passages[:_MOST_PASSAGES]]
    rows = np.array([row for row, _ in owned])
    passages = _embedded(model, [text for _, text in owned])
    queries = _embedded(model, [model.instruction + item.query for item in items])
    gains: dict[str, list[float]] = {}
    for item, query in zip(items, queries, strict=True):
        for name, scores in Scores(query, passages).mixes().items():
            best = np.full(len(names), -np.inf)
            np.maximum.at(best, rows, scores)
            rank = int((best >= best[names.index(item.file_name)]).sum()) - 1  # what is no better found comes last
            gains.setdefault(name, []).append(1 / np.log2(rank + 2) if rank < _DEPTH else 0.0)
    return {name: float(np.mean(own)) for name, own in gains.items()}


def _embedded(model: Model, texts: Sequence[str]) -> list[Embedding]:
    """Return all that a model gives of texts, in their order."""
    safe = precision.candidates(ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"))[0]
    encoder, ids = OpenVinoEncoder(model, safe), tokenizer.encode(model, texts)
    found: dict[int, Embedding] = {}
    while waiting := [row for row in range(len(ids)) if row not in found]:
        lengths = [len(ids[row]) for row in waiting]
        batch = [waiting[place] for place in next_batch(lengths, max(lengths), encoder.budget)]
        outputs = encoder.outputs(*tokenizer.pad([ids[row] for row in batch]))
        found |= zip(batch, embeddings(model, [ids[row] for row in batch], outputs), strict=True)
    return [found[row] for row in range(len(ids))]
