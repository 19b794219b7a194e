"""`bge-desktop similar`: the documents that are most like a file."""

from __future__ import annotations

import os
import time

from bge_desktop.cli import output
from bge_desktop.cli.search import print_results
from bge_desktop.errors import RequestError
from bge_desktop.library.library import Library, reading
from bge_desktop.search.query_language import Query
from bge_desktop.search.results import documents_named
from bge_desktop.search.searcher import Searcher


def similar(file: str, limit: int, library: str, *, as_json: bool) -> int:
    """Print the documents most like a file of the library. Nothing is embedded for it, and no model is loaded.

    Raises:
        UserError: there is no library, or the file is not in it.
    """
    with reading(library) as opened:
        started = time.perf_counter()
        path = _known_path(opened, file)
        found = Searcher(opened).search(Query("", like=(path,)), {}, limit)
        took_ms = (time.perf_counter() - started) * 1000
    for hint in found.hints:
        output.note(hint)
    print_results({"path": path, "took_ms": round(took_ms, 1)}, found.results, as_json=as_json)
    return 0


def _known_path(library: Library, file: str) -> str:
    """Return the path under which the library has a file: as it was named, or behind symbolic links."""
    for path in (os.path.abspath(file), os.path.realpath(file)):
        if len(documents_named(library.db, path)):
            return path
    message = "Only indexed files can be compared. Index it first: bge-desktop index FILE"
    raise RequestError("Not in the library", message, os.path.abspath(file))
