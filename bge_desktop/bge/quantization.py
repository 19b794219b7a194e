"""Rounding to int8: the weights, and the ranges of what goes into the linear layers, measured by `make calibrate`.

Channels with large values would leave few of the 256 steps to the others. So each input channel is divided by a factor
that the weights are multiplied by (SmoothQuant, Xiao et al. 2022, arXiv 2211.10438): the product stays the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop import resources
from bge_desktop.bge.models import Model, fingerprint
from bge_desktop.errors import ModelError
from bge_desktop.own_files import read_json

STEPS_PER_OCTAVE = 8
"""Factors of channels are kept as whole numbers of eighths of an octave."""
_LARGEST_WEIGHT = 127
_LARGEST_STEP = 255


@dataclass(frozen=True)
class InputRange:
    """What goes into a linear layer, once divided by the factors of its channels.

    Attributes:
        step: between two of the 256 values that it is rounded to.
        zero: which of them, counted from 0, is zero.
        factors: of the channels, as exponents of 2, in eighths.
    """

    step: float
    zero: int
    factors: tuple[int, ...]

    @property
    def low(self) -> float:
        """The lowest of the values."""
        return -self.zero * self.step

    @property
    def high(self) -> float:
        """The highest of the values."""
        return (_LARGEST_STEP - self.zero) * self.step

    @property
    def channels(self) -> NDArray[np.float32]:
        """The factors of the channels, [inputs]."""
        return np.exp2(np.array(self.factors, np.float32) / STEPS_PER_OCTAVE)


def path(model: Model) -> str:
    """Return where the ranges of a model are."""
    return resources.path("models", f"{model.name}.int8.json")


def has_ranges(model: Model) -> bool:
    """Return whether there are ranges of a model: of those that come with the app."""
    return model.is_bundled


def load_ranges(model: Model) -> Mapping[str, InputRange]:
    """Return the range of each input, by the name of the layer.

    Raises:
        ModelError: the file is missing, damaged, or of other weights.
    """
    told = read_json(path(model))
    try:
        if told["fingerprint"] != fingerprint(model):
            raise ValueError(told["fingerprint"])
        return {
            name: InputRange(float(own["step"]), int(own["zero"]), tuple(map(int, own["factors"])))
            for name, own in told["inputs"].items()
        }
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        message = f"The ranges for int8 of {model.name} are missing or damaged. Install the app again."
        raise ModelError("Model is damaged", message, path(model)) from error


def quantized(
    weights: NDArray[np.float16], channels: NDArray[np.float32]
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return weights [outputs, inputs], times the factors of their inputs, as integers and a scale for each output."""
    scaled = weights.astype(np.float32) * channels
    scales = np.maximum(np.abs(scaled).max(axis=1, keepdims=True), np.finfo(np.float32).tiny) / _LARGEST_WEIGHT
    return np.rint(scaled / scales).astype(np.int8), scales.astype(np.float32)
