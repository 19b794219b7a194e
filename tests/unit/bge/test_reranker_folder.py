"""Which folders hold a reranker, and why the others are refused."""

from __future__ import annotations

import json
import re

import pytest

from bge_desktop.bge.reranker_folder import read_reranker
from bge_desktop.errors import ModelError
from tests.small_models import (
    rewrite_weights,
    save_bert,
    save_bert_reranker,
    save_xlm_roberta,
    save_xlm_roberta_reranker,
    write_json,
)


@pytest.fixture
def folder(tmp_path):
    return save_bert_reranker(tmp_path / "small-reranker")


def refusal(folder) -> str:
    with pytest.raises(ModelError) as refused:
        read_reranker(str(folder))
    assert refused.value.path == str(folder)
    return refused.value.message


def test_a_bert_with_one_label_is_one(folder):
    model = read_reranker(str(folder))
    assert (model.name, model.architecture, model.max_tokens) == ("small-reranker", "bert", 64)
    assert (model.is_reranker, model.dimension, model.padding) == (True, 1, 0)


def test_so_is_an_xlm_roberta(tmp_path):
    model = read_reranker(str(save_xlm_roberta_reranker(tmp_path / "x")))
    assert (model.architecture, model.max_tokens, model.padding) == ("xlm-roberta", 64, 1)


def test_of_a_model_that_reads_much_no_more_is_read_than_a_passage_takes(tmp_path):
    folder = save_bert_reranker(tmp_path / "long", max_position_embeddings=4096)
    assert read_reranker(str(folder)).max_tokens == 1024


@pytest.mark.parametrize("save", [save_bert, save_xlm_roberta])
def test_an_encoder_is_none(tmp_path, save):
    assert re.search("no layers that score a passage .*: it is no reranker", refusal(save(tmp_path / "encoder")))


def test_more_than_one_label_are_refused(tmp_path):
    assert "it tells 3 classes apart" in refusal(save_bert_reranker(tmp_path / "classes", labels=3))


def test_half_a_head_is_refused(folder):
    rewrite_weights(folder, lambda tensors: {n: t for n, t in tensors.items() if n != "classifier.bias"})
    assert "“classifier.bias” is missing" in refusal(folder)


def test_a_head_of_another_size_is_refused(folder):
    def cut(tensors):
        return {**tensors, "bert.pooler.dense.bias": tensors["bert.pooler.dense.bias"][:7].clone()}

    rewrite_weights(folder, cut)
    assert "“pooler.dense.bias” does not fit" in refusal(folder)


def test_pickled_weights_are_refused(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert "pickled" in refusal(folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert f"{name} is missing" in refusal(folder)


def test_damaged_weights_are_refused(folder):
    (folder / "model.safetensors").write_bytes(b"\0" * 100)
    assert "is damaged" in refusal(folder)


def test_another_architecture_is_refused(folder):
    config = json.loads((folder / "config.json").read_text())
    write_json(folder / "config.json", {**config, "model_type": "gemma"})
    assert "gemma" in refusal(folder)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert "Check that it is there" in refusal(tmp_path / "nowhere")


def test_other_files_make_it_another_model(folder):
    before = read_reranker(str(folder))
    assert read_reranker(str(folder)) == before
    rewrite_weights(folder, lambda tensors: {**tensors, "bert.more": tensors["classifier.bias"].clone()})
    assert read_reranker(str(folder)) != before
