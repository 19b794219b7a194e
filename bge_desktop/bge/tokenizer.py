"""Tokenising with the models' own WordPiece vocabularies. Light: needs no torch."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from bge_desktop.bge.models import BUNDLED, Model, checked_content
from bge_desktop.errors import ModelError


@functools.cache
def load(model: Model) -> Tokenizer:
    """Return the model's tokenizer, which adds [CLS] and [SEP] and cuts at the model's limit.

    Raises:
        ModelError: its file is missing or damaged.
    """
    content = checked_content(model, "tokenizer.json")
    try:
        tokenizer = Tokenizer.from_buffer(content)
    except Exception as error:
        raise ModelError("Model is damaged", f"The tokenizer of {model.name} cannot be read.", model.folder) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(model.max_tokens)
    return tokenizer


def encode(model: Model, texts: Sequence[str]) -> list[list[int]]:
    """Return the token ids of each text, [CLS] and [SEP] included."""
    encodings: list[Encoding] = load(model).encode_batch_fast(list(texts))
    return [encoding.ids for encoding in encodings]


def pad(sequences: Sequence[Sequence[int]], length: int | None = None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return token ids and attention mask, both [batch, length], padded with 0 ([PAD]).

    Without a length, it is that of the longest.
    """
    length = length or max(len(ids) for ids in sequences)
    token_ids = np.zeros((len(sequences), length), np.int64)
    mask = np.zeros((len(sequences), length), np.int64)
    for row, ids in enumerate(sequences):
        token_ids[row, : len(ids)] = ids
        mask[row, : len(ids)] = 1
    return token_ids, mask


def count_tokens(texts: Sequence[str]) -> list[int]:
    """Return for each text the tokens it takes, without [CLS] and [SEP], in whichever bundled model takes more."""
    counts = [_counts(model, texts) for model in BUNDLED.values()]
    return [max(pair) for pair in zip(*counts, strict=True)]


def _counts(model: Model, texts: Sequence[str]) -> list[int]:
    return [
        len(encoding.ids) for encoding in _untruncated(model).encode_batch_fast(list(texts), add_special_tokens=False)
    ]


@functools.cache
def _untruncated(model: Model) -> Tokenizer:
    tokenizer = Tokenizer.from_str(load(model).to_str())
    tokenizer.no_truncation()
    return tokenizer
