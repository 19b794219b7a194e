"""Tokenising with the models' own vocabularies. Light: needs no torch."""

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
    """Return the model's tokenizer, which adds [CLS] and [SEP], or what stands for them, and cuts at the model's limit.

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


def encode_in_parts(model: Model, instruction: str, text: str) -> list[list[int]]:
    """Return the token ids of a text in as few parts as the model reads, all of about the same length.

    Each has the instruction in front, and [CLS] and [SEP] around it.
    """
    cls, sep = load(model).encode("").ids
    own = _untruncated(model)
    before, ids = (own.encode(part, add_special_tokens=False).ids for part in (instruction, text))
    room = max(model.max_tokens - 2 - len(before), 1)
    parts = np.array_split(np.array(ids), max(1, -(-len(ids) // room)))
    return [[cls, *before, *part.tolist(), sep][: model.max_tokens] for part in parts]


def pad(
    sequences: Sequence[Sequence[int]], length: int | None = None, padding: int = 0
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return token ids and attention mask, both [batch, length], filled up with the token `padding`.

    Without a length, it is that of the longest.
    """
    length = length or max(len(ids) for ids in sequences)
    token_ids = np.full((len(sequences), length), padding, np.int64)
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
