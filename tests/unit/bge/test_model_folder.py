"""Folders in the published layout: what is read of them, and why others are refused."""

from __future__ import annotations

import contextlib
import json
import shutil

import pytest
import torch

from bge_desktop import resources
from bge_desktop.bge.model_folder import check_folder, read_model
from bge_desktop.bge.models import BUNDLED, described_as
from bge_desktop.errors import ModelError
from tests.small_models import rewrite_weights, save_bert, save_bert_reranker, save_xlm_roberta, unigram, write_json


@pytest.fixture
def folder(tmp_path):
    return save_bert(tmp_path / "small-model")


def change(path, **values):
    write_json(path, {**(json.loads(path.read_text()) if path.exists() else {}), **values})


def test_a_bert(folder):
    model = read_model(str(folder))
    assert (model.name, model.folder, model.dimension) == ("small-model", str(folder), 32)
    assert (model.architecture, model.pooling, model.max_tokens, model.padding) == ("bert", "cls", 64, 0)
    assert model.is_uncased
    assert not model.is_bundled
    assert described_as(model.described()) == model


def test_an_xlm_roberta(tmp_path):
    model = read_model(str(save_xlm_roberta(tmp_path / "model", pooling="mean")))
    assert (model.architecture, model.pooling, model.max_tokens, model.padding) == ("xlm-roberta", "mean", 64, 1)
    assert not model.is_uncased


@pytest.mark.parametrize("language", BUNDLED)
def test_a_bundled_model_as_a_folder_of_ones_own(tmp_path, language):
    bundled = BUNDLED[language]
    folder = tmp_path / bundled.name
    shutil.copytree(resources.path("models", bundled.name), folder)
    model = read_model(str(folder))
    for field in ("name", "dimension", "instruction", "max_tokens", "architecture", "pooling", "is_uncased", "padding"):
        assert getattr(model, field) == getattr(bundled, field)


def test_the_fingerprint_is_of_the_contents(folder, tmp_path):
    before = read_model(str(folder)).recorded
    shutil.copytree(folder, tmp_path / "copy")
    assert read_model(str(tmp_path / "copy")).recorded == before
    rewrite_weights(tmp_path / "copy", lambda weights: {name: own + 1 for name, own in weights.items()})
    assert read_model(str(tmp_path / "copy")).recorded != before


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("bge-base-en-v1.5", BUNDLED["en"].instruction, ""),
        ("bge-large-zh", BUNDLED["zh"].instruction, ""),
        ("multilingual-e5-small", "query: ", "passage: "),
        ("all-MiniLM-L6-v2", "", ""),
    ],
)
def test_known_models_have_their_instructions(tmp_path, name, query, passage):
    model = read_model(str(save_bert(tmp_path / name)))
    assert (model.name, model.instruction, model.passage_instruction) == (name, query, passage)


def test_in_a_hubs_cache_a_model_has_its_published_name(tmp_path):
    model = read_model(str(save_bert(tmp_path / "models--BAAI--bge-base-en-v1.5" / "snapshots" / "a5beb1e3e68b9ab7")))
    assert (model.name, model.instruction) == ("bge-base-en-v1.5", BUNDLED["en"].instruction)


def test_the_models_own_prompts_count_more_than_its_name(tmp_path):
    folder = save_bert(tmp_path / "bge-base-en-v1.5")
    prompts = {"query": "Find: ", "document": "Text: "}
    write_json(folder / "config_sentence_transformers.json", {"prompts": prompts, "default_prompt_name": None})
    model = read_model(str(folder))
    assert (model.instruction, model.passage_instruction) == ("Find: ", "Text: ")


@pytest.mark.parametrize(("name", "pooling"), [("bge-other", "cls"), ("another", "mean")])
def test_without_a_pooling_the_card_or_the_custom_holds(tmp_path, name, pooling):
    folder = save_bert(tmp_path / name)
    shutil.rmtree(folder / "1_Pooling")
    (folder / "modules.json").unlink()
    assert read_model(str(folder)).pooling == pooling


