"""The operation "learn labels": reads the examples and the library around them, and answers with weights."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.library import storage
from bge_desktop.library.ids import Ids
from bge_desktop.library.label_decisions import Example, LabelDecisions
from bge_desktop.messages import LEAST_EXAMPLES
from bge_desktop.processes import Header
from bge_desktop.understand.label_confidence import learn
from bge_desktop.understand.label_examples import state_of, waiting_labels
from bge_desktop.understand.label_learning import Examples, Learner
from bge_desktop.understand.spaces import Space, document_vectors, documents_in

Weights = dict[int, NDArray[np.float32]]

_LEAST_IN_SPACE = 2
# Documents of the library that are looked at: reading them takes a second or two.
_SAMPLE, _REST = 5000, 1000


def request(folder: str, spaces: Sequence[Space]) -> Header:
    """Return the request to learn the labels of the library in a folder."""
    return {"library": folder, "spaces": [dataclasses.asdict(space) for space in spaces]}


def train(header: Header, _payload: bytes) -> tuple[Header, bytes]:
    """Learn the labels of a library; return what `learnt` takes.

    Raises:
        LibraryError: it cannot be read.
    """
    folder, spaces = header["library"], [Space(**own) for own in header["spaces"]]
    with contextlib.closing(storage.connect(folder, write=False)) as db, storage.readable_errors(folder):
        db.begin()
        examples = LabelDecisions(db).examples()
        found = {space.fingerprint: _learnt_in(db, space, examples) for space in spaces}
        waiting = {space.fingerprint: sorted(waiting_labels(db, space)) for space in spaces}
        learnt_from = state_of(db, spaces)
    labels = {fingerprint: list(own) for fingerprint, own in found.items()}
    payload = b"".join(weights.tobytes() for own in found.values() for weights in own.values())
    return {"learnt_from": learnt_from, "labels": labels, "waiting": waiting}, payload


def learnt(header: Header, payload: bytes, spaces: Sequence[Space]) -> dict[str, Weights]:
    """Return from the answer of `train` the weights, by the fingerprint of the space's model, then by label."""
    numbers = iter(np.split(*_divided(header, payload, spaces)))
    return {
        space.fingerprint: {label: next(numbers) for label in header["labels"][space.fingerprint]} for space in spaces
    }


def _divided(header: Header, payload: bytes, spaces: Sequence[Space]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    sizes = [space.dimension + 1 for space in spaces for _ in header["labels"][space.fingerprint]]
    return np.frombuffer(payload, np.float32), np.cumsum(sizes, dtype=np.int64)


def _learnt_in(db: Database, space: Space, examples: Sequence[Example]) -> Weights:
    documents = documents_in(db, space)
    random = np.random.default_rng(0)
    sample = random.permutation(documents)[:_SAMPLE]
    decided = np.array([example.document for example in examples], np.int64)
    ids, vectors = document_vectors(db, space, np.union1d(sample, np.intersect1d(decided, documents)))
    labels = dict(_learnable(examples, ids))
    if not labels:
        return {}
    rest = np.searchsorted(ids, np.intersect1d(sample[:_REST], ids))
    return learn(Learner(vectors, rest), labels)


def _learnable(examples: Sequence[Example], documents: Ids) -> Iterator[tuple[int, Examples]]:
    """Yield the labels that have enough examples, and those as rows of documents, ascending, that are in a space."""
    for label, own in _by_label(examples).items():
        accepted, rejected = (
            np.flatnonzero(np.isin(documents, [one.document for one in own if one.is_accepted is wanted]))
            for wanted in (True, False)
        )
        if sum(one.is_accepted for one in own) >= LEAST_EXAMPLES and len(accepted) >= _LEAST_IN_SPACE:
            yield label, Examples(accepted, rejected)


def _by_label(examples: Sequence[Example]) -> Mapping[int, list[Example]]:
    found: dict[int, list[Example]] = {}
    for example in examples:
        found.setdefault(example.label, []).append(example)
    return found
