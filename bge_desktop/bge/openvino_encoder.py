"""The encoder on the processor: BERT built as an OpenVINO graph straight from the safetensors weights.

Built by hand rather than converted from torch for three measured reasons: the encoder process needs neither torch nor
transformers (it starts in half a second instead of three and stays under half a gigabyte), the last layer is computed
for the [CLS] position alone (the only one that is used), and nothing but this file decides what is computed.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino import opset13 as ops
from safetensors.numpy import load_file

from bge_desktop.bge.models import Model, checked_file

_NAME = "OpenVINO on the processor"


class OpenVinoEncoder:
    """Embeds token ids with OpenVINO on the CPU.

    Args:
        model: the encoder to load.
        threads: how many threads to compute with; 0 leaves it to OpenVINO.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """

    name = _NAME

    def __init__(self, model: Model, threads: int = 0) -> None:
        core = ov.Core()
        settings: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY"}
        if threads:
            settings["INFERENCE_NUM_THREADS"] = threads
        if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
            settings["INFERENCE_PRECISION_HINT"] = "bf16"
        self._request = core.compile_model(build_graph(model), "CPU", settings).create_infer_request()

    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return normalised [CLS] vectors, [batch, dimension], of padded token ids, [batch, length]."""
        outputs = self._request.infer([token_ids, mask], share_inputs=True)
        return np.array(outputs[0], np.float32)


def build_graph(model: Model) -> ov.Model:
    """Return the graph: token ids and attention mask, [batch, length] int64, to normalised vectors [batch, dimension].

    The architecture is BERT's (Devlin et al. 2018, arXiv 1810.04805) with post-layer normalisation and exact GELU.
    """
    with open(checked_file(model, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    weights = load_file(checked_file(model, "model.safetensors"))
    return _BertGraph(config, weights).build()


class _BertGraph:
    def __init__(self, config: dict[str, Any], weights: dict[str, NDArray[np.float16]]) -> None:
        self._weights = weights
        self._layers: int = config["num_hidden_layers"]
        self._heads: int = config["num_attention_heads"]
        self._size: int = config["hidden_size"]
        self._epsilon: float = config["layer_norm_eps"]

    def build(self) -> ov.Model:
        token_ids = ops.parameter([-1, -1], np.int64, name="token_ids")
        mask = ops.parameter([-1, -1], np.int64, name="mask")
        hidden = self._embeddings(token_ids)
        bias = self._mask_bias(mask)
        for layer in range(self._layers):
            hidden = self._layer(hidden, bias, f"encoder.layer.{layer}", only_cls=layer == self._layers - 1)
        cls = ops.squeeze(hidden, _integers(1))
        return ov.Model([ops.normalize_l2(cls, _integers([1]), 1e-12, "max")], [token_ids, mask], "bge")

    def _weight(self, name: str) -> ov.Node:
        return ops.constant(self._weights[name].astype(np.float32))

    def _embeddings(self, token_ids: ov.Node) -> ov.Node:
        words = ops.gather(self._weight("embeddings.word_embeddings.weight"), token_ids, _integers(0))
        length = ops.gather(ops.shape_of(token_ids), _integers([1]), _integers(0))
        positions = ops.slice(
            # every token has type 0 in a single text, so its vector joins the positions'
            ops.constant(
                self._weights["embeddings.position_embeddings.weight"].astype(np.float32)
                + self._weights["embeddings.token_type_embeddings.weight"][0].astype(np.float32)
            ),
            _integers([0]),
            length,
            _integers([1]),
            _integers([0]),
        )
        return self._norm(ops.add(words, positions), "embeddings.LayerNorm")

    def _mask_bias(self, mask: ov.Node) -> ov.Node:
        """[batch, 1, 1, length]: 0 where there is a token, a very negative number where there is padding."""
        absent = ops.subtract(_floats(1.0), ops.convert(mask, "f32"))
        return ops.unsqueeze(ops.multiply(absent, _floats(-1e9)), _integers([1, 2]))

    def _layer(self, hidden: ov.Node, bias: ov.Node, name: str, *, only_cls: bool) -> ov.Node:
        queries = hidden
        if only_cls:
            queries = ops.slice(hidden, _integers([0]), _integers([1]), _integers([1]), _integers([1]))
        attended = self._attention(queries, hidden, bias, f"{name}.attention.self")
        attended = self._linear(attended, f"{name}.attention.output.dense")
        attended = self._norm(ops.add(attended, queries), f"{name}.attention.output.LayerNorm")
        inner = ops.gelu(self._linear(attended, f"{name}.intermediate.dense"), "erf")
        return self._norm(ops.add(self._linear(inner, f"{name}.output.dense"), attended), f"{name}.output.LayerNorm")

    def _attention(self, queries: ov.Node, hidden: ov.Node, bias: ov.Node, name: str) -> ov.Node:
        query = self._split_heads(self._linear(queries, f"{name}.query"))
        key = self._split_heads(self._linear(hidden, f"{name}.key"))
        value = self._split_heads(self._linear(hidden, f"{name}.value"))
        attended = ops.scaled_dot_product_attention(query, key, value, bias)
        merged = ops.transpose(attended, _integers([0, 2, 1, 3]))
        return ops.reshape(merged, _integers([0, 0, self._size]), special_zero=True)

    def _split_heads(self, node: ov.Node) -> ov.Node:
        shape = _integers([0, 0, self._heads, self._size // self._heads])
        return ops.transpose(ops.reshape(node, shape, special_zero=True), _integers([0, 2, 1, 3]))

    def _linear(self, node: ov.Node, name: str) -> ov.Node:
        product = ops.matmul(node, self._weight(f"{name}.weight"), transpose_a=False, transpose_b=True)
        return ops.add(product, self._weight(f"{name}.bias"))

    def _norm(self, node: ov.Node, name: str) -> ov.Node:
        normal = ops.mvn(node, _integers([2]), normalize_variance=True, eps=self._epsilon, eps_mode="inside_sqrt")
        scaled = ops.multiply(normal, self._weight(f"{name}.weight"))
        return ops.add(scaled, self._weight(f"{name}.bias"))


def _integers(values: int | list[int]) -> ov.Node:
    return ops.constant(np.array(values, np.int64))


def _floats(value: float) -> ov.Node:
    return ops.constant(np.array(value, np.float32))
