"""What a text is embedded for, which decides its instruction and its turn."""

from __future__ import annotations

from enum import StrEnum


class TextKind(StrEnum):
    """The kinds, the most urgent first.

    A query gets the model's instruction in front. A sentence of a result that is shown is wanted soon, and in small
    batches, so that the next query need not wait long; so is what a query and a passage make together. Passages wait
    while someone types.
    """

    QUERY = "query"
    SENTENCE = "sentence"
    PAIR = "pair"
    PASSAGE = "passage"

    @property
    def priority(self) -> int:
        """0 for the most urgent."""
        return list(TextKind).index(self)
