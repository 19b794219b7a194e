"""What could not be read of a file that was read in part: told to the person, and no part of its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bge_desktop.errors import UserError

IN_PART = "Read in part"
"""The title of what is told of a file that was read in part."""

_MOST_NAMED = 3
_MOST_REASONS = 5


@dataclass(frozen=True)
class Shortfall:
    """A piece of a file that could not be read.

    Attributes:
        title, message: why, as of an `ExtractionError`.
        label: of the member that it is; "" for the file itself.
    """

    title: str
    message: str
    label: str = ""

    @classmethod
    def of(cls, error: UserError) -> Shortfall:
        """Return what an error says, which costs a piece of the file only."""
        return cls(error.title, error.message)


def in_words(shortfalls: Iterable[Shortfall]) -> str:
    """Return for a person what could not be read and why, members with the same reason together."""
    labels: dict[tuple[str, str], list[str]] = {}
    for shortfall in shortfalls:
        labels.setdefault((shortfall.title, shortfall.message), []).append(shortfall.label)
    reasons = [_reason(*reason, own) for reason, own in labels.items()]
    if len(reasons) > _MOST_REASONS:
        others = len(reasons) - _MOST_REASONS
        reasons[_MOST_REASONS:] = [f"There {'is one more reason' if others == 1 else f'are {others:,} more reasons'}."]
    return " ".join(reasons)


def _reason(title: str, message: str, labels: list[str]) -> str:
    named = list(filter(None, labels))
    if not named:
        return message
    others = len(named) - _MOST_NAMED
    names = ", ".join(named[:_MOST_NAMED]) + (f" and {others:,} more" if others > 0 else "")
    return f"{names}: {title}. {message}"
