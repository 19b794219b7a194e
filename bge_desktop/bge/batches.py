"""Batches by token budget over length-sorted texts: no batch pads much, and none holds the encoder for long."""

from __future__ import annotations

from collections.abc import Sequence

SMALL_BUDGET = 192
"""Tokens in a batch of work that the next query must hardly wait for."""
_MULTIPLE = 8  # of lengths: OpenVINO keeps what it compiled for a shape, and there are fewer


def padded(length: int) -> int:
    """Return the length that texts of this many tokens are padded to."""
    return -(-length // _MULTIPLE) * _MULTIPLE


def next_batch(lengths: Sequence[int], longest: int, budget: int) -> list[int]:
    """Return the texts that are embedded with one of `longest` tokens: the longest that are no longer.

    Args:
        lengths: of all texts that wait, in tokens, `longest` among them.
        longest: what the batch is padded to, but for rounding up.
        budget: the most tokens in a batch, padding included; a text that is longer makes a batch of its own.

    Returns:
        indices into `lengths`, the longest first.
    """
    fitting = sorted((index for index, length in enumerate(lengths) if length <= longest), key=lambda i: -lengths[i])
    return fitting[: max(1, budget // padded(longest))]
