"""BERT and XLM-R as an OpenVINO graph, built straight from the safetensors weights.

Built by hand rather than converted from torch for three measured reasons: the encoder process does not need torch (it
starts in half a second instead of three and stays under 600 MB), the last layer is computed for the
[CLS] position alone where no other is used, and nothing but this file decides what is computed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino import opset13 as ops

from bge_desktop.bge.models import Model, Pooling
from bge_desktop.bge.network import Network
from bge_desktop.bge.quantization import InputRange, quantized
from bge_desktop.bge.weights import Weights, read


def build_graph(model: Model, ranges: Mapping[str, InputRange] | None = None, layers: int | None = None) -> ov.Model:
    """Return the graph: token ids and attention mask, [batch, length] int64, to normalised vectors [batch, dimension].

    Where the model has heads, it also gives how much each token says, [batch, length], and the multi-vectors of all
    tokens but [CLS], normalised, [batch, length - 1, size].

    The architecture is BERT's (Devlin et al. 2018, arXiv 1810.04805) with post-layer normalisation.

    Args:
        model: whose weights to take.
        ranges: of the inputs of the linear layers, where these are to be computed in int8.
        layers: how many of the first layers to compute; None for all.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """
    network, weights = read(model)
    if layers:
        network = network.shortened(layers)
    graph = QuantizedBertGraph(network, weights, ranges) if ranges else BertGraph(network, weights)
    return graph.build_with_heads() if model.has_heads else graph.build(model.pooling)


class BertGraph:
    """Builds the graph in floating point: the precision is chosen when it is compiled."""

    def __init__(self, network: Network, weights: Weights) -> None:
        self._network, self._weights = network, weights

    def build(self, pooling: Pooling) -> ov.Model:
        """Return the graph, as `build_graph` describes it."""
        token_ids = ops.parameter([-1, -1], np.int64, name="token_ids")
        mask = ops.parameter([-1, -1], np.int64, name="mask")
        hidden = self.hidden(token_ids, mask, only_cls=pooling == "cls")
        pooled = ops.squeeze(hidden, integers(1)) if pooling == "cls" else _mean(hidden, mask)
        return ov.Model([ops.normalize_l2(pooled, integers([1]), 1e-12, "max")], [token_ids, mask], "bge")

    def build_with_heads(self) -> ov.Model:
        """Return the graph of a model that has heads, as `build_graph` describes it."""
        token_ids = ops.parameter([-1, -1], np.int64, name="token_ids")
        mask = ops.parameter([-1, -1], np.int64, name="mask")
        hidden = self.hidden(token_ids, mask)
        cls = ops.gather(hidden, integers(0), integers(1))
        says = ops.squeeze(ops.relu(self.linear(hidden, "sparse_linear")), integers(2))
        behind = ops.slice(hidden, integers([1]), integers([2**31 - 1]), integers([1]), integers([1]))
        multi = ops.normalize_l2(self.linear(behind, "colbert_linear"), integers([2]), 1e-12, "max")
        return ov.Model([ops.normalize_l2(cls, integers([1]), 1e-12, "max"), says, multi], [token_ids, mask], "m3")

    def hidden(
        self, token_ids: ov.Node, mask: ov.Node, types: ov.Node | None = None, *, only_cls: bool = False
    ) -> ov.Node:
        """Return what the last layer holds of all tokens, [batch, length, size], or of [CLS] alone, [batch, 1, size].

        Args:
            token_ids: [batch, length].
            mask: 1 where there is a token, [batch, length].
            types: of the tokens, [batch, length]; without them, every token has type 0, as in a single text.
            only_cls: whether no other token's is used.
        """
        hidden = self._embeddings(token_ids, types)
        bias = _mask_bias(mask)
        last = self._network.layers - 1
        for layer in range(self._network.layers):
            hidden = self._layer(hidden, bias, f"encoder.layer.{layer}", only_cls=only_cls and layer == last)
        return hidden

    def linear(self, node: ov.Node, name: str) -> ov.Node:
        """Return a linear layer of `node`, [..., inputs], to [..., outputs]."""
        product = ops.matmul(node, self._weight(f"{name}.weight"), transpose_a=False, transpose_b=True)
        return ops.add(product, self._weight(f"{name}.bias"))

    def _weight(self, name: str) -> ov.Node:
        # stays in half precision, and where it is, until OpenVINO makes of it what it computes with: fewer copies
        return ops.convert(ops.constant(self._weights[name], shared_memory=True), "f32")

    def _embeddings(self, token_ids: ov.Node, types: ov.Node | None) -> ov.Node:
        words = ops.gather(self._weight("embeddings.word_embeddings.weight"), token_ids, integers(0))
        length = ops.gather(ops.shape_of(token_ids), integers([1]), integers(0))
        both = ("embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight")
        positions, kinds = (self._weights[name].astype(np.float32) for name in both)
        own = positions[self._network.first_position :]
        if types is None:
            own = own + kinds[0]
        else:
            words = ops.add(words, ops.gather(floats(kinds), types, integers(0)))
        first = ops.slice(floats(own), integers([0]), length, integers([1]), integers([0]))
        return self._norm(ops.add(words, first), "embeddings.LayerNorm")

    def _layer(self, hidden: ov.Node, bias: ov.Node, name: str, *, only_cls: bool) -> ov.Node:
        queries = hidden
        if only_cls:
            queries = ops.slice(hidden, integers([0]), integers([1]), integers([1]), integers([1]))
        attended = self._attention(queries, hidden, bias, f"{name}.attention.self")
        attended = self.linear(attended, f"{name}.attention.output.dense")
        attended = self._norm(ops.add(attended, queries), f"{name}.attention.output.LayerNorm")
        inner = self._activated(self.linear(attended, f"{name}.intermediate.dense"))
        return self._norm(ops.add(self.linear(inner, f"{name}.output.dense"), attended), f"{name}.output.LayerNorm")

    def _activated(self, node: ov.Node) -> ov.Node:
        match self._network.activation:
            case "gelu":
                return ops.gelu(node, "erf")
            case "gelu_tanh":
                return ops.gelu(node, "tanh")
            case "relu":
                return ops.relu(node)

    def _attention(self, queries: ov.Node, hidden: ov.Node, bias: ov.Node, name: str) -> ov.Node:
        query = self._split_heads(self.linear(queries, f"{name}.query"))
        key = self._split_heads(self.linear(hidden, f"{name}.key"))
        value = self._split_heads(self.linear(hidden, f"{name}.value"))
        attended = ops.scaled_dot_product_attention(query, key, value, bias)
        merged = ops.transpose(attended, integers([0, 2, 1, 3]))
        return ops.reshape(merged, integers([0, 0, self._network.size]), special_zero=True)

    def _split_heads(self, node: ov.Node) -> ov.Node:
        heads = self._network.heads
        shape = integers([0, 0, heads, self._network.size // heads])
        return ops.transpose(ops.reshape(node, shape, special_zero=True), integers([0, 2, 1, 3]))

    def _norm(self, node: ov.Node, name: str) -> ov.Node:
        epsilon = self._network.epsilon
        normal = ops.mvn(node, integers([2]), normalize_variance=True, eps=epsilon, eps_mode="inside_sqrt")
        scaled = ops.multiply(normal, self._weight(f"{name}.weight"))
        return ops.add(scaled, self._weight(f"{name}.bias"))


class QuantizedBertGraph(BertGraph):
    """Builds the graph with linear layers in int8: weights by output channel, inputs in the ranges that were measured.

    OpenVINO computes in integers between a FakeQuantize and weights that are integers times a scale.
    """

    def __init__(self, network: Network, weights: Weights, ranges: Mapping[str, InputRange]) -> None:
        super().__init__(network, weights)
        self._ranges = ranges
        self._rounded: dict[tuple[str, str], ov.Node] = {}

    def linear(self, node: ov.Node, name: str) -> ov.Node:
        """Return a linear layer of `node`, [..., inputs], to [..., outputs]."""
        own = self._ranges[input_of(name)]
        integral, scales = quantized(self._weights[f"{name}.weight"], own.channels)
        weight = ops.multiply(ops.convert(ops.constant(integral), "f32"), floats(scales))
        product = ops.matmul(self._round(node, input_of(name)), weight, transpose_a=False, transpose_b=True)
        return ops.add(product, self._weight(f"{name}.bias"))

    def _round(self, node: ov.Node, name: str) -> ov.Node:
        """Return `node` smoothed and rounded to the 256 values of its range; once for all layers that it goes into."""
        key = node.get_friendly_name(), name
        if key not in self._rounded:
            own = self._ranges[name]
            smoothed = ops.multiply(node, floats(np.reciprocal(own.channels)))
            low, high = floats(own.low), floats(own.high)
            self._rounded[key] = ops.fake_quantize(smoothed, low, high, low, high, 256)
        return self._rounded[key]


def input_of(layer: str) -> str:
    """Return the name of what goes into a linear layer: queries, keys and values have one input."""
    owner, _, own = layer.rpartition(".")
    return owner if own in ("query", "key", "value") else layer


def floats(values: float | NDArray[np.float32]) -> ov.Node:
    """Return a constant in single precision."""
    return ops.constant(np.array(values, np.float32))


def integers(values: int | list[int]) -> ov.Node:
    """Return a constant of whole numbers."""
    return ops.constant(np.array(values, np.int64))


def _mask_bias(mask: ov.Node) -> ov.Node:
    """[batch, 1, 1, length]: 0 where there is a token, a very negative number where there is padding."""
    absent = ops.subtract(floats(1.0), ops.convert(mask, "f32"))
    return ops.unsqueeze(ops.multiply(absent, floats(-1e9)), integers([1, 2]))


def _mean(hidden: ov.Node, mask: ov.Node) -> ov.Node:
    """[batch, size]: the mean over the tokens of [batch, length, size]."""
    own = ops.unsqueeze(ops.convert(mask, "f32"), integers(2))
    total = ops.reduce_sum(ops.multiply(hidden, own), integers([1]), keep_dims=False)
    return ops.divide(total, ops.reduce_sum(own, integers([1]), keep_dims=False))
