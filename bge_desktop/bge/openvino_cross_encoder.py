"""The cross-encoder on the processor, with OpenVINO."""

from __future__ import annotations

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino import opset13 as ops

from bge_desktop.bge import pair_head
from bge_desktop.bge.batches import SMALL_BUDGET
from bge_desktop.bge.models import Model
from bge_desktop.bge.openvino_encoder import NAMES, compiled
from bge_desktop.bge.openvino_graph import BertGraph, integers
from bge_desktop.bge.pairs import pair_types
from bge_desktop.bge.precision import Precision
from bge_desktop.bge.weights import read


class OpenVinoCrossEncoder:
    """Scores pairs of a query and a passage with OpenVINO on the CPU.

    Args:
        model: the cross-encoder to load.
        precision: what to compute in.
        threads: how many threads to compute with; 0 leaves it to OpenVINO.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """

    def __init__(self, model: Model, precision: Precision, threads: int = 0) -> None:
        # a pair has the processor as busy as several have, and the time for a query is kept to
        self.name, self.budget = NAMES[precision], SMALL_BUDGET
        network, weights = read(model)
        self._has_types = pair_head.has_types(network)
        self._request = compiled(_PairGraph(network, weights).build_pairs(), precision, threads)

    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how well the passages answer, [batch, 1], of padded token ids of pairs, [batch, length]."""
        inputs = [token_ids, mask, pair_types(token_ids, mask)] if self._has_types else [token_ids, mask]
        return np.array(self._request.infer(inputs, share_inputs=True)[0], np.float32)


class _PairGraph(BertGraph):
    """Builds the graph of an encoder with a head that scores pairs."""

    def build_pairs(self) -> ov.Model:
        """Return the graph: token ids, mask and, in BERT, types, [batch, length] int64, to scores [batch, 1]."""
        names = ("token_ids", "mask", "types") if pair_head.has_types(self._network) else ("token_ids", "mask")
        inputs = [ops.parameter([-1, -1], np.int64, name=name) for name in names]
        first, second = pair_head.LAYERS[self._network.architecture]
        cls = ops.squeeze(self.hidden(*inputs, only_cls=True), integers(1))
        return ov.Model([self.linear(ops.tanh(self.linear(cls, first)), second)], inputs, "cross-encoder")
