"""The encoders against the models' own code as the reference, on the real weights."""

from __future__ import annotations

import numpy as np
import openvino as ov
import pytest
import torch
from transformers import AutoModel

from bge_desktop.bge import tokenizer
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from bge_desktop.bge.precision import candidates
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
def reference(model, token_ids):
    """The vectors as the model's authors compute them: in single precision, each text by itself."""
    network = AutoModel.from_pretrained(model.folder, add_pooling_layer=False, dtype=torch.float32).eval()
    with torch.no_grad():
        hidden = [network(torch.tensor([ids])).last_hidden_state[:, 0] for ids in token_ids]
    return torch.nn.functional.normalize(torch.cat(hidden), dim=-1).numpy()


def cosines(found, expected):
    return (found * expected).sum(axis=1)


def test_the_long_text_fills_the_model(token_ids):
    assert max(map(len, token_ids)) == 512


@pytest.fixture(scope="module")
def best():
    """The precision that is safe on this processor."""
    return candidates(ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"))[0]


@pytest.fixture(scope="module")
def openvino_vectors(model, token_ids, best):
    encoder = OpenVinoEncoder(model, best)
    return np.concatenate([encoder.embed(*tokenizer.pad([ids])) for ids in token_ids])


def test_openvino_gives_the_reference(openvino_vectors, reference):
    found = cosines(openvino_vectors, reference)
    assert found.min() > 0.9999, dict(zip(TEXTS, found, strict=True))


def test_single_precision_is_single_precision(model, token_ids, reference):
    together = OpenVinoEncoder(model, "fp32").embed(*tokenizer.pad(token_ids))
    np.testing.assert_allclose(together, reference, atol=1e-5)


def test_int8_is_near_the_reference(model, token_ids, reference):
    """Wherever this runs: without integer instructions the same is computed more slowly."""
    encoder = OpenVinoEncoder(model, "int8")
    found = cosines(np.concatenate([encoder.embed(*tokenizer.pad([ids])) for ids in token_ids]), reference)
    assert found.min() > 0.98, dict(zip(TEXTS, found, strict=True))
    assert found.mean() > 0.99


def test_int8_computes_in_integers(model):
    request = OpenVinoEncoder(model, "int8")._request
    layers = request.get_compiled_model().get_runtime_model().get_ops()
    computed = [own.get_rt_info() for own in layers]
    linear = [info for info in computed if info["layerType"].astype(str) in ("FullyConnected", "MatMul")]
    assert {info["runtimePrecision"].astype(str) for info in linear} <= {"u8", "i8"}
    assert len(linear) >= 6 * 4


@pytest.mark.parametrize("together", [True, False])
def test_torch_without_padding_gives_the_reference(model, token_ids, reference, together):
    """What a graphics card runs, here in single precision."""
    encoder = TorchEncoder(model, "cpu")
    batches = [token_ids] if together else [[ids] for ids in token_ids]
    found = np.concatenate([encoder.embed(*tokenizer.pad(batch)) for batch in batches])
    np.testing.assert_allclose(found, reference, atol=1e-5)


def test_torch_minds_no_padding(model, token_ids):
    encoder = TorchEncoder(model, "cpu")
    short = token_ids[:3]
    np.testing.assert_allclose(
        encoder.embed(*tokenizer.pad(short, 96)), encoder.embed(*tokenizer.pad(short)), atol=1e-5
    )


def test_padding_in_a_batch_changes_no_vector(model, openvino_vectors, token_ids, best):
    together = OpenVinoEncoder(model, best).embed(*tokenizer.pad(token_ids, 512))
    assert cosines(together, openvino_vectors).min() > 0.9999


def test_vectors_are_normalised_and_of_the_models_dimension(model, openvino_vectors):
    assert openvino_vectors.shape == (len(TEXTS), model.dimension)
    np.testing.assert_allclose(np.linalg.norm(openvino_vectors, axis=1), 1, atol=1e-5)


def test_the_embedding_is_the_cls_vector_and_no_mean(model, openvino_vectors, token_ids):
    network = AutoModel.from_pretrained(model.folder, add_pooling_layer=False, dtype=torch.float32).eval()
    with torch.no_grad():
        hidden = network(torch.tensor([token_ids[0]])).last_hidden_state
    mean = torch.nn.functional.normalize(hidden[0].mean(dim=0), dim=0).numpy()
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
def test_reference_vectors(language, name, best):
    model = BUNDLED[language]
    vector = OpenVinoEncoder(model, best).embed(*tokenizer.pad(tokenizer.encode(model, [TEXTS[name]])))[0]
    np.testing.assert_allclose(vector[:3], REFERENCE[language, name], atol=2e-3)
