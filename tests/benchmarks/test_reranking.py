"""How long a pair of a query and a passage takes, beside transformers, and how many documents the time is enough for.

The weights are random and the vocabulary is small: what is computed is as much as with the published ones of that size.
"""

from __future__ import annotations

import contextlib
import queue
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForSequenceClassification

from bge_desktop.bge import tokenizer
from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED, Model
from bge_desktop.bge.pairs import encode_pairs
from bge_desktop.bge.reranker_folder import read_reranker
from bge_desktop.bge.scoring import CrossEncoderScorer
from bge_desktop.messages import SearchResult, Why
from bge_desktop.search.reranking import DEPTH, CloserLook, scored_now
from bge_desktop.settings import Settings
from tests.benchmarks import scale
from tests.benchmarks.figures import percentiles, seconds_of, taking_turns
from tests.benchmarks.table import Bar, Row
from tests.small_models import TEXTS, save_bert_reranker, save_xlm_roberta_reranker

_SECTION = "re-ranking"
_TOKENS = 200
_PAIRS = scale.of(DEPTH, 4)
_QUERY = TEXTS[1]
_QUERIES, _BETWEEN_KEYS_S = scale.of(40, 15), 0.05
_MEANWHILE = 1000  # pairs: more than are scored while the queries are embedded
_FASTER = Bar(ratio_at_least=1)


@dataclass(frozen=True)
class Size:
    """A reranker's shape, and what saves one of it."""

    save: object
    layers: int
    hidden: int
    heads: int


_SIZES = {
    "bge-reranker-base's size, 12 layers of 768": Size(save_xlm_roberta_reranker, 12, 768, 12),
    "a small one, 6 layers of 384": Size(save_bert_reranker, 6, 384, 12),
}


@pytest.fixture(params=_SIZES)
def name(request):
    return request.param


@pytest.fixture
def model(name, tmp_path):
    size = _SIZES[name]
    shape = {"num_hidden_layers": size.layers, "hidden_size": size.hidden, "num_attention_heads": size.heads}
    shape |= {"intermediate_size": 4 * size.hidden, "max_position_embeddings": 514}
    folder = size.save(Path(tmp_path) / "reranker", **shape)
    return replace(read_reranker(str(folder)), max_tokens=_TOKENS)  # which cuts every pair to so many


@pytest.fixture
def scorer(model):
    with contextlib.closing(Encoder("cpu")) as encoder:
        yield CrossEncoderScorer(encoder, model)


@pytest.mark.timeout(1200)
def test_reranking(name, model, scorer, table):
    passages = _passages(_PAIRS)
    peer = AutoModelForSequenceClassification.from_pretrained(model.folder, dtype=torch.float32).eval()
    inputs = [_inputs(model, [passage]) for passage in passages]
    assert inputs[0]["input_ids"].shape == (1, _TOKENS)
    scored_now(scorer, _QUERY, passages[:1])  # it is loaded by then
    times = taking_turns(
        scale.ROUNDS,
        {
            "own": lambda: seconds_of(lambda: scored_now(scorer, _QUERY, passages)),
            "transformers": lambda: seconds_of(lambda: [_scored(peer, own) for own in inputs]),
            "transformers, in one batch": lambda: seconds_of(lambda: _scored(peer, _inputs(model, passages))),
        },
    )
    own, *theirs = (min(seconds) / _PAIRS * 1000 for seconds in times.values())
    against = "transformers, a pair at a time or all at once, whichever is faster"
    table.add(Row(_SECTION, f"a pair of {_TOKENS} tokens, {name}", own, "ms", against, min(theirs), bar=_FASTER))
    what = f"documents looked at in {Settings().reranking_ms} ms, {name}"
    table.add(Row(_SECTION, what, _reached(scorer), f"of {DEPTH}", more_is_better=True))
    table.report(f"re-ranking, {name}", times)


@pytest.mark.timeout(1200)
def test_a_query_while_another_is_looked_at(name, model, scorer, table):
    """A process of its own: in that of queries, the next query waits for the pair in hand."""
    with contextlib.closing(Encoder("cpu")) as queries:
        times = {"at rest": _queries_ms(queries)}
        for where, own in (("its own process", scorer), ("that of queries", CrossEncoderScorer(queries, model))):
            scored_now(own, _QUERY, _passages(1))  # it is loaded by then
            scored = queue.SimpleQueue()
            own.score(_QUERY, _passages(_MEANWHILE), scored.put)
            times[where] = _queries_ms(queries)
            assert scored.empty()  # it was at work all the time
            own.give_up()
    p95 = {where: percentiles(own)["p95"] for where, own in times.items()}
    against = "the reranker in the process of queries"
    what = f"a query embedded while the reranker is at work, p95, {name}"
    table.add(Row(_SECTION, what, p95["its own process"], "ms", against, p95["that of queries"]))
    table.report(f"queries meanwhile, {name}", {where: percentiles(own) for where, own in times.items()})


def _queries_ms(encoder: Encoder) -> list[float]:
    """Return how long queries take to embed, one after the other, with the pauses of who types."""
    found = []
    for number in range(_QUERIES + 1):
        time.sleep(_BETWEEN_KEYS_S)
        found.append(
            seconds_of(lambda own=number: encoder.embed_now(BUNDLED["en"], [f"{_QUERY} {own}"], TextKind.QUERY))
        )
    return [seconds * 1000 for seconds in found[1:]]  # it is loaded by then


def _passages(count: int) -> list[str]:
    return [f"{number} {' '.join(TEXTS) * 3}" for number in range(count)]


def _inputs(model: Model, passages: list[str]) -> dict[str, torch.Tensor]:
    token_ids, mask = tokenizer.pad(encode_pairs(model, _QUERY, passages), None, model.padding)
    return {"input_ids": torch.from_numpy(token_ids), "attention_mask": torch.from_numpy(mask)}


@torch.inference_mode()
def _scored(peer, inputs: dict[str, torch.Tensor]) -> list[float]:
    scores: list[float] = peer(**inputs).logits[:, 0].tolist()
    return scores


def _reached(scorer: CrossEncoderScorer) -> int:
    """Return how many documents are looked at in the time that the settings give it by themselves."""
    results = [
        SearchResult(f"/{place}", "/", "", 0.0, -place, None, 0, len(text), text, Why.MEANING)
        for place, text in enumerate(_passages(DEPTH))
    ]
    look = CloserLook(results, Settings().reranking_ms / 1000, {})
    while asked := look.next_passages():
        look.take(asked, scored_now(scorer, _QUERY, asked))
    return len(look.paths())
