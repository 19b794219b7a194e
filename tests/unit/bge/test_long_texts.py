"""Passages that are longer than what a model reads at once."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from bge_desktop.bge import tokenizer
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.long_texts import LongTextsTask
from bge_desktop.bge.model_folder import read_model
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from tests.small_models import TEXTS, save_bert

LONG = " ".join(TEXTS)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return read_model(str(save_bert(tmp_path_factory.mktemp("models") / "small")))


def task(model, *texts, kind=TextKind.PASSAGE):
    return LongTextsTask({"id": 7, "kind": kind, "texts": list(texts)}, model)


def answered(own):
    """Return the vectors that a task answers with, its texts embedded one by one."""
    encoder = OpenVinoEncoder(own.model, "fp32")
    for index, ids in enumerate(own.token_ids):
        own.take(index, encoder.embed(*tokenizer.pad([ids]))[0])
    header, payload = own.answer()
    return np.frombuffer(payload, np.float32).reshape(header["shape"])


def test_all_tokens_are_read_and_none_twice(model):
    whole = tokenizer.encode(dataclasses.replace(model, max_tokens=10_000), [LONG])[0]
    own = task(model, LONG)
    assert len(own.token_ids) == -(-(len(whole) - 2) // 62) > 1
    assert [number for ids in own.token_ids for number in ids[1:-1]] == whole[1:-1]
    assert {(ids[0], ids[-1]) for ids in own.token_ids} == {(whole[0], whole[-1])}
    lengths = [len(ids) for ids in own.token_ids]
    assert max(lengths) <= model.max_tokens
    assert max(lengths) - min(lengths) <= 1


def test_the_vector_is_the_mean_of_the_parts(model):
    own = task(model, TEXTS[0], LONG, TEXTS[1])
    found = answered(own)
    assert found.shape == (3, 32)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    encoder = OpenVinoEncoder(model, "fp32")
    parts = [encoder.embed(*tokenizer.pad([ids]))[0] for ids in tokenizer.encode_in_parts(model, "", LONG)]
    mean = np.mean(parts, axis=0)
    np.testing.assert_allclose(found[1], mean / np.linalg.norm(mean), atol=1e-5)
    np.testing.assert_allclose(found[[0, 2]], answered(task(model, TEXTS[0], TEXTS[1])), atol=1e-5)


def test_what_stands_at_the_end_counts(model):
    one, other = answered(task(model, f"{LONG} lease", f"{LONG} oven"))
    assert np.abs(one - other).max() > 1e-3


def test_each_part_has_the_instruction(model):
    own = task(dataclasses.replace(model, passage_instruction="the lease "), LONG)
    start = tokenizer.encode(model, ["the lease"])[0][:-1]
    assert len(own.token_ids) > 1
    assert all(ids[: len(start)] == start for ids in own.token_ids)
    assert max(map(len, own.token_ids)) <= model.max_tokens


def test_a_query_is_cut(model):
    assert [len(ids) for ids in task(model, LONG, kind=TextKind.QUERY).token_ids] == [model.max_tokens]


def test_no_texts(model):
    assert answered(task(model)).shape == (0, 32)


@pytest.mark.parametrize("model", BUNDLED.values(), ids=BUNDLED)
def test_a_passage_for_the_bundled_models_is_read_at_once(model):
    own = task(model, "the sea and the ships " * 50)
    assert len(own.token_ids) == 1
