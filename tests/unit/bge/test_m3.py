"""The three scores of BGE-M3 against the published formulas, written out plainly (arXiv 2402.03216, section 3)."""

from __future__ import annotations

import shutil
from collections import defaultdict

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import XLMRobertaModel

from bge_desktop.bge import tokenizer
from bge_desktop.bge.m3 import HEADS, Embedding, has_heads
from bge_desktop.bge.m3_conversion import convert_heads
from bge_desktop.bge.m3_texts import embeddings
from bge_desktop.bge.models import Cosines, Model
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from bge_desktop.bge.torch_encoder import TorchEncoder
from bge_desktop.errors import ModelError
from tests.small_models import TEXTS, save_m3, save_xlm_roberta

QUERIES = ("When may the tenant end the lease?", "洗衣机保修", "print names of files", "完")
_SPECIAL = {0, 1, 2, 3}  # <s>, <pad>, </s>, <unk>


class Reference:
    """Each text by itself, in single precision, with a matrix of attention as large as it comes."""

    def __init__(self, folder):
        self._network = XLMRobertaModel.from_pretrained(
            folder, add_pooling_layer=False, dtype=torch.float32, attn_implementation="eager"
        ).eval()
        self._sparse, self._colbert = (load_file(folder / f"{name}.safetensors") for name in HEADS)

    @torch.no_grad()
    def embed(self, ids):
        hidden = self._network(torch.tensor([ids])).last_hidden_state[0]
        dense = hidden[0] / hidden[0].norm()
        says = torch.relu(hidden @ self._sparse["weight"].T + self._sparse["bias"])[:, 0]
        sparse = defaultdict(float)
        for token, weight in zip(ids, says.tolist(), strict=True):
            if token not in _SPECIAL:
                sparse[token] = max(sparse[token], weight)
        multi = hidden[1:] @ self._colbert["weight"].T + self._colbert["bias"]
        return dense, {token: own for token, own in sparse.items() if own}, multi / multi.norm(dim=-1, keepdim=True)

    @staticmethod
    def scores(query, passage):
        (dense, sparse, multi), (other, others, multis) = query, passage
        lexical = sum(weight * others.get(token, 0.0) for token, weight in sparse.items())
        nearest = [max(float(one @ each) for each in multis) for one in multi]
        return float(dense @ other), lexical, sum(nearest) / len(nearest)


def model_in(folder, **values):
    return Model(
        "m3", 32, "", Cosines(0.5, 0.1), location=str(folder), recorded="m3", padding=1, has_heads=True,
        architecture="xlm-roberta", **{"max_tokens": 64, **values},
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = save_m3(tmp_path_factory.mktemp("models") / "m3", colbert_size=24)
    convert_heads(str(made))
    return made


@pytest.fixture(scope="module", params=["openvino", "torch"])
def encoder(request, folder):
    model = model_in(folder)
    return OpenVinoEncoder(model, "fp32") if request.param == "openvino" else TorchEncoder(model, "cpu")


def embedded(encoder, model, texts) -> list[Embedding]:
    ids = tokenizer.encode(model, texts)
    token_ids, mask = tokenizer.pad(ids, padding=model.padding)
    return embeddings(model, ids, encoder.outputs(token_ids, mask))


def test_the_texts_have_what_is_to_be_told_apart(folder):
    """Unknown characters, texts of different lengths in one batch, and a token that stands in a text twice."""
    ids = tokenizer.encode(model_in(folder), [*QUERIES, *TEXTS])
    assert any(3 in own for own in ids)
    assert len({len(own) for own in ids}) > 5
    assert any(len(set(own)) < len(own) for own in ids)


def test_all_three_scores_are_those_of_the_paper(folder, encoder):
    model, reference = model_in(folder), Reference(folder)
    ours = embedded(encoder, model, [*QUERIES, *TEXTS])
    theirs = [reference.embed(ids) for ids in tokenizer.encode(model, [*QUERIES, *TEXTS])]
    for one, expected in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one.dense, expected[0], atol=1e-4)
        found = dict(zip(one.sparse.tokens.tolist(), one.sparse.weights.tolist(), strict=True))
        assert found == pytest.approx(expected[1], abs=1e-4)
        np.testing.assert_allclose(one.multi, expected[2], atol=1e-4)
    for query in range(len(QUERIES)):
        for passage in range(len(QUERIES), len(ours)):
            dense, sparse, multi = Reference.scores(theirs[query], theirs[passage])
            assert ours[query].sparse.score(ours[passage].sparse) == pytest.approx(sparse, abs=1e-4)
            assert ours[query].score(ours[passage]) == pytest.approx(dense + 0.3 * sparse + multi, abs=2e-4)


