"""BERT as an OpenVINO graph, built straight from the safetensors weights.

Built by hand rather than converted from torch for three measured reasons: the encoder process does not need torch (it
starts in half a second instead of three and stays under 600 MB), the last layer is computed for the
[CLS] position alone (the only one that is used), and nothing but this file decides what is computed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino import opset13 as ops
from safetensors.numpy import load

from bge_desktop.bge.models import Model, checked_content
from bge_desktop.bge.quantization import InputRange, quantized

Weights = Mapping[str, NDArray[np.float16]]


def build_graph(model: Model, ranges: Mapping[str, InputRange] | None = None, layers: int | None = None) -> ov.Model:
    """Return the graph: token ids and attention mask, [batch, length] int64, to normalised vectors [batch, dimension].

    The architecture is BERT's (Devlin et al. 2018, arXiv 1810.04805) with post-layer normalisation and exact GELU.

    Args:
        model: whose weights to take.
        ranges: of the inputs of the linear layers, where these are to be computed in int8.
        layers: how many of the first layers to compute; None for all.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """
    config, weights = read(model)
    if layers:
        config["num_hidden_layers"] = layers
    return (QuantizedBertGraph(config, weights, ranges) if ranges else BertGraph(config, weights)).build()


def read(model: Model) -> tuple[dict[str, Any], Weights]:
    """Return the configuration and the weights of a model.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """
    config = json.loads(checked_content(model, "config.json"))
    return config, load(checked_content(model, "model.safetensors"))


class BertGraph:
    """Builds the graph in floating point: the precision is chosen when it is compiled."""

    def __init__(self, config: Mapping[str, Any], weights: Weights) -> None:
        self._weights = weights
        self._layers: int = config["num_hidden_layers"]
        self._heads: int = config["num_attention_heads"]
        self._size: int = config["hidden_size"]
        self._epsilon: float = config["layer_norm_eps"]

    def build(self) -> ov.Model:
        """Return the graph, as `build_graph` describes it."""
        token_ids = ops.parameter([-1, -1], np.int64, name="token_ids")
        mask = ops.parameter([-1, -1], np.int64, name="mask")
        hidden = self._embeddings(token_ids)
        bias = self._mask_bias(mask)
        for layer in range(self._layers):
            hidden = self._layer(hidden, bias, f"encoder.layer.{layer}", only_cls=layer == self._layers - 1)
        cls = ops.squeeze(hidden, _integers(1))
        return ov.Model([ops.normalize_l2(cls, _integers([1]), 1e-12, "max")], [token_ids, mask], "bge")

    def linear(self, node: ov.Node, name: str) -> ov.Node:
        """Return a linear layer of `node`, [..., inputs], to [..., outputs]."""
        product = ops.matmul(node, self._weight(f"{name}.weight"), transpose_a=False, transpose_b=True)
        return ops.add(product, self._weight(f"{name}.bias"))

    def _weight(self, name: str) -> ov.Node:
        # stays in half precision, and where it is, until OpenVINO makes of it what it computes with: fewer copies
        return ops.convert(ops.constant(self._weights[name], shared_memory=True), "f32")

    def _embeddings(self, token_ids: ov.Node) -> ov.Node:
        words = ops.gather(self._weight("embeddings.word_embeddings.weight"), token_ids, _integers(0))
        length = ops.gather(ops.shape_of(token_ids), _integers([1]), _integers(0))
        # every token has type 0 in a single text, so its vector joins the positions'
        both = ("embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight")
        positions, types = (self._weights[name].astype(np.float32) for name in both)
        first = ops.slice(ops.constant(positions + types[0]), _integers([0]), length, _integers([1]), _integers([0]))
        return self._norm(ops.add(words, first), "embeddings.LayerNorm")

    def _mask_bias(self, mask: ov.Node) -> ov.Node:
        """[batch, 1, 1, length]: 0 where there is a token, a very negative number where there is padding."""
        absent = ops.subtract(floats(1.0), ops.convert(mask, "f32"))
        return ops.unsqueeze(ops.multiply(absent, floats(-1e9)), _integers([1, 2]))

    def _layer(self, hidden: ov.Node, bias: ov.Node, name: str, *, only_cls: bool) -> ov.Node:
        queries = hidden
        if only_cls:
            queries = ops.slice(hidden, _integers([0]), _integers([1]), _integers([1]), _integers([1]))
        attended = self._attention(queries, hidden, bias, f"{name}.attention.self")
        attended = self.linear(attended, f"{name}.attention.output.dense")
        attended = self._norm(ops.add(attended, queries), f"{name}.attention.output.LayerNorm")
        inner = ops.gelu(self.linear(attended, f"{name}.intermediate.dense"), "erf")
        return self._norm(ops.add(self.linear(inner, f"{name}.output.dense"), attended), f"{name}.output.LayerNorm")

    def _attention(self, queries: ov.Node, hidden: ov.Node, bias: ov.Node, name: str) -> ov.Node:
        query = self._split_heads(self.linear(queries, f"{name}.query"))
        key = self._split_heads(self.linear(hidden, f"{name}.key"))
        value = self._split_heads(self.linear(hidden, f"{name}.value"))
        attended = ops.scaled_dot_product_attention(query, key, value, bias)
        merged = ops.transpose(attended, _integers([0, 2, 1, 3]))
        return ops.reshape(merged, _integers([0, 0, self._size]), special_zero=True)

    def _split_heads(self, node: ov.Node) -> ov.Node:
        shape = _integers([0, 0, self._heads, self._size // self._heads])
        return ops.transpose(ops.reshape(node, shape, special_zero=True), _integers([0, 2, 1, 3]))

    def _norm(self, node: ov.Node, name: str) -> ov.Node:
        normal = ops.mvn(node, _integers([2]), normalize_variance=True, eps=self._epsilon, eps_mode="inside_sqrt")
        scaled = ops.multiply(normal, self._weight(f"{name}.weight"))
        return ops.add(scaled, self._weight(f"{name}.bias"))


class QuantizedBertGraph(BertGraph):
    """Builds the graph with linear layers in int8: weights by output channel, inputs in the ranges that were measured.

    OpenVINO computes in integers between a FakeQuantize and weights that are integers times a scale.
    """

    def __init__(self, config: Mapping[str, Any], weights: Weights, ranges: Mapping[str, InputRange]) -> None:
        super().__init__(config, weights)
        self._ranges = ranges
        self._rounded: dict[tuple[str, str], ov.Node] = {}

    def linear(self, node: ov.Node, name: str) -> ov.Node:
        """Return a linear layer of `node`, [..., inputs], to [..., outputs]."""
        own = self._ranges[input_of(name)]
        integers, scales = quantized(self._weights[f"{name}.weight"], own.channels)
        weight = ops.multiply(ops.convert(ops.constant(integers), "f32"), floats(scales))
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


def _integers(values: int | list[int]) -> ov.Node:
    return ops.constant(np.array(values, np.int64))
