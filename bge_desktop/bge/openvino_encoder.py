"""The encoder on the processor, with OpenVINO."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from bge_desktop.bge.m3 import Outputs
from bge_desktop.bge.models import Model
from bge_desktop.bge.openvino_graph import build_graph
from bge_desktop.bge.precision import Precision
from bge_desktop.bge.quantization import load_ranges

NAMES: Mapping[Precision, str] = {
    "bf16": "OpenVINO bf16 on the processor",
    "fp16": "OpenVINO fp16 on the processor",
    "int8": "OpenVINO int8 on the processor",
    "fp32": "OpenVINO fp32 on the processor",
}
"""Where a network runs, in words, by what it computes in."""
# What is not a linear layer stays in single precision beside int8.
_HINTS: Mapping[Precision, str] = {"bf16": "bf16", "fp16": "f16", "int8": "f32", "fp32": "f32"}
# Measured on two cores of Zen 5 (bf16, int8) and of Zen 3 (fp32). A larger batch also makes a query wait longer.
_BUDGETS: Mapping[Precision, int] = {"bf16": 1536, "fp16": 1536, "int8": 1536, "fp32": 512}


class OpenVinoEncoder:
    """Embeds token ids with OpenVINO on the CPU.

    Args:
        model: the encoder to load.
        precision: what to compute in.
        threads: how many threads to compute with; 0 leaves it to OpenVINO.
        layers: how many of the first layers to compute; None for all.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """

    def __init__(self, model: Model, precision: Precision, threads: int = 0, layers: int | None = None) -> None:
        self.name, self.budget = NAMES[precision], _BUDGETS[precision]
        graph = build_graph(model, load_ranges(model) if precision == "int8" else None, layers)
        self._request = compiled(graph, precision, threads)

    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return normalised vectors of texts, [batch, dimension], of padded token ids, [batch, length]."""
        outputs = self._request.infer([token_ids, mask], share_inputs=True)
        return np.array(outputs[0], np.float32)

    def outputs(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Outputs:
        """Return all that a model with heads gives of texts, of padded token ids, [batch, length]."""
        dense, says, multi = self._request.infer([token_ids, mask], share_inputs=True, share_outputs=True).to_tuple()
        return Outputs(dense, says, multi)


def compiled(graph: ov.Model, precision: Precision, threads: int) -> ov.InferRequest:
    """Return a graph that is ready to compute on the CPU.

    Args:
        graph: in floating point.
        precision: what to compute in.
        threads: how many threads to compute with; 0 leaves it to OpenVINO.
    """
    settings: dict[str, Any] = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": _HINTS[precision],
        # a thread that is bound to a core waits for it while another is idle: queries took a fifth longer
        "ENABLE_CPU_PINNING": False,
    }
    if threads:
        settings["INFERENCE_NUM_THREADS"] = threads
    return ov.Core().compile_model(graph, "CPU", settings).create_infer_request()
