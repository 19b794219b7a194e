"""BGE-M3: one encoder that gives a dense vector, lexical weights and multi-vectors of a text (arXiv 2402.03216).

Section 3 defines all three on what the last layer holds of each token. *Dense*: of [CLS], normalised. *Lexical
weights*: a linear layer to one number and ReLU, the greatest for each token of the vocabulary. *Multi-vectors*: a
linear layer, normalised, of all tokens but [CLS]; each of the query's meets the nearest of the passage's. The published
layout has the two layers in files of their own beside the encoder's.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from bge_desktop.bge.sparse_vectors import SparseVector
from bge_desktop.errors import ModelError

Vectors = NDArray[np.float32]

HEADS = ("sparse_linear", "colbert_linear")
"""The names of the layers' files, without their endings."""

SPARSE, MULTI = 0.3, 1.0
"""What lexical weights and multi-vectors count beside the dense vector, which counts 1 (section 4.1, "All")."""


@dataclass(frozen=True)
class Outputs:
    """What an encoder with heads gives of some texts; valid until it is asked again.

    Attributes:
        dense: normalised [batch, dimension].
        says: how much each token says, not under 0 [batch, length].
        multi: of all tokens but [CLS], normalised [batch, length - 1, size].
    """

    dense: Vectors
    says: Vectors
    multi: Vectors


@dataclass(frozen=True)
class Embedding:
    """All that an encoder with heads gives of one text: `multi` is [tokens but CLS, size]."""

    dense: Vectors
    sparse: SparseVector
    multi: Vectors

    def score(self, passage: Embedding) -> float:
        """Return how well a passage answers this query: all three scores, as they count together."""
        dense = float(self.dense @ passage.dense)
        return dense + SPARSE * self.sparse.score(passage.sparse) + MULTI * late_interaction(self.multi, passage.multi)


def late_interaction(query: Vectors, passage: Vectors) -> float:
    """Return the mean over the query's vectors [n, size] of the cosine to the nearest of the passage's [m, size]."""
    return float((query @ passage.T).max(axis=1).mean())


def has_heads(folder: str, name: str = "") -> bool:
    """Return whether a model's folder has the files of the heads, as published or as `convert_heads` leaves them.

    Args:
        folder: where they would be.
        name: the model's; without one, that of the folder.

    Raises:
        ModelError: one of the two is missing, or both are missing of a model that is called BGE-M3.
    """
    there = [own for own in HEADS if any(os.path.isfile(path) for path in head_files(folder, own))]
    missing = [own for own in HEADS if own not in there]
    if missing and (there or "bge-m3" in (name or os.path.basename(os.path.abspath(folder))).lower()):
        raise unusable(folder, f"“{missing[0]}.pt” is missing. Get the model again, with all of its files.")
    return bool(there)


def check_head(folder: str, name: str) -> None:
    """Check that a converted head is the layer that its name says, for the encoder that it stands beside.

    Raises:
        ModelError: it is not.
    """
    try:
        with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
            size = json.load(file)["hidden_size"]
        with safe_open(head_files(folder, name)[0], "np") as tensors:
            shapes = {own: tuple(tensors.get_slice(own).get_shape()) for own in tensors.keys()}  # noqa: SIM118
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise unusable(folder, f"“{name}” cannot be read ({type(error).__name__}).") from error
    width = 1 if name == HEADS[0] else max(shapes.get("bias", (0,))[0], 1)
    if shapes != {"weight": (width, size), "bias": (width,)}:
        raise unusable(folder, f"“{name}” is not the layer that it should be; it holds {shapes}.")


def head_files(folder: str, name: str) -> tuple[str, str]:
    """Return where a head stands in safetensors, and where as it was published, whether it does or not."""
    return os.path.join(folder, f"{name}.safetensors"), os.path.join(folder, f"{name}.pt")


def unusable(folder: str, what: str) -> ModelError:
    """Return the error for a folder's heads, given what is wrong with them as the end of a sentence."""
    return ModelError("Model cannot be used", f"Of its parts for lexical weights and multi-vectors, {what}", folder)
