"""The app's encoder in `mteb`'s form: which texts get the instruction, and in which order vectors come back."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
from mteb.models import EncoderProtocol, SearchProtocol

from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import fingerprint
from bge_desktop.evaluate.mteb_encoder import AppEncoder
from tests.unit.evaluate.mteb_collections import MODEL, WordEncoder


def encoded(texts, task_type, prompt_type, on_texts=lambda _: None, model=MODEL):
    encoder = WordEncoder()
    batches = [{"text": texts[:2]}, {"text": texts[2:]}] if texts else []
    own = AppEncoder(encoder, model, on_texts)
    metadata = SimpleNamespace(type=task_type)
    vectors = own.encode(batches, task_metadata=metadata, prompt_type=prompt_type, hf_split="test", hf_subset="x")
    return vectors, encoder


E5 = dataclasses.replace(MODEL, instruction="query: ", passage_instruction="passage: ")


@pytest.mark.parametrize(
    ("task_type", "prompt_type", "bge", "e5"),
    [
        ("Retrieval", "query", MODEL.instruction, "query: "),
        ("Retrieval", "document", "", "passage: "),
        ("Reranking", "query", "", ""),
        ("Reranking", "document", "", ""),
        ("STS", None, "", ""),
        ("Clustering", None, "", ""),
        ("Summarization", "query", "", ""),
    ],
)
def test_only_retrieval_gets_instructions(task_type, prompt_type, bge, e5):
    for model, instruction in ((MODEL, bge), (E5, e5)):
        _, encoder = encoded(["one text"], task_type, prompt_type, model=model)
        assert encoder.asked == [[f"{instruction}one text"]]


def test_vectors_come_in_the_order_of_the_texts_whatever_their_lengths():
    texts = ["a", "a long text of many words", "b b", "a longer one still, of many more words"]
    vectors, _ = encoded(texts, "STS", None)
    alone = WordEncoder().embed_now(dataclasses.replace(MODEL, instruction=""), texts, TextKind.QUERY)
    assert vectors.shape == (4, MODEL.dimension)
    assert np.allclose(np.sort(vectors, axis=1), np.sort(alone, axis=1))
    assert np.count_nonzero(vectors, axis=1).tolist() == [1, 6, 1, 8]


def test_many_texts_go_in_portions_of_like_length_and_are_counted():
    counts = []
    texts = [" ".join("word" for _ in range(1 + row % 7)) for row in range(600)]
    _, encoder = encoded(texts, "STS", None, counts.append)
    assert [len(asked) for asked in encoder.asked] == counts == [256, 256, 88]
    lengths = [len(text) for asked in encoder.asked for text in asked]
    assert lengths == sorted(lengths, reverse=True)


def test_no_texts_are_no_vectors():
    vectors, encoder = encoded([], "STS", None)
    assert vectors.shape == (0, MODEL.dimension)
    assert encoder.asked == []


def test_similarities_are_cosines():
    model = AppEncoder(WordEncoder(), MODEL)
    own = np.array([[1, 0], [0.6, 0.8]], np.float32)
    other = np.array([[0, 1], [0.6, 0.8]], np.float32)
    assert np.allclose(model.similarity(own, other), [[0, 0.6], [0.8, 1]])
    assert np.allclose(model.similarity_pairwise(own, other), [0, 1])


def test_it_is_an_encoder_to_mteb_and_says_which():
    model = AppEncoder(WordEncoder(), MODEL)
    assert isinstance(model, EncoderProtocol)
    assert not isinstance(model, SearchProtocol)
    described = model.mteb_model_meta
    assert described.name == "bge-desktop/bge-small-en-v1.5"
    assert described.revision == fingerprint(MODEL)
    assert (described.embed_dim, described.max_tokens) == (384, 512)
