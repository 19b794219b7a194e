"""What a grouping has made, as it passes from the helper to the worker."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.ids import Ids
from bge_desktop.processes import Header

COLOURS = 12


@dataclass(frozen=True)
class MadeTopic:
    """A topic.

    Attributes:
        key: by which the others call it here.
        id: of the topic that goes on in it; None for a new one.
        parent: the key of the topic that holds it; None at the top.
        space: the name of its space.
        name, words, colour, language: as of a `StoredTopic`.
        documents: how many.
    """

    key: int
    id: int | None
    parent: int | None
    space: str
    name: str
    words: tuple[str, ...]
    colour: int
    language: str
    documents: int


@dataclass(frozen=True)
class MadeSpace:
    """A space and where its documents are.

    Attributes:
        name, fingerprint, projection, reach: as of a `StoredSpace`.
        documents: their ids [n].
        keys: of their lowest topics [n].
        places: on the map [n, 2].
        centroids: of the lowest topics, by their keys.
    """

    name: str
    fingerprint: str
    projection: bytes
    reach: float
    documents: Ids
    keys: NDArray[np.int64]
    places: NDArray[np.float32]
    centroids: dict[int, NDArray[np.float32]]


@dataclass(frozen=True)
class Made:
    """A whole grouping: the spaces, and their topics, parents before those below them."""

    spaces: tuple[MadeSpace, ...]
    topics: tuple[MadeTopic, ...]


def packed(spaces: Sequence[MadeSpace], topics: Sequence[MadeTopic]) -> tuple[Header, bytes]:
    """Return a grouping as a header and a payload."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for number, own in enumerate(spaces):
        arrays |= {f"{number} documents": own.documents, f"{number} keys": own.keys, f"{number} places": own.places}
        arrays[f"{number} projection"] = np.frombuffer(own.projection, np.uint8)
        arrays |= {f"{number} centroid {key}": centroid for key, centroid in own.centroids.items()}
    payload = io.BytesIO()
    np.savez(payload, allow_pickle=False, **arrays)
    heads = [[own.name, own.fingerprint, own.reach, list(own.centroids)] for own in spaces]
    return {"spaces": heads, "topics": [dataclasses.asdict(topic) for topic in topics]}, payload.getvalue()


def unpacked(header: Header, payload: bytes) -> Made:
    """Return what `packed` made."""
    with np.load(io.BytesIO(payload), allow_pickle=False) as arrays:
        spaces = tuple(
            MadeSpace(
                name,
                fingerprint,
                arrays[f"{number} projection"].tobytes(),
                reach,
                arrays[f"{number} documents"],
                arrays[f"{number} keys"],
                arrays[f"{number} places"],
                {key: arrays[f"{number} centroid {key}"] for key in keys},
            )
            for number, (name, fingerprint, reach, keys) in enumerate(header["spaces"])
        )
    topics = tuple(MadeTopic(**{**own, "words": tuple(own["words"])}) for own in header["topics"])
    return Made(spaces, topics)
