"""The range and the factors of the channels that lose the least when an input is rounded to int8."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.quantization import STEPS_PER_OCTAVE, InputRange

# How much of the spread between channels goes to the weights, of 1; and the percentile that counts as a channel's
# largest value. Swept over 0.5 to 0.95, and 99.9 to 100, for the cosine to single precision.
_SHARE, _LARGEST = 0.75, 99.99
_STEPS = 255


def range_of(values: NDArray[np.float32], weights: NDArray[np.float32]) -> InputRange:
    """Return the range of an input, [tokens, inputs], that is multiplied by weights, [outputs, inputs]."""
    factors = _factors(values, weights)
    smoothed = values / np.exp2(factors / STEPS_PER_OCTAVE)
    low, high = min(0.0, float(smoothed.min())), max(0.0, float(smoothed.max()))
    step = (high - low) / _STEPS
    return InputRange(float(f"{step:.6g}"), round(-low / step), tuple(map(int, factors)))


def _factors(values: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the exponents of the channels' factors, [inputs], around a mean of 0."""
    tiny = np.float32(1e-6)
    largest = np.log2(np.percentile(np.abs(values), _LARGEST, axis=0) + tiny)
    exponents = _SHARE * largest - (1 - _SHARE) * np.log2(np.abs(weights).max(axis=0) + tiny)
    rounded: NDArray[np.float32] = np.rint(STEPS_PER_OCTAVE * (exponents - exponents.mean()))
    return rounded
