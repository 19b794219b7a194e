"""The encoders against torch as the reference, on the real weights."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import AutoModel

from bge_desktop.bge import tokenizer
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from bge_desktop.bge.torch_encoder import TorchEncoder

TEXTS = {
    "English": "The tenant may end the lease with sixty days' notice in writing.",
    "Chinese": "租客可以提前六十天书面通知解除合同。",
    "upper case": "HOW TO FINE-TUNE BGE WITH PyTorch ON A GPU?",
    "emoji": "Bring sunscreen 🏖️ and passports 👨‍👩‍👧 to the airport ✈️",
    "mixed": "PyTorch 显存不足 (CUDA out of memory) 怎么办？",
    "one character": "a",
    "512 tokens": "the heat pump must be serviced every year " * 100,
}


@pytest.fixture(scope="module", params=["en", "zh"])
def model(request):
    return BUNDLED[request.param]


@pytest.fixture(scope="module")
def token_ids(model):
    return tokenizer.encode(model, list(TEXTS.values()))


@pytest.fixture(scope="module")
def openvino_vectors(model, token_ids):
    encoder = OpenVinoEncoder(model)
    return np.concatenate([encoder.embed(*tokenizer.pad([ids])) for ids in token_ids])


@pytest.fixture(scope="module")
def torch_encoder(model):
    return TorchEncoder(model, "cpu")


def test_the_long_text_fills_the_model(token_ids):
    assert max(map(len, token_ids)) == 512


def test_openvino_gives_torchs_vectors(openvino_vectors, torch_encoder, token_ids):
    reference = np.concatenate([torch_encoder.embed(*tokenizer.pad([ids])) for ids in token_ids])
    cosines = (openvino_vectors * reference).sum(axis=1)
    assert cosines.min() > 0.9999, dict(zip(TEXTS, cosines, strict=True))


def test_padding_in_a_batch_changes_no_vector(model, openvino_vectors, token_ids):
    together = OpenVinoEncoder(model).embed(*tokenizer.pad(token_ids))
    assert (together * openvino_vectors).sum(axis=1).min() > 0.9999


def test_vectors_are_normalised_and_of_the_models_dimension(model, openvino_vectors):
    assert openvino_vectors.shape == (len(TEXTS), model.dimension)
    np.testing.assert_allclose(np.linalg.norm(openvino_vectors, axis=1), 1, atol=1e-5)


def test_the_embedding_is_the_cls_vector_of_the_last_layer(model, openvino_vectors, token_ids):
    network = AutoModel.from_pretrained(model.folder, add_pooling_layer=False, dtype=torch.float32).eval()
    with torch.no_grad():
        hidden = network(torch.tensor([token_ids[0]])).last_hidden_state
    cls = torch.nn.functional.normalize(hidden[0, 0], dim=0).numpy()
    mean = torch.nn.functional.normalize(hidden[0].mean(dim=0), dim=0).numpy()
    assert cls @ openvino_vectors[0] > 0.9999
    assert mean @ openvino_vectors[0] < 0.999


# The first three numbers of four vectors, computed once with torch in single precision from these weights: whatever
# changes them (weights, tokenizer, pooling, normalisation) makes every stored vector worthless.
REFERENCE = {
    ("en", "English"): [-0.03973, -0.03226, 0.00603],
    ("en", "upper case"): [-0.02583, 0.05830, -0.01284],
    ("zh", "Chinese"): [-0.01923, 0.04250, 0.07052],
    ("zh", "mixed"): [-0.03880, 0.00427, 0.01288],
}


@pytest.mark.parametrize(("language", "name"), REFERENCE)
def test_reference_vectors(language, name):
    model = BUNDLED[language]
    vector = OpenVinoEncoder(model).embed(*tokenizer.pad(tokenizer.encode(model, [TEXTS[name]])))[0]
    np.testing.assert_allclose(vector[:3], REFERENCE[language, name], atol=2e-3)
