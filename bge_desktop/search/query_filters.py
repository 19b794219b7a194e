"""What the terms with a name in a query mean. It imports nothing heavy: the window needs it as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bge_desktop.library.folding import folded
from bge_desktop.search import kinds, query_values
from bge_desktop.search.query_tokens import Token

_READERS: dict[str, Callable[[str], object | None]] = {
    "type": kinds.kind,
    "ext": kinds.ending,
    "lang": query_values.language,
    "size": query_values.sizes,
}
_LISTS: dict[str, Callable[[str], list[str]]] = {
    **dict.fromkeys(("type", "ext", "lang"), query_values.listed),
    **dict.fromkeys(("folder", "name", "label", "topic"), query_values.alternatives),
}
_EXCLUDABLE = ("type", "ext", "folder", "name", "label", "topic", "like")


@dataclass(frozen=True)
class Part:
    """One value of a filter: as it was typed, and what it means."""

    typed: str
    value: object


def understood_parts(token: Token, today: dt.date) -> list[Part] | None:
    """Return the values that a filter was given, several where it has a list; None where one means nothing.

    Args:
        token: with a key.
        today: the day from which `yesterday`, `7d` and the like are counted.
    """
    typed = _LISTS[token.key](token.value) if token.key in _LISTS and not token.is_quoted else [token.value]
    parts = [Part(part, value) for part in typed if (value := meaning(token.key, part, today)) is not None]
    return parts if len(parts) == len(typed) else None


def meaning(key: str, value: str, today: dt.date) -> object | None:
    """Return what a value of a filter means; None where it means nothing."""
    if key == "like":
        return value if value.strip() else None  # a path may begin or end with a space
    value = value.strip()
    if key in ("folder", "name", "label", "topic"):
        return value or None
    value = folded(value)
    return _READERS[key](value) if key in _READERS else query_values.period(value, today)


def can_be_excluded(key: str) -> bool:
    """Whether a minus may stand before a filter of this name."""
    return key in _EXCLUDABLE


def is_being_typed(token: Token, text: str) -> bool:
    """Whether this is the beginning of a kind, at the end of a query: it would leave out all files for a moment."""
    is_last = token.key == "type" and not token.is_quoted and text.endswith(token.raw)
    return is_last and bool(token.value) and kinds.may_go_on(folded(token.value))
