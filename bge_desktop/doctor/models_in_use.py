"""Looks at the models that a library uses, or is to use: whether their files are there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from bge_desktop.doctor.check import Check, ok, problem
from bge_desktop.library import storage
from bge_desktop.library.stored_models import LibraryModel, StoredModels

_NAMES = {"en": "English", "zh": "Chinese"}


def in_use(library: str) -> Iterator[Check]:
    """Say by which model each language is read, and whether another one is to come."""
    with contextlib.closing(storage.connect(library, write=False)) as db, storage.readable_errors(library):
        db.begin()
        models = StoredModels(db)
        yield from map(_read_by, models.current().values())
        for own in models.coming().values():
            yield ok(_name(own), f"{own.model.name} is to read it: it goes on while BGE Desktop is open.")


def _read_by(own: LibraryModel) -> Check:
    if not os.path.isdir(own.model.folder):
        advice = "Add it again (bge-desktop models add), or use another one (bge-desktop models use)."
        found = f"The files of {own.model.name} are gone: searches go by words alone, and nothing new is embedded."
        return problem(_name(own), found, advice)
    return ok(_name(own), f"{own.model.name} reads it.")


def _name(own: LibraryModel) -> str:
    return f"model for {_NAMES[own.language]}"
