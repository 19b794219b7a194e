"""Models that a person adds to those that come with the app, or removes: what is asked, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AddModel:
    """Add the model in a folder. `AddingProgress` tells how far it is, `ModelAdded` or `ModelNotAdded` the end."""

    folder: str


@dataclass(frozen=True)
class LookUpModel:
    """Ask a hub for a model. Answered by `ModelFound` or `ModelNotAdded`.

    Attributes:
        name: with its owner's, as "BAAI/bge-m3".
        revision: a branch, a tag or a commit; "" for the newest.
    """

    name: str
    revision: str = ""


@dataclass(frozen=True)
class FetchModel:
    """Fetch and add a model that was found; answered as `AddModel` is.

    Attributes:
        name, commit: as of `ModelFound`.
    """

    name: str
    commit: str


@dataclass(frozen=True)
class CancelAdding:
    """Add nothing, and look nothing up. What was fetched of a model waits for another try."""


@dataclass(frozen=True)
class RemoveModel:
    """Remove a model that was added. `ModelRemoved` or an `ErrorReport` answers."""

    name: str


@dataclass(frozen=True)
class ModelFound:
    """What a hub has.

    Attributes:
        name: as asked for.
        commit: what is fetched, whatever is changed on the hub afterwards.
        licence: as the hub names it; "" where it names none.
        bytes: how much is to be fetched.
    """

    name: str
    commit: str
    licence: str
    bytes: int


@dataclass(frozen=True)
class AddingProgress:
    """How much of a model is there.

    Attributes:
        name: the folder's, or the name on the hub.
        done, total: bytes.
        seconds_left: about how long the rest takes; None as long as nobody can tell.
    """

    name: str
    done: int
    total: int
    seconds_left: float | None = None


@dataclass(frozen=True)
class ModelAdded:
    """A model is there, under this name."""

    name: str


@dataclass(frozen=True)
class ModelNotAdded:
    """A model is not there, and why: see `errors.UserError`. Without a title, it was cancelled."""

    title: str = ""
    message: str = ""
    path: str | None = None


@dataclass(frozen=True)
class ModelRemoved:
    """There is no model of this name any more."""

    name: str


ModelAddingRequest = AddModel | LookUpModel | FetchModel | CancelAdding | RemoveModel
ModelAddingEvent = ModelFound | AddingProgress | ModelAdded | ModelNotAdded | ModelRemoved
