"""Where embedding runs: the choice of a device, and the encoder for it."""

from __future__ import annotations

import glob
import importlib.metadata
import platform
import sys
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.m3 import Outputs
from bge_desktop.bge.models import Model
from bge_desktop.errors import EncoderError
from bge_desktop.settings import Device


class TokenEncoder(Protocol):
    """Embeds padded token ids.

    Attributes:
        name: says in words where it runs.
        budget: tokens in a batch, padding included, from which on a larger one is hardly any faster.
    """

    name: str
    budget: int

    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return normalised vectors of texts, [batch, dimension], of token ids and mask, both [batch, length].

        A reranker gives the scores of pairs, [batch, 1].
        """
        ...


class EncoderWithHeads(TokenEncoder, Protocol):
    """Embeds with a model that gives lexical weights and multi-vectors as well."""

    def outputs(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Outputs:
        """Return all that the model gives of texts, of token ids and mask, both [batch, length]."""
        ...


def choose(wanted: Device) -> Device:
    """Return "cuda", "mps" or "cpu": what was asked for, or the best there is for "auto".

    torch is imported only where a GPU is likely, because importing it takes seconds and hundreds of megabytes.

    Raises:
        EncoderError: a GPU was asked for by name and torch cannot use it.
    """
    if wanted == "cpu" or (wanted == "auto" and not _gpu_likely()):
        return "cpu"
    usable = _usable_gpu()
    if wanted not in ("auto", usable):
        message = f'There is no {wanted.upper()} device that torch can use. Choose the device "auto" or "cpu".'
        raise EncoderError("Device not available", message)
    return usable or "cpu"


def load(model: Model, device: Device, threads: int = 0, *, may_measure: bool = False) -> TokenEncoder:
    """Load the model for a device that `choose` returned.

    Args:
        model: the encoder.
        device: where it is to run.
        threads: of the processor, to compute with; 0 leaves it to the library that computes.
        may_measure: whether there is time to find out what precision is best on this processor, if nobody has yet.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """
    if device == "cpu":
        return _load_on_processor(model, threads, may_measure=may_measure)
    from bge_desktop.bge.torch_cross_encoder import TorchCrossEncoder
    from bge_desktop.bge.torch_encoder import TorchEncoder

    return (TorchCrossEncoder if model.is_reranker else TorchEncoder)(model, device, threads)


def _load_on_processor(model: Model, threads: int, *, may_measure: bool) -> TokenEncoder:
    from bge_desktop.bge.measuring import chosen
    from bge_desktop.bge.openvino_cross_encoder import OpenVinoCrossEncoder
    from bge_desktop.bge.openvino_encoder import OpenVinoEncoder

    precision = chosen(model, threads, may_measure=may_measure)
    return (OpenVinoCrossEncoder if model.is_reranker else OpenVinoEncoder)(model, precision, threads)


def _gpu_likely() -> bool:
    if importlib.metadata.version("torch").endswith("+cpu"):
        return False
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    return sys.platform == "win32" or bool(glob.glob("/dev/nvidia[0-9]*"))


def _usable_gpu() -> Device | None:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else None
