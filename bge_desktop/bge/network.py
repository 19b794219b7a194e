"""The network of an encoder: BERT's layers, as XLM-R and RoBERTa have them too, and the tensors that they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bge_desktop.bge.models import Architecture
from bge_desktop.errors import UnfitModelError

Activation = Literal["gelu", "gelu_tanh", "relu"]
Shape = tuple[int, ...]

# What differs between the kinds is where the positions begin, and the name before their tensors' in some files.
ARCHITECTURES: Mapping[str, Architecture] = {
    "bert": "bert",
    "xlm-roberta": "xlm-roberta",
    "roberta": "xlm-roberta",
    "camembert": "xlm-roberta",
}
_ACTIVATIONS: Mapping[str, Activation] = {
    "gelu": "gelu",
    "gelu_new": "gelu_tanh",
    "gelu_fast": "gelu_tanh",
    "gelu_pytorch_tanh": "gelu_tanh",
    "relu": "relu",
}
_MOST_LAYERS = 1000
_PREFIXES = ("bert.", "roberta.", "model.")
_OLD_NAMES = {".gamma": ".weight", ".beta": ".bias"}  # of a normalisation, in files from before 2019


@dataclass(frozen=True)
class Network:
    """The sizes of an encoder's network.

    Attributes:
        architecture: how its positions are counted.
        layers: how many.
        heads: of attention.
        size: of what a layer holds of a token.
        inner: size of the layer between two linear ones.
        tokens: in the vocabulary.
        positions: in the table, with those that are never used.
        types: of tokens.
        epsilon: added to the variance in a normalisation.
        activation: of the inner layer.
        padding: the number of the token that fills up shorter texts.
    """

    architecture: Architecture
    layers: int
    heads: int
    size: int
    inner: int
    tokens: int
    positions: int
    types: int
    epsilon: float
    activation: Activation
    padding: int

    @property
    def first_position(self) -> int:
        """The row of the table of positions that a text's first token takes: in XLM-R, behind the padding's number."""
        return 0 if self.architecture == "bert" else self.padding + 1

    @property
    def max_tokens(self) -> int:
        """The most tokens of a text for which there are positions."""
        return self.positions - self.first_position

    def shortened(self, layers: int) -> Network:
        """Return the network of the first layers."""
        return replace(self, layers=min(layers, self.layers))

    def tensors(self) -> Mapping[str, Shape]:
        """Return the names of the tensors that it needs, as `canonical` gives them, and their shapes."""
        size, norm = self.size, "embeddings.LayerNorm"
        found: dict[str, Shape] = {
            "embeddings.word_embeddings.weight": (self.tokens, size),
            "embeddings.position_embeddings.weight": (self.positions, size),
            "embeddings.token_type_embeddings.weight": (self.types, size),
            f"{norm}.weight": (size,),
            f"{norm}.bias": (size,),
        }
        for layer in range(self.layers):
            found |= {f"encoder.layer.{layer}.{name}": shape for name, shape in self._layer_tensors()}
        return found

    def _layer_tensors(self) -> list[tuple[str, Shape]]:
        linear = {
            **{f"attention.self.{own}": (self.size, self.size) for own in ("query", "key", "value")},
            "attention.output.dense": (self.size, self.size),
            "intermediate.dense": (self.inner, self.size),
            "output.dense": (self.size, self.inner),
        }
        found: list[tuple[str, Shape]] = []
        for name, shape in linear.items():
            found += [(f"{name}.weight", shape), (f"{name}.bias", shape[:1])]
        norms = ("attention.output.LayerNorm", "output.LayerNorm")
        return found + [(f"{name}.{own}", (self.size,)) for name in norms for own in ("weight", "bias")]


def network_of(config: Mapping[str, Any]) -> Network:
    """Return the network that a `config.json` describes.

    Raises:
        UnfitModelError: it is none that this app can run; the reason, as a part of a sentence.
    """
    _refuse_foreign(config)
    try:
        network = _network(config)
    except KeyError as error:
        raise UnfitModelError(f"its config.json does not say {error.args[0]}") from error
    except (TypeError, ValueError, OverflowError) as error:
        raise UnfitModelError("its config.json has a value of a wrong kind") from error
    if min(network.layers, network.heads, network.size, network.inner, network.max_tokens - 2) < 1:
        raise UnfitModelError("its config.json has a size that is not positive")
    if not 0 <= network.padding < network.tokens:
        raise UnfitModelError(f"its vocabulary has no token {network.padding}")
    if network.layers > _MOST_LAYERS:  # as long a list of tensors would fill the memory
        raise UnfitModelError(f"its config.json speaks of {network.layers} layers")
    if network.size % network.heads:
        raise UnfitModelError(f"its size {network.size} cannot be divided among {network.heads} heads")
    return network


def canonical(name: str) -> str:
    """Return the name of a tensor without what some files put before it, and as it is called today."""
    bare = name
    for prefix in _PREFIXES:
        bare = bare.removeprefix(prefix)
    for old, new in _OLD_NAMES.items():
        if bare.endswith(f"LayerNorm{old}"):
            return bare.removesuffix(old) + new
    return bare


def _refuse_foreign(config: Mapping[str, Any]) -> None:
    kind = config.get("model_type")
    if "auto_map" in config:
        raise UnfitModelError("it needs program code of its own, which this app never runs")
    if not isinstance(kind, str) or kind not in ARCHITECTURES:
        raise UnfitModelError(
            f"its architecture, “{kind}”, is none that this app can run (BERT, RoBERTa and XLM-R are)"
        )
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise UnfitModelError("it counts positions in a way that this app does not know")
    if config.get("is_decoder"):
        raise UnfitModelError("it writes text rather than reading it")
    activation = config.get("hidden_act", "gelu")
    if not isinstance(activation, str) or activation not in _ACTIVATIONS:
        raise UnfitModelError(f"its activation, “{activation}”, is none that this app can compute")


def _network(config: Mapping[str, Any]) -> Network:
    architecture = ARCHITECTURES[config["model_type"]]
    padding = config.get("pad_token_id")
    return Network(
        architecture=architecture,
        layers=int(config["num_hidden_layers"]),
        heads=int(config["num_attention_heads"]),
        size=int(config["hidden_size"]),
        inner=int(config["intermediate_size"]),
        tokens=int(config["vocab_size"]),
        positions=int(config["max_position_embeddings"]),
        types=int(config.get("type_vocab_size", 2)),
        epsilon=float(config.get("layer_norm_eps", 1e-12)),
        activation=_ACTIVATIONS[config.get("hidden_act", "gelu")],
        padding=int(architecture == "xlm-roberta" if padding is None else padding),
    )
