"""What an encoder with heads gave of a batch of tokens, as what it says of each text."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from bge_desktop.bge import tokenizer
from bge_desktop.bge.m3 import Embedding, Outputs
from bge_desktop.bge.models import Model
from bge_desktop.bge.sparse_vectors import SparseVector, Tokens, lexical_weights

_SPECIAL = ("<s>", "</s>", "<pad>", "<unk>", "[CLS]", "[SEP]", "[PAD]", "[UNK]")


def embeddings(model: Model, token_ids: Sequence[Sequence[int]], outputs: Outputs) -> list[Embedding]:
    """Return all that a model gives of texts, whose token ids, without padding, it was given."""
    return [
        Embedding(
            outputs.dense[row].copy(),
            sparse_vector(model, ids, outputs, row),
            outputs.multi[row, : len(ids) - 1].copy(),
        )
        for row, ids in enumerate(token_ids)
    ]


def sparse_vector(model: Model, token_ids: Sequence[int], outputs: Outputs, row: int) -> SparseVector:
    """Return the lexical weights of one text, whose token ids, without padding, the model was given in this row."""
    ids = np.array(token_ids, np.int32)
    return lexical_weights(ids, outputs.says[row, : len(ids)], _special_tokens(model))


@functools.cache
def _special_tokens(model: Model) -> Tokens:
    """Return the tokens of a model that stand for no text."""
    own = tokenizer.load(model)
    return np.array([number for name in _SPECIAL if (number := own.token_to_id(name)) is not None], np.int32)
