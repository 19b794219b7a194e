"""The ranges that `make calibrate` measures."""

from __future__ import annotations

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from tests.calibration.inputs import linear_inputs, weights_by_input
from tests.calibration.ranges import range_of


@pytest.fixture
def made():
    return np.random.default_rng(8)


def test_every_value_that_was_seen_is_in_the_range(made):
    values = (made.normal(size=(500, 12)) * np.exp2(made.integers(-4, 6, 12))).astype(np.float32)
    own = range_of(values, made.normal(size=(8, 12)).astype(np.float32))
    smoothed = values / own.channels
    assert own.low - own.step <= smoothed.min()
    assert smoothed.max() <= own.high + own.step


def test_a_channel_of_large_values_leaves_steps_to_the_others(made):
    values = made.normal(size=(500, 12)).astype(np.float32)
    values[:, 3] *= 100
    own = range_of(values, made.normal(size=(8, 12)).astype(np.float32))
    assert own.factors[3] == max(own.factors)
    rounded = np.rint(values / own.channels / own.step) * own.step * own.channels
    others = np.arange(12) != 3
    assert np.abs(rounded - values)[:, others].mean() < 0.05 * np.abs(values[:, others]).mean()


def test_what_is_never_negative_has_all_steps_above_zero(made):
    assert range_of(np.abs(made.normal(size=(50, 4))).astype(np.float32), np.ones((2, 4), np.float32)).zero == 0


def test_the_inputs_of_all_linear_layers_are_seen_with_their_weights():
    model = BUNDLED["zh"]
    weights = weights_by_input(model)
    inputs = linear_inputs(model, ["词"])
    assert set(inputs) == set(weights)
    assert all(values.shape[1] == weights[name].shape[1] for name, values in inputs.items())
