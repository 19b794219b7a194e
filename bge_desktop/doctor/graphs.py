"""Looks at the graphs by which many vectors are searched: caches, which are made anew where they do not fit."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from bge_desktop.bge.models import BUNDLED, fingerprint
from bge_desktop.doctor.check import Check, ok, warning
from bge_desktop.library import storage
from bge_desktop.library.facts import Facts
from bge_desktop.library.stored_vectors import StoredVectors
from bge_desktop.library.vector_index import EXACT_LIMIT, VectorIndex

_NAME = "graph of {}"


def graphs(library: str, exact_limit: int = EXACT_LIMIT) -> Iterator[Check]:
    """Look whether each model's graph holds the vectors that are stored, where there are more than `exact_limit`."""
    with contextlib.closing(storage.connect(library, write=False)) as db, storage.readable_errors(library):
        db.begin()
        for language, model in BUNDLED.items():
            name = _NAME.format(model.name)
            ids, vectors = StoredVectors(db).all(model)
            if len(ids) <= exact_limit:
                yield ok(name, f"None is needed: {len(ids):,} vectors are searched one by one.")
                continue
            path = os.path.join(library, f"vectors-{language}.hnsw")
            index = VectorIndex(path, model.dimension, fingerprint(model), exact_limit)
            index.load(ids, vectors, Facts(db).get(f"graph {language}"))
            if index.has_graph:
                yield ok(name, f"It holds the {len(ids):,} vectors that are stored.")
            else:
                advice = "It is built while BGE Desktop is open; until then searches take longer."
                yield warning(name, f"There is none that fits the {len(ids):,} vectors.", advice)