def test_embed_gives_the_dense_vectors(folder, encoder):
    model = model_in(folder)
    token_ids, mask = tokenizer.pad(tokenizer.encode(model, TEXTS), padding=model.padding)
    dense = np.array(encoder.outputs(token_ids, mask).dense)
    np.testing.assert_allclose(encoder.embed(token_ids, mask), dense, atol=1e-6)


@pytest.mark.parametrize("backend", ["openvino", "torch"])
def test_a_text_of_8192_tokens_is_read_whole(tmp_path, backend):
    made = save_m3(tmp_path / "m3", max_position_embeddings=8194, num_hidden_layers=1)
    convert_heads(str(made))
    model = model_in(made, max_tokens=8192)
    text = " ".join(f"{TEXTS[number % 9]} {number}" for number in range(700))
    [ids] = tokenizer.encode(model, [text])
    assert len(ids) == 8192
    encoder = OpenVinoEncoder(model, "fp32") if backend == "openvino" else TorchEncoder(model, "cpu")
    [ours] = embedded(encoder, model, [text])
    dense, sparse, multi = Reference(made).embed(ids)
    np.testing.assert_allclose(ours.dense, dense, atol=1e-4)
    found = dict(zip(ours.sparse.tokens.tolist(), ours.sparse.weights.tolist(), strict=True))
    assert found == pytest.approx(sparse, abs=1e-4)
    np.testing.assert_allclose(ours.multi, multi, atol=1e-4)


def test_a_folder_has_heads_as_published_and_as_converted(tmp_path):
    made = save_m3(tmp_path / "any name")
    before = {name: torch.load(made / f"{name}.pt", weights_only=True) for name in HEADS}
    assert has_heads(str(made))
    convert_heads(str(made))
    assert has_heads(str(made))
    assert sorted(own.name for own in made.glob("*_linear.*")) == sorted(f"{name}.safetensors" for name in HEADS)
    for name, tensors in before.items():
        after = load_file(made / f"{name}.safetensors")
        assert all(torch.equal(after[own], tensor) for own, tensor in tensors.items())
    convert_heads(str(made))  # once more changes nothing
    assert has_heads(str(made))


def test_an_encoder_without_heads_has_none(tmp_path):
    assert not has_heads(str(save_xlm_roberta(tmp_path / "an encoder")))


@pytest.mark.parametrize("missing", HEADS)
def test_a_head_that_is_missing_is_told(tmp_path, missing):
    made = save_m3(tmp_path / "m3")
    (made / f"{missing}.pt").unlink()
    with pytest.raises(ModelError, match=f"{missing}.pt” is missing"):
        has_heads(str(made))


def test_m3_without_any_head_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"sparse_linear.pt” is missing"):
        has_heads(str(save_xlm_roberta(tmp_path / "bge-m3")))


def test_a_head_that_could_run_code_is_refused(tmp_path):
    made = save_m3(tmp_path / "m3")
    torch.save({"weight": torch.nn.Linear(2, 2), "bias": shutil.copy}, made / "sparse_linear.pt")
    with pytest.raises(ModelError, match="cannot be read as tensors"):
        convert_heads(str(made))
    assert not (made / "sparse_linear.safetensors").exists()


@pytest.mark.parametrize(
    ("head", "tensors"),
    [
        ("sparse_linear", {"weight": torch.zeros(1, 16), "bias": torch.zeros(1)}),
        ("sparse_linear", {"weight": torch.zeros(2, 32), "bias": torch.zeros(2)}),
        ("colbert_linear", {"weight": torch.zeros(24, 32), "bias": torch.zeros(23)}),
        ("colbert_linear", {"weight": torch.zeros(24), "bias": torch.zeros(24)}),
        ("colbert_linear", {"weight": torch.zeros(0, 32), "bias": torch.zeros(0)}),
        ("colbert_linear", {"bias": torch.zeros(24)}),
    ],
)
def test_a_head_of_a_wrong_shape_is_told(tmp_path, head, tensors):
    made = save_m3(tmp_path / "m3")
    torch.save(tensors, made / f"{head}.pt")
    with pytest.raises(ModelError, match=head):
        convert_heads(str(made))


def test_a_converted_head_that_is_damaged_is_told(tmp_path):
    made = save_m3(tmp_path / "m3")
    convert_heads(str(made))
    (made / "colbert_linear.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="“colbert_linear” cannot be read"):
        convert_heads(str(made))


def test_a_model_is_known_by_its_name_where_its_folder_has_another(tmp_path):
    made = str(save_xlm_roberta(tmp_path / "coming"))
    assert not has_heads(made, "another")
    with pytest.raises(ModelError, match=r"sparse_linear.pt” is missing"):
        has_heads(made, "bge-m3")
