"""What one look found, and how a look that fails itself is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bge_desktop.errors import UserError


class State(StrEnum):
    """How it is: well, well with a limitation, or so that something does not work."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Check:
    """What one look found.

    Attributes:
        name: what was looked at, in a few words.
        state: how it is.
        found: what was found, in a sentence.
        advice: what one can do; "" where there is nothing to do.
    """

    name: str
    state: State
    found: str
    advice: str = ""


def ok(name: str, found: str) -> Check:
    """Return that something is well."""
    return Check(name, State.OK, found)


def warning(name: str, found: str, advice: str) -> Check:
    """Return that something works, with a limitation."""
    return Check(name, State.WARNING, found, advice)


def problem(name: str, found: str, advice: str) -> Check:
    """Return that something does not work."""
    return Check(name, State.PROBLEM, found, advice)


def looked(name: str, look: Callable[[], Iterable[Check]]) -> Iterator[Check]:
    """Yield what a look finds. One that fails is a problem of its own, and costs no other look."""
    try:
        yield from look()
    except UserError as error:
        yield problem(name, f"{error.title}.", error.message)
    except Exception as error:  # noqa: BLE001 - what is looked at may be damaged in any way
        advice = "Restart the computer, and install the app again if that does not help."
        yield problem(name, f"It could not be looked at ({type(error).__name__}: {error}).", advice)
