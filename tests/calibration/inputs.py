"""What goes into the linear layers of a model, in single precision."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from bge_desktop.bge import tokenizer
from bge_desktop.bge.models import Model
from bge_desktop.bge.network import Network
from bge_desktop.bge.openvino_graph import BertGraph, input_of
from bge_desktop.bge.weights import Weights, read

Values = NDArray[np.float32]


class _Tapped(BertGraph):
    """A graph that keeps the inputs of its linear layers."""

    def __init__(self, network: Network, weights: Weights) -> None:
        super().__init__(network, weights)
        self.inputs: dict[str, ov.Node] = {}

    def linear(self, node: ov.Node, name: str) -> ov.Node:
        self.inputs[input_of(name)] = node  # values come last of queries, keys and values, and see all tokens
        return super().linear(node, name)


def linear_inputs(model: Model, texts: list[str]) -> dict[str, Values]:
    """Return what goes into each linear layer, [tokens, inputs], over all texts."""
    graph = _Tapped(*read(model))
    parameters = graph.build(model.pooling).get_parameters()
    tapped = ov.Model([node.output(0) for node in graph.inputs.values()], parameters, "inputs")
    run = ov.Core().compile_model(tapped, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    found = defaultdict[str, list[Values]](list)
    for ids in tokenizer.encode(model, texts):
        outputs = run(tokenizer.pad([ids]))
        for number, name in enumerate(graph.inputs):
            found[name].append(np.array(outputs[number][0]))
    return {name: np.concatenate(values) for name, values in found.items()}


def weights_by_input(model: Model) -> dict[str, Values]:
    """Return the weights that each input is multiplied by, [outputs of all its layers, inputs]."""
    _, weights = read(model)
    found = defaultdict[str, list[Values]](list)
    for name, own in weights.items():
        layer = name.removesuffix(".weight")
        if own.ndim == 2 and layer != name and name.startswith("encoder."):
            found[input_of(layer)].append(own.astype(np.float32))
    return {name: np.concatenate(own) for name, own in found.items()}
