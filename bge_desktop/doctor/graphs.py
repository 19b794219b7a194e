"""Looks at the graphs by which many vectors are searched: caches, which are made anew where they do not fit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from bge_desktop.doctor.check import Check, ok, warning
from bge_desktop.library import storage
from bge_desktop.library.graph import Graph
from bge_desktop.library.stored_models import LibraryModel, StoredModels
from bge_desktop.library.stored_vectors import StoredVectors
from bge_desktop.library.vector_index import EXACT_LIMIT
from bge_desktop.library.vectors import GraphNames, graph_path, graph_tag

_NAME = "graphs of {}"
# So much is as a rule in none yet, and compared one by one.
_MOST_LOOSE = 0.25


def graphs(library: str, exact_limit: int = EXACT_LIMIT) -> Iterator[Check]:
    """Look whether each model's graphs hold the vectors that are stored, where there are more than `exact_limit`."""
    with contextlib.closing(storage.connect(library, write=False)) as db, storage.readable_errors(library):
        db.begin()
        models = StoredModels(db).current()
        for language, own in models.items():
            name, count = _NAME.format(own.model.name), StoredVectors(db, models).count(language)
            if count <= exact_limit:
                yield ok(name, f"None are needed: {count:,} vectors are searched one by one.")
                continue
            found = [_passages_in(library, own, graph) for graph in GraphNames(db).of(language)]
            if sum(found) >= (1 - _MOST_LOOSE) * count and all(found):
                yield ok(name, f"They hold {sum(found):,} of the {count:,} vectors that are stored.")
            else:
                advice = "More are built while BGE Desktop is open; until then searches take longer."
                yield warning(name, f"They hold {sum(found):,} of the {count:,} vectors that are stored.", advice)


def _passages_in(library: str, model: LibraryModel, name: str) -> int:
    """Return how many passages a graph holds; 0 where its cache is damaged."""
    graph = Graph.read(graph_path(library, model.language, name), graph_tag(model, name))
    return len(graph) if graph else 0
