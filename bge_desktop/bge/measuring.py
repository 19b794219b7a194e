"""The short measurement by which the precision is chosen on a processor, once for each model and number of threads."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from bge_desktop.bge import precision, tokenizer
from bge_desktop.bge.models import Model, fingerprint
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from bge_desktop.bge.precision import Precision, Trial
from bge_desktop.bge.quantization import has_ranges

# Two layers tell how the precisions compare, and are loaded and run in a fraction of the time.
_LAYERS = 2
_ROWS, _ROUNDS = 8, 4
_TEXT = "Represent this sentence for searching relevant passages: "
_REPEATED = 12  # times the model's instruction, or another one, of some ten tokens: about the length of a passage


def chosen(model: Model, threads: int, *, may_measure: bool) -> Precision:
    """Return the precision for a model on this processor: as measured, now or before, else what is safe unmeasured.

    Args:
        model: the encoder.
        threads: how many it computes with; 0 leaves it to OpenVINO.
        may_measure: whether there is half a second for it now, where nothing was measured before.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """
    capabilities = ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    possible = tuple(own for own in precision.candidates(capabilities) if own != "int8" or has_ranges(model))
    key = _key(model, threads, capabilities)
    if len(possible) == 1 or not may_measure:
        return precision.kept(key) or possible[0]
    return precision.kept(key) or _choose_anew(key, trials(model, threads, possible))


def trials(model: Model, threads: int, possible: Collection[Precision]) -> Mapping[Precision, Trial]:
    """Return how each precision does with the first layers of a model.

    The rounds take turns, and the fastest of each counts, so that other programs weigh on none of them alone.
    """
    batch = _batch(model)
    encoders = {own: OpenVinoEncoder(model, own, threads, _LAYERS) for own in possible}
    vectors = {own: encoder.embed(*batch) for own, encoder in encoders.items()}
    rounds = [{own: _timed(encoder, *batch) for own, encoder in encoders.items()} for _ in range(_ROUNDS)]
    return {
        own: Trial(
            tokens_s=batch[0].size / min(seconds[own] for seconds in rounds),
            agreement=float((vectors[own] * vectors["fp32"]).sum(axis=1).min()),
        )
        for own in possible
    }


def _choose_anew(key: str, found: Mapping[Precision, Trial]) -> Precision:
    choice = precision.best(found)
    precision.keep(key, choice)
    return choice


def _key(model: Model, threads: int, capabilities: Collection[str]) -> str:
    """Return what a choice holds for: a virtual machine may be moved to another processor of the same name."""
    name = ov.Core().get_property("CPU", "FULL_DEVICE_NAME")
    instructions = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    return json.dumps([name, *instructions, *capabilities, ov.__version__, fingerprint(model), threads])


def _batch(model: Model) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    [ids] = tokenizer.encode(model, [(model.instruction or _TEXT) * _REPEATED])
    return tokenizer.pad([ids] * _ROWS)


def _timed(encoder: OpenVinoEncoder, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> float:
    started = time.perf_counter()
    encoder.embed(token_ids, mask)
    return time.perf_counter() - started
