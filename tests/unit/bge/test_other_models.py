"""The encoders on other models than the bundled ones, against transformers' own code on small random weights."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModel

from bge_desktop.bge import tokenizer
from bge_desktop.bge.measuring import chosen
from bge_desktop.bge.model_folder import read_model
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from bge_desktop.bge.torch_encoder import TorchEncoder
from tests.small_models import TEXTS, rewrite_weights, save_bert, save_xlm_roberta, write_json

MAKERS = {"bert": save_bert, "xlm-roberta": save_xlm_roberta}
ENCODERS = {
    "openvino": lambda model: OpenVinoEncoder(model, "fp32"),
    "torch": lambda model: TorchEncoder(model, "cpu"),
}


def reference(folder, token_ids, pooling):
    """Return the vectors as transformers' model gives them, each text by itself."""
    network = AutoModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32).eval()
    found = []
    with torch.no_grad():
        for ids in token_ids:
            hidden = network(torch.tensor([ids])).last_hidden_state[0]
            found.append(hidden[0] if pooling == "cls" else hidden.mean(dim=0))
    return torch.nn.functional.normalize(torch.stack(found), dim=-1).numpy()


def embedded(model, encoder):
    """Return the vectors of all texts in one batch, with padding."""
    token_ids = tokenizer.encode(model, TEXTS)
    assert len({len(ids) for ids in token_ids}) > 3
    return encoder.embed(*tokenizer.pad(token_ids, min(max(map(len, token_ids)) + 5, model.max_tokens), model.padding))


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("pooling", ["cls", "mean"])
@pytest.mark.parametrize("kind", MAKERS)
def test_the_vectors_are_those_of_transformers(tmp_path, kind, pooling, encoder):
    model = read_model(str(MAKERS[kind](tmp_path / "model", pooling=pooling)))
    expected = reference(tmp_path / "model", tokenizer.encode(model, TEXTS), pooling)
    np.testing.assert_allclose(embedded(model, ENCODERS[encoder](model)), expected, atol=1e-5)


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize(
    "config",
    [
        {"hidden_act": "gelu_new"},
        {"hidden_act": "relu"},
        {"type_vocab_size": 1},
        {"layer_norm_eps": 1e-3},
        {"num_hidden_layers": 1},
        {"num_attention_heads": 1, "intermediate_size": 48},
    ],
    ids=str,
)
def test_configurations(tmp_path, config, encoder):
    folder = save_bert(tmp_path / "model", **config)
    model = read_model(str(folder))
    expected = reference(folder, tokenizer.encode(model, TEXTS), "cls")
    np.testing.assert_allclose(embedded(model, ENCODERS[encoder](model)), expected, atol=1e-5)


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_weights_in_half_precision(tmp_path, dtype, encoder):
    folder = save_xlm_roberta(tmp_path / "model")
    rewrite_weights(folder, lambda weights: {name: own.to(dtype) for name, own in weights.items()})
    model = read_model(str(folder))
    expected = reference(folder, tokenizer.encode(model, TEXTS), "cls")
    np.testing.assert_allclose(embedded(model, ENCODERS[encoder](model)), expected, atol=1e-5)


@pytest.mark.parametrize(("kind", "prefix"), [("bert", "bert."), ("xlm-roberta", "roberta.")])
def test_tensors_that_stand_in_a_larger_network(tmp_path, kind, prefix):
    folder = MAKERS[kind](tmp_path / "model")
    expected = embedded(model := read_model(str(folder)), OpenVinoEncoder(model, "fp32"))
    rewrite_weights(folder, lambda weights: {**{f"{prefix}{name}": own for name, own in weights.items()}, **_HEAD})
    again = read_model(str(folder))
    np.testing.assert_allclose(embedded(again, OpenVinoEncoder(again, "fp32")), expected, atol=1e-6)


_HEAD = {"cls.predictions.bias": torch.zeros(4), "embeddings.position_ids": torch.arange(64)[None]}


def test_old_names_of_the_normalisation(tmp_path):
    folder = save_bert(tmp_path / "model")
    expected = embedded(model := read_model(str(folder)), OpenVinoEncoder(model, "fp32"))

    def old(name):
        return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")

    rewrite_weights(folder, lambda weights: {old(name): own for name, own in weights.items()})
    again = read_model(str(folder))
    np.testing.assert_allclose(embedded(again, OpenVinoEncoder(again, "fp32")), expected, atol=1e-6)


@pytest.mark.parametrize("encoder", ENCODERS)
def test_weights_in_several_files(tmp_path, encoder):
    folder = save_bert(tmp_path / "model")
    expected = embedded(model := read_model(str(folder)), OpenVinoEncoder(model, "fp32"))
    split(folder)
    again = read_model(str(folder))
    np.testing.assert_allclose(embedded(again, ENCODERS[encoder](again)), expected, atol=1e-5)


def split(folder):
    """Divide a model's weights among two files."""
    weights = list(load_file(folder / "model.safetensors").items())
    half, where = len(weights) // 2, {}
    for number, part in enumerate((weights[:half], weights[half:]), start=1):
        name = f"model-{number:05}-of-00002.safetensors"
        save_file(dict(part), folder / name, {"format": "pt"})
        where |= {own: name for own, _ in part}
    write_json(folder / "model.safetensors.index.json", {"metadata": {}, "weight_map": where})
    (folder / "model.safetensors").unlink()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_text_that_fills_the_model(tmp_path, kind):
    model = read_model(str(MAKERS[kind](tmp_path / "model")))
    [ids] = tokenizer.encode(model, ["lease " * 200])
    assert len(ids) == model.max_tokens == 64
    expected = reference(tmp_path / "model", [ids], "cls")
    for load in ENCODERS.values():
        np.testing.assert_allclose(load(model).embed(*tokenizer.pad([ids])), expected, atol=1e-5)


def test_what_fills_up_short_texts_changes_no_vector(tmp_path):
    model = read_model(str(save_xlm_roberta(tmp_path / "model")))
    assert model.padding == 1
    other = dataclasses.replace(model, padding=7)
    for load in ENCODERS.values():
        np.testing.assert_allclose(embedded(model, load(model)), embedded(other, load(other)), atol=1e-6)


def test_a_precision_is_chosen_for_a_model_without_ranges_and_instruction(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("bge_desktop.bge.precision.candidates", lambda _: ("fp32", "int8"))
    assert chosen(read_model(str(save_bert(tmp_path / "model"))), 0, may_measure=True) == "fp32"