def test_the_newer_form_of_a_pooling(folder):
    write_json(folder / "1_Pooling" / "config.json", {"embedding_dimension": 32, "pooling_mode": "mean"})
    assert read_model(str(folder)).pooling == "mean"


def test_the_least_limit_holds(folder):
    change(folder / "sentence_bert_config.json", max_seq_length=48)
    assert read_model(str(folder)).max_tokens == 48
    change(folder / "tokenizer_config.json", model_max_length=1e30)
    change(folder / "sentence_bert_config.json", max_seq_length=100_000)
    assert read_model(str(folder)).max_tokens == 64


def pickled(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def without(name):
    return lambda folder: (folder / name).unlink()


def config(**values):
    return lambda folder: change(folder / "config.json", **values)


def pooling(**values):
    return lambda folder: change(folder / "1_Pooling" / "config.json", **values)


def weights(spoil):
    return lambda folder: rewrite_weights(folder, spoil)


def cut(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def header(content):
    return lambda folder: (folder / "model.safetensors").write_bytes(content)


def index(value):
    return lambda folder: write_json(folder / "model.safetensors.index.json", value)


def dense(folder):
    path = folder / "modules.json"
    more = {"idx": 3, "name": "3", "path": "3_Dense", "type": "sentence_transformers.models.Dense"}
    write_json(path, [*json.loads(path.read_text()), more])


def large_tokenizer(folder):
    unigram(["".join(map(chr, range(0x4E00, 0x5200)))], 2000).save(str(folder / "tokenizer.json"))


def bare_tokenizer(folder):
    path = folder / "tokenizer.json"
    write_json(path, {**json.loads(path.read_text()), "post_processor": None})


_WORDS = "embeddings.word_embeddings.weight"
REFUSED = {
    "pickled weights": (pickled, r"pickled \(pytorch_model.bin\), which can run code.*model.safetensors"),
    "no weights": (without("model.safetensors"), "model.safetensors is missing"),
    "no configuration": (without("config.json"), "config.json is missing"),
    "no tokenizer": (without("tokenizer.json"), "tokenizer.json is missing"),
    "a damaged configuration": (lambda f: (f / "config.json").write_text("{"), "config.json is damaged"),
    "a list as configuration": (lambda f: (f / "config.json").write_text("[]"), "config.json is damaged"),
    "a damaged tokenizer": (lambda f: (f / "tokenizer.json").write_text("{}"), "tokenizer.json is damaged"),
    "a larger tokenizer": (large_tokenizer, r"tokenizer has \d+ tokens, its weights know \d+"),
    "a tokenizer without [CLS]": (bare_tokenizer, "a token before and one behind"),
    "another architecture": (config(model_type="t5"), "“t5”, is none that this app can run"),
    "code of its own": (config(auto_map={"AutoModel": "modeling.Model"}), "code of its own, which this app never runs"),
    "other positions": (config(position_embedding_type="relative_key"), "counts positions"),
    "a decoder": (config(is_decoder=True), "writes text"),
    "another activation": (config(hidden_act="swiglu"), "“swiglu”"),
    "no size": (config(hidden_size=None), "wrong kind"),
    "a size of 0": (config(num_hidden_layers=0), "not positive"),
    "another dimension": (config(hidden_size=48), r"“embeddings.word_embeddings.weight” has \d+×32 .* \d+×48"),
    "heads that do not divide it": (config(num_attention_heads=5), "divided among 5 heads"),
    "layers without end": (config(num_hidden_layers=10**9), "1000000000 layers"),
    "more layers": (config(num_hidden_layers=3), "lack “encoder.layer.2"),
    "another pooling": (pooling(pooling_mode_cls_token=False, pooling_mode_max_tokens=True), r"pooling \(max_tokens\)"),
    "two poolings": (pooling(pooling_mode_mean_tokens=True), r"pooling \(cls_token, mean_tokens\)"),
    "no pooling": (pooling(pooling_mode_cls_token=False), r"pooling \(none\)"),
    "a pooling of another size": (
        pooling(word_embedding_dimension=48),
        "pooling is of 48 numbers, its weights are of 32",
    ),
    "a further layer": (dense, "“Dense”"),
    "a missing tensor": (weights(lambda own: {k: v for k, v in own.items() if k != _WORDS}), f"lack “{_WORDS}”"),
    "a tensor of another shape": (weights(lambda own: {**own, _WORDS: own[_WORDS][:5]}), "has 5×32 numbers"),
    "numbers of another kind": (
        weights(lambda own: {**own, _WORDS: own[_WORDS].to(torch.float8_e4m3fn)}),
        "stored as F8_E4M3",
    ),
    "weights that are cut off": (cut, "model.safetensors is damaged"),
    "an empty file": (header(b""), "model.safetensors is damaged"),
    "a header that is none": (header(b"\x02\0\0\0\0\0\0\0[]"), "model.safetensors is damaged"),
    "a header larger than the file": (header(b"\xff" * 64), "model.safetensors is damaged"),
    "a damaged list of files": (index([]), "model.safetensors.index.json is damaged"),
    "a missing file of several": (
        index({"weight_map": {_WORDS: "model-00001-of-00002.safetensors"}}),
        "model-00001-of-00002.safetensors is missing",
    ),
    "files elsewhere": (index({"weight_map": {_WORDS: "../../secret.safetensors"}}), "none of weights"),
    "an instruction without end": (
        lambda f: write_json(f / "config_sentence_transformers.json", {"prompts": {"query": "x" * 5000}}),
        "longer than a text",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_used_is_refused_with_the_reason(folder, what):
    spoil, reason = REFUSED[what]
    spoil(folder)
    with pytest.raises(ModelError, match=reason) as refused:
        read_model(str(folder))
    assert refused.value.path == str(folder)
    assert refused.value.message.startswith("This model cannot be used: ")


JUNK = (None, True, -1, 10**30, 1e999, "x", "", [], [1], {}, {"a": 1}, "模型")
CONFIGURATIONS = (
    "config.json", "tokenizer_config.json", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json",
    "config_sentence_transformers.json", "model.safetensors.index.json",
)  # fmt: skip


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_whatever_a_configuration_holds_the_model_is_read_or_refused(folder, name):
    write_json(folder / "config_sentence_transformers.json", {"prompts": {"query": "Find: "}})
    write_json(folder / "model.safetensors.index.json", {"weight_map": {_WORDS: "model-1-of-1.safetensors"}})
    shutil.copy(folder / "model.safetensors", folder / "model-1-of-1.safetensors")
    read_model(str(folder))
    whole = json.loads((folder / name).read_text())
    keys = range(len(whole)) if isinstance(whole, list) else list(whole)
    changed = [*JUNK, *(_with(whole, key, junk) for key in keys for junk in JUNK)]
    for told in changed:
        write_json(folder / name, told)
        with contextlib.suppress(ModelError):
            read_model(str(folder))


def _with(whole, key, junk):
    changed = whole.copy()
    changed[key] = junk
    return changed


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        read_model(str(tmp_path / "nowhere"))


def test_before_it_is_added_a_model_needs_no_tokenizer_in_the_newer_form(folder):
    (folder / "tokenizer.json").unlink()
    check_folder(str(folder))


def test_a_model_that_is_called_m3_and_has_no_heads_is_refused(tmp_path):
    with pytest.raises(ModelError, match="sparse_linear"):
        check_folder(str(save_xlm_roberta(tmp_path / "bge-m3")))


def test_a_reranker_makes_no_vectors(tmp_path):
    with pytest.raises(ModelError, match="it is a re-ranking model"):
        read_model(str(save_bert_reranker(tmp_path / "reranker")))
