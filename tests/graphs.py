"""Vector graphs, made as the worker makes them, without its threads."""

from __future__ import annotations

import glob
import os

from bge_desktop.bge.script import Language
from bge_desktop.library.library import Library


def make_graphs(library: Library, *languages: Language, limit: int | None = None) -> None:
    """Make all graphs that are wanted: of some models, or of all.

    Args:
        library: open for writing.
        languages: of the models; none for all.
        limit: beyond so many vectors graphs of so many passages are wanted from now on; None for as it is.
    """
    for language in languages or library.vectors:
        if limit:
            library.vectors[language]._limit = library.vectors[language]._size = limit
        while wanted := library.vectors.wanted_graph(language):
            library.vectors.adopt_graph(wanted, library.vectors.make_graph(wanted))


def graph_files(folder: str, language: str = "*") -> list[str]:
    """Return the paths of the graphs' caches in a library's folder."""
    return sorted(glob.glob(os.path.join(glob.escape(folder), f"vectors-{language}-*.hnsw")))
