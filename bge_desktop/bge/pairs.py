"""Tokenising a query together with a passage, for a cross-encoder."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bge_desktop.bge import tokenizer
from bge_desktop.bge.models import Model


def encode_pairs(model: Model, query: str, passages: Sequence[str]) -> list[list[int]]:
    """Return the token ids of the query with each of the passages, with the tokens that stand around and between them.

    What is too long for the model is cut off at the end of the passage; a query that takes half of the room, too.
    """
    single, double = _tokenizers(model)
    ends = [end for _, end in single.encode(query, add_special_tokens=False).offsets]
    most = model.max_tokens // 2
    query = query[: ends[most - 1]] if len(ends) > most else query
    return [encoding.ids for encoding in double.encode_batch_fast([(query, passage) for passage in passages])]


def pair_types(token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return BERT's token types of pairs, [batch, length]: 1 for the passage and what ends it, 0 for all else.

    Args:
        token_ids: [CLS] query [SEP] passage [SEP], padded, [batch, length].
        mask: 1 where there is a token, [batch, length].
    """
    separators = token_ids == token_ids[np.arange(len(mask)), mask.sum(axis=1) - 1][:, None]
    is_passage = (np.cumsum(separators, axis=1) - separators) > 0
    types: NDArray[np.int64] = (is_passage & (mask > 0)).astype(np.int64)
    return types


@functools.cache
def _tokenizers(model: Model) -> tuple[Tokenizer, Tokenizer]:
    """Return one for a text by itself, which cuts nothing off, and one for pairs."""
    single, double = (Tokenizer.from_str(tokenizer.load(model).to_str()) for _ in range(2))
    single.no_truncation()
    double.enable_truncation(model.max_tokens, strategy="only_second")
    for own in (single, double):
        own.encode_special_tokens = True  # "[SEP]" in a document is text, and ends nothing
    return single, double
