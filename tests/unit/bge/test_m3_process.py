"""A model with heads in the real encoder process."""

from __future__ import annotations

import contextlib
import queue

import numpy as np
import pytest

from bge_desktop.bge import tokenizer
from bge_desktop.bge.encoder import Embeddings, Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.m3_conversion import convert_heads
from bge_desktop.bge.m3_tasks import RecentQueries, task_of
from bge_desktop.bge.m3_texts import embeddings
from bge_desktop.bge.models import BUNDLED, Cosines, Model
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from tests.small_models import TEXTS, save_m3

QUERY = "When may the tenant end the lease?"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = save_m3(tmp_path_factory.mktemp("models") / "m3")
    convert_heads(str(folder))
    kinds = {"architecture": "xlm-roberta", "padding": 1, "has_heads": True, "max_tokens": 64}
    return Model("m3", 32, "ask: ", Cosines(0.5, 0.1), location=str(folder), recorded="m3", **kinds)


@pytest.fixture(scope="module")
def expected(model):
    """What the model gives of the query, with its instruction, and of the texts, in single precision."""
    ids = tokenizer.encode(model, ["ask: " + QUERY, *TEXTS])
    query, *texts = embeddings(
        model, ids, OpenVinoEncoder(model, "fp32").outputs(*tokenizer.pad(ids, padding=model.padding))
    )
    return query, texts


@pytest.fixture(scope="module")
def encoder():
    with contextlib.closing(Encoder("cpu")) as own:
        yield own


def asked(method, *arguments):
    """Return the answer to a request."""
    answers = queue.SimpleQueue()
    kind = arguments[-1] if isinstance(arguments[-1], TextKind) else None
    method(*(arguments[:-1] if kind else arguments), answers.put, *([kind] if kind else []))
    return answers.get(timeout=60)


def assert_alike(found: Embeddings, texts) -> None:
    assert len(found.sparse) == len(texts)
    for row, own in enumerate(texts):
        assert found.dense[row] @ own.dense > 0.999
        ours = dict(zip(found.sparse[row].tokens.tolist(), found.sparse[row].weights.tolist(), strict=True))
        theirs = dict(zip(own.sparse.tokens.tolist(), own.sparse.weights.tolist(), strict=True))
        # in bf16, as most processors of today compute
        assert {token: ours.get(token, 0.0) for token in theirs} == pytest.approx(theirs, abs=0.05)


def test_passages_and_queries_come_with_lexical_weights(model, encoder, expected):
    query, texts = expected
    assert_alike(asked(encoder.embed_fully, model, TEXTS, TextKind.PASSAGE), texts)
    assert_alike(asked(encoder.embed_fully, model, [QUERY], TextKind.QUERY), [query])


def test_no_text_at_all_is_no_fault(model, encoder):
    found = asked(encoder.embed_fully, model, [], TextKind.PASSAGE)
    assert found.dense.shape == (0, 32)
    assert len(found.sparse) == 0


def test_who_wants_vectors_alone_gets_those(model, encoder, expected):
    found = asked(encoder.embed, model, TEXTS, TextKind.SENTENCE)
    assert (found * np.array([own.dense for own in expected[1]])).sum(axis=1).min() > 0.999


def test_a_model_without_heads_gives_vectors_alone(encoder):
    found = asked(encoder.embed_fully, BUNDLED["en"], ["the sea"], TextKind.PASSAGE)
    assert found.sparse is None
    np.testing.assert_allclose(found.dense, encoder.embed_now(BUNDLED["en"], ["the sea"], TextKind.PASSAGE), atol=1e-3)


def test_scores_are_all_three_together_whether_or_not_the_query_was_embedded_before(model, encoder, expected):
    query, texts = expected
    scores = [query.score(own) for own in texts]
    for text in (QUERY, QUERY, "another " + QUERY):
        found = asked(encoder.score, model, text, TEXTS)
        assert found.shape == (len(TEXTS), 1)
        if text == QUERY:
            np.testing.assert_allclose(found[:, 0], scores, atol=0.05)
    asked(encoder.embed_fully, model, [QUERY], TextKind.QUERY)
    np.testing.assert_allclose(asked(encoder.score, model, QUERY, TEXTS[:2])[:, 0], scores[:2], atol=0.05)
    assert asked(encoder.score, model, QUERY, []).shape == (0, 1)


def test_of_a_passage_as_long_as_a_document_the_beginning_is_scored(tmp_path):
    folder = save_m3(tmp_path / "long", max_position_embeddings=2_050)
    convert_heads(str(folder))
    kinds = {"architecture": "xlm-roberta", "padding": 1, "has_heads": True, "max_tokens": 2_048}
    own = Model("long", 32, "", Cosines(0.5, 0.1), location=str(folder), recorded="long", **kinds)
    header = {"op": "score", "id": 1, "kind": TextKind.PAIR, "query": QUERY, "texts": [TEXTS[0], " ".join(TEXTS * 50)]}
    lengths = [len(ids) for ids in task_of(header, own, RecentQueries()).token_ids]
    assert lengths[2] == 512
    assert lengths[:2] == [len(ids) for ids in tokenizer.encode(own, [QUERY, TEXTS[0]])]
