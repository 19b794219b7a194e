"""The filters in what is typed: where each stands, and what is typed when one is added or taken away."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass

from bge_desktop import query_terms
from bge_desktop.library.folding import folded
from bge_desktop.search.query_filters import Part, can_be_excluded, is_being_typed, meaning, understood_parts
from bge_desktop.search.query_keys import KEYS
from bge_desktop.search.query_tokens import Token, tokens
from bge_desktop.search.query_values import Sizes, listed


@dataclass(frozen=True)
class Term:
    """A filter in what is typed.

    Attributes:
        token: as it is written.
        parts: what it asks for; of a list, each.
        start: where in the text it begins.
    """

    token: Token
    parts: tuple[Part, ...]
    start: int

    @property
    def key(self) -> str:
        """Its name in the query language: "type", "folder"."""
        return self.token.key

    @property
    def is_excluded(self) -> bool:
        """Whether a minus stands before it."""
        return self.token.is_excluded

    @property
    def end(self) -> int:
        """Where in the text it ends."""
        return self.start + len(self.token.raw)

    @property
    def values(self) -> tuple[str, ...]:
        """What it asks for, as the query language takes it."""
        # the last of a list of names is the whole, which may be one name
        is_list = self.key in ("folder", "name", "label") and len(self.parts) > 1
        return tuple(map(_as_text, self.parts[:-1] if is_list else self.parts))

    def asks_for(self, key: str, value: str) -> bool:
        """Whether this is, or leaves out, a value of a filter, however it is written here."""
        return self.key == key and _wanted(key, value) in {_identity(key, part.value) for part in self.parts}

    def without(self, value: str) -> str:
        """Return the term without one of its values; "" where that is all that it asks for."""
        token, wanted = self.token, _wanted(self.key, value)
        if token.is_quoted or _wanted(self.key, token.value) == wanted:
            return ""
        kept, start = "", 0
        for part in listed(token.value):
            if _wanted(self.key, part) != wanted:
                kept += token.value[max(start - 1, 0) : start + len(part)] if kept else part
            start += len(part) + 1
        return token.raw.removesuffix(token.value) + kept if kept else ""


def terms(text: str) -> list[Term]:
    """Return the filters in a query, in order; what only looks like one, and is searched as text, is not there."""
    found, start = [], 0
    for token in tokens(text, KEYS):
        start = text.index(token.raw, start)
        if parts := _parts(token, text):
            found.append(Term(token, tuple(parts), start))
        start += len(token.raw)
    return found


def is_active(text: str, key: str, value: str) -> bool:
    """Return whether a query asks for this value of a filter, however it is written there."""
    return any(term.asks_for(key, value) and not term.is_excluded for term in terms(text))


def is_same(key: str, one: str, other: str) -> bool:
    """Return whether two values of a filter ask for the same."""
    return _wanted(key, one) == _wanted(key, other)


def toggled(text: str, key: str, value: str) -> str:
    """Return a query that asks for a value of a filter, or no more where it did; all else in it stays as it is.

    Where it left out this value, it asks for it instead.
    """
    without = text
    for term in reversed(terms(text)):
        if term.asks_for(key, value):
            rest = term.without(value)
            without = without[: term.start] + rest + without[term.end :] if rest else removed(without, term)
    return without if is_active(text, key, value) else added(without, written(key, value))


def written(key: str, value: str) -> str:
    """Return the term that asks for a value of a filter; of a folder, its absolute path."""
    writers = {"folder": query_terms.folder, "label": query_terms.label}
    return writers[key](value) if key in writers else f"{key}:{value}"


def added(text: str, term: str) -> str:
    """Return a query with a term, unless it is there; before all else where a quotation would take it in behind."""
    if f" {term} " in f" {text} ":
        return text
    is_open = any(token.is_open for token in tokens(text, KEYS))
    return (f"{term} {text}" if is_open else f"{text.rstrip()} {term}").strip()


def removed(text: str, term: Term) -> str:
    """Return a query without one of its terms, and without the space that divided it from the others."""
    before, after = text[: term.start], text[term.end :]
    if not before.strip():
        return after.lstrip()
    return before + after if after and not after[0].isspace() else before.rstrip() + after


def _parts(token: Token, text: str) -> list[Part] | None:
    """Return what a token asks for as a filter; None where it is none."""
    is_text = not token.key or token.is_open or (token.is_excluded and not can_be_excluded(token.key))
    return None if is_text or is_being_typed(token, text) else understood_parts(token, dt.date.today())


def _as_text(part: Part) -> str:
    if isinstance(part.value, str):
        return part.value
    return part.typed.strip() if isinstance(part.value, Sizes) else folded(part.typed.strip())


def _wanted(key: str, value: str) -> object:
    return _identity(key, meaning(key, value, dt.date.today()))


def _identity(key: str, value: object) -> object:
    """Return what is equal where two values of a filter ask for the same."""
    if key == "folder" and isinstance(value, str):
        return folded(os.path.normpath(os.path.expanduser(query_terms.folder_typed(value))))
    return folded(value) if key == "label" and isinstance(value, str) else value
