"""The weights of a model, read from its safetensors files: nothing in these can run code."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.m3 import HEADS
from bge_desktop.bge.models import Model, checked_content, checked_file
from bge_desktop.bge.network import Network, canonical, network_of
from bge_desktop.errors import ModelError

Weights = Mapping[str, NDArray[np.floating[Any]]]

FILE, INDEX = "model.safetensors", "model.safetensors.index.json"
_KINDS: Mapping[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "BF16": np.dtype("<u2")}


def read(model: Model) -> tuple[Network, Weights]:
    """Return the network of a model and its weights in half or single precision, by their `canonical` names.

    Those of its heads, where it has them, are among them: "sparse_linear.weight", and so on.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """
    try:
        network = network_of(json.loads(checked_content(model, "config.json")))
        found = {name: array for own in files(model) for name, array in _tensors(checked_file(model, own)).items()}
        found |= _heads(model) if model.has_heads else {}
    except (ValueError, KeyError, TypeError) as error:
        message = f"The weights of {model.name} cannot be read. Add the model again."
        raise ModelError("Model is damaged", message, model.folder) from error
    return network, {canonical(name): array for name, array in found.items()}


def files(model: Model) -> list[str]:
    """Return the names of the files that hold the weights of a model.

    Raises:
        ModelError: the list of them cannot be read.
    """
    if not os.path.exists(os.path.join(model.folder, INDEX)):
        return [FILE]
    return sorted(set(json.loads(checked_content(model, INDEX))["weight_map"].values()))


def _heads(model: Model) -> dict[str, NDArray[np.floating[Any]]]:
    read = {head: _tensors(checked_file(model, f"{head}.safetensors")) for head in HEADS}
    return {f"{head}.{name}": own[name] for head, own in read.items() for name in ("weight", "bias")}


def _tensors(path: str) -> dict[str, NDArray[np.floating[Any]]]:
    """Return the floating-point tensors of a safetensors file: a length, a description in JSON, and the numbers.

    The file stays where it is, shared by all processes that read it: of gigabytes, only what is used is in memory.
    """
    content = np.asarray(np.memmap(path, np.uint8, "c"))  # OpenVINO shares no memory that is not to be written to
    start = 8 + int.from_bytes(content[:8].tobytes(), "little")
    described = json.loads(content[8:start].tobytes())
    return {
        name: _tensor(content[start:], own)
        for name, own in described.items()
        if name != "__metadata__" and own["dtype"] in _KINDS
    }


def _tensor(numbers: NDArray[np.uint8], described: Mapping[str, Any]) -> NDArray[np.floating[Any]]:
    first, end = described["data_offsets"]
    array: NDArray[Any] = numbers[first:end].view(_KINDS[described["dtype"]]).reshape(described["shape"])
    if described["dtype"] == "BF16":  # numpy does not know it: the upper half of single precision
        array = (array.astype(np.uint32) << 16).view(np.float32)
    return array
