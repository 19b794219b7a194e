"""How topics stand below one another."""

from __future__ import annotations

from collections.abc import Sequence

from bge_desktop.messages import Topic


def families(topics: Sequence[Topic]) -> dict[int, frozenset[int]]:
    """Return for each topic the ids of it and of all below it; the topics come parents first."""
    found = {own.id: frozenset((own.id,)) for own in topics}
    for topic in reversed(topics):
        if topic.parent is not None:
            found[topic.parent] |= found[topic.id]
    return found


def levels(topics: Sequence[Topic]) -> dict[int, int]:
    """Return for each topic how many others are above it; the topics come parents first."""
    found: dict[int, int] = {}
    for topic in topics:
        found[topic.id] = 0 if topic.parent is None else found[topic.parent] + 1
    return found
