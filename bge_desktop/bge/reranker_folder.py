"""Reads the cross-encoder in a folder, in the layout in which BGE's rerankers are published.

Light: the process of the window does it, so that neither weights are read nor the tokenizer, which takes half a second
and a hundred megabytes for one of all languages. The encoder process tells where that one is damaged.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping

from bge_desktop.bge import pair_head
from bge_desktop.bge.model_folder import check_weights, readable, tensor_shapes
from bge_desktop.bge.model_layout import TOKENIZER, files_in, needed
from bge_desktop.bge.models import Cosines, Model
from bge_desktop.bge.network import Network, Shape
from bge_desktop.bge.sentence_config import read_max_tokens
from bge_desktop.errors import UnfitModelError

_LONGEST = 1024
"""Tokens of a pair: a passage has half as many, and what some models could read beyond would only take memory."""
_NO_COSINES = Cosines(0.0, 1.0)


def read_reranker(folder: str) -> Model:
    """Return the cross-encoder in a folder, which is made sure to be one that this app can run.

    Raises:
        ModelError: there is none that can be run, with the reason.
    """
    with readable(folder):
        network = _checked(folder)
        _check_tokenizer(folder)
        return Model(
            name=os.path.basename(os.path.abspath(folder)),
            dimension=1,
            instruction="",
            usual=_NO_COSINES,
            max_tokens=min(_LONGEST, read_max_tokens(folder, network.max_tokens)),
            architecture=network.architecture,
            padding=network.padding,
            is_reranker=True,
            location=os.path.abspath(folder),
            recorded=_fingerprint(folder),
        )


def check_reranker(folder: str) -> None:
    """Make sure that there is a cross-encoder in a folder, but for what its tokenizer is made of.

    Raises:
        ModelError: there is none that can be run, with the reason.
    """
    with readable(folder):
        _checked(folder)


def _checked(folder: str) -> Network:
    network = check_weights(folder)
    _check_head(network, tensor_shapes(folder))
    return network


def _check_head(network: Network, found: Mapping[str, Shape]) -> None:
    """Make sure that there is what makes one number of a pair.

    Raises:
        UnfitModelError: there is not; the reason, as a part of a sentence.
    """
    wanted = pair_head.tensors(network)
    if missing := [name for name in wanted if name not in found]:
        raise UnfitModelError(f"it has no layers that score a passage (“{missing[0]}” is missing): it is no reranker")
    labels = found[f"{pair_head.LAYERS[network.architecture][1]}.weight"][0]
    if labels != 1:
        raise UnfitModelError(f"it tells {labels} classes apart, where a reranker has one label")
    if wrong := [name for name, shape in wanted.items() if found[name] != shape]:
        raise UnfitModelError(f"“{wrong[0]}” does not fit its config.json")


def _check_tokenizer(folder: str) -> None:
    if not os.path.isfile(os.path.join(folder, TOKENIZER)):
        raise UnfitModelError(f"{TOKENIZER} is missing")


def _fingerprint(folder: str) -> str:
    """Return what changes when other files stand there: nothing that is kept hangs on it, so that none is read."""
    stats = {name: os.stat(os.path.join(folder, name)) for name in needed(files_in(folder))}
    told = "\n".join(f"{name} {own.st_size} {own.st_mtime_ns}" for name, own in sorted(stats.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
