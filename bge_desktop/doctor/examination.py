"""All looks, in the order in which they are told."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterable, Iterator

from bge_desktop.doctor import database, graphs, helpers, models, models_in_use, place, program, reranking, watching
from bge_desktop.doctor.check import Check, State, looked, ok
from bge_desktop.library import storage
from bge_desktop.library.folders import Folder, Folders

_Look = tuple[str, Callable[[], Iterable[Check]]]


def examine(library: str, device: str) -> Iterator[Check]:
    """Yield what is found of the program, and of a library where there is one.

    Args:
        library: its folder.
        device: where to embed: "auto", "cpu", "cuda" or "mps".
    """
    for name, look in _of_program(device):
        yield from looked(name, look)
    if not os.path.isdir(library):
        yield ok("library", f"There is none at {library} yet: index a folder first.")
        return
    yield ok("library", f"It is at {library}.")
    for name, look in _of_place(library, device):
        yield from looked(name, look)
    yield from _of_database(library)


def _of_program(device: str) -> Iterator[_Look]:
    yield "python", program.python
    yield "packages", program.packages
    yield "sqlite", program.sqlite
    yield "clock", program.clock
    yield "model files", models.files
    yield "embedding", functools.partial(models.encoders, device)
    yield "reader", helpers.reader
    yield "display", helpers.display


def _of_place(library: str, device: str) -> Iterator[_Look]:
    yield "permissions", functools.partial(place.permissions, library)
    yield "writer", functools.partial(place.writer, library)
    yield "disk space", functools.partial(place.room, library)
    yield "settings", functools.partial(place.chosen, library)
    yield "re-ranking", functools.partial(reranking.chosen, library, device)
    yield "crash reports", functools.partial(place.reports, library)


def _of_database(library: str) -> Iterator[Check]:
    if not os.path.exists(storage.database_path(library)):
        yield ok("database", "There is none yet: index a folder first.")
        return
    found = list(looked("database", functools.partial(database.whole, library)))
    yield from found
    if any(check.state is not State.OK for check in found if check.name != "contents"):
        return  # whatever else would be found in it comes of that
    for name, look in _of_contents(library):
        yield from looked(name, look)


def _of_contents(library: str) -> Iterator[_Look]:
    yield "index", functools.partial(database.agreeing, library)
    yield "models", functools.partial(models_in_use.in_use, library)
    yield "graphs", functools.partial(graphs.graphs, library)
    yield "folders", lambda: watching.folders(_folders(library))
    yield "inotify", lambda: watching.inotify(_folders(library))


def _folders(library: str) -> list[Folder]:
    with contextlib.closing(storage.connect(library, write=False)) as db, storage.readable_errors(library):
        return Folders(db).all()
