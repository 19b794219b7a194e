"""Rounding to int8: its error, and the measured ranges that come with the models."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.bge import quantization
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.openvino_graph import input_of
from bge_desktop.bge.quantization import InputRange, load_ranges, quantized
from bge_desktop.bge.weights import read
from bge_desktop.errors import ModelError

MODEL = BUNDLED["zh"]


@pytest.mark.parametrize("model", BUNDLED.values(), ids=BUNDLED)
def test_there_is_a_range_for_the_input_of_each_linear_layer(model):
    _, weights = read(model)
    linear = {name: own for name, own in weights.items() if own.ndim == 2 and name.startswith("encoder.")}
    ranges = load_ranges(model)
    assert {input_of(name.removesuffix(".weight")) for name in linear} == set(ranges)
    for name, weight in linear.items():
        assert len(ranges[input_of(name.removesuffix(".weight"))].factors) == weight.shape[1]


@pytest.mark.parametrize("model", BUNDLED.values(), ids=BUNDLED)
def test_zero_is_one_of_the_values_that_an_input_is_rounded_to(model):
    for own in load_ranges(model).values():
        assert own.low <= 0 <= own.high
        assert own.high - own.low == pytest.approx(255 * own.step)
        assert own.low / own.step == pytest.approx(-own.zero)


@given(st.integers(0, 2**32 - 1))
def test_no_weight_is_off_by_more_than_half_a_step(seed):
    made = np.random.default_rng(seed)
    weights = made.normal(size=(4, 16)).astype(np.float16)
    channels = np.exp2(made.integers(-24, 24, 16) / 8).astype(np.float32)
    integers, scales = quantized(weights, channels)
    assert integers.dtype == np.int8
    assert np.abs(integers).max() == 127
    assert (np.abs(integers * scales - weights.astype(np.float32) * channels) <= scales * 0.501).all()


def test_an_output_without_weights_stays_without():
    integers, scales = quantized(np.zeros((2, 3), np.float16), np.ones(3, np.float32))
    assert not integers.any()
    assert np.isfinite(scales).all()


def test_the_factors_are_eighths_of_octaves():
    np.testing.assert_allclose(InputRange(1.0, 0, (0, 8, -8, 4)).channels, [1, 2, 0.5, 2**0.5], rtol=1e-6)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: {**told, "fingerprint": "another"},
        lambda told: {"fingerprint": told["fingerprint"]},
        lambda told: {**told, "inputs": {"encoder": {"step": "much"}}},
        lambda told: [],
    ],
)
def test_ranges_that_are_damaged_or_of_other_weights_are_refused(tmp_path, monkeypatch, spoil):
    with open(quantization.path(MODEL), encoding="utf-8") as file:
        told = json.load(file)
    (tmp_path / "ranges.json").write_text(json.dumps(spoil(told)))
    monkeypatch.setattr(quantization, "path", lambda _: str(tmp_path / "ranges.json"))
    with pytest.raises(ModelError, match="ranges for int8"):
        load_ranges(MODEL)
