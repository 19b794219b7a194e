"""What a cross-encoder has beyond an encoder: two linear layers that make a number of what is held of [CLS]."""

from __future__ import annotations

from collections.abc import Mapping

from bge_desktop.bge.models import Architecture
from bge_desktop.bge.network import Network, Shape

LAYERS: Mapping[Architecture, tuple[str, str]] = {
    "bert": ("pooler.dense", "classifier"),
    "xlm-roberta": ("classifier.dense", "classifier.out_proj"),
}
"""The names of the two, as in the published rerankers; a hyperbolic tangent stands between them."""


def tensors(network: Network) -> Mapping[str, Shape]:
    """Return the names of the head's tensors, as `canonical` gives them, and their shapes."""
    first, second = LAYERS[network.architecture]
    size = network.size
    return {
        f"{first}.weight": (size, size),
        f"{first}.bias": (size,),
        f"{second}.weight": (1, size),
        f"{second}.bias": (1,),
    }


def has_types(network: Network) -> bool:
    """Return whether the tokens of the passage are of another type than the query's: so it is in BERT."""
    return network.architecture == "bert" and network.types > 1
