"""Whether libraries use a model that is to be removed."""

from __future__ import annotations

import contextlib
import os

from bge_desktop.bge.models import Model
from bge_desktop.errors import RequestError
from bge_desktop.library import storage
from bge_desktop.library.stored_models import StoredModels
from bge_desktop.settings import default_library, read


def make_sure_unused(model: Model, library: str) -> None:
    """Make sure that neither the library in a folder nor the person's own uses a model, or keeps it for a return.

    What the libraries say by now on the disk counts: some milliseconds.

    Raises:
        RequestError: one does.
        LibraryError: one cannot be read.
    """
    name = model.name
    for folder in {os.path.abspath(library), os.path.abspath(default_library())}:
        if os.path.exists(storage.database_path(folder)) and model.folder in _folders_of_models(folder):
            message = (
                f"The library uses {name}, or keeps it for a return. Choose another, and forget the former models."
            )
            raise RequestError("Model not removed", message, folder)


def _folders_of_models(library: str) -> set[str]:
    """Return the folders of all models that are in use, to come, or kept for a return; among them the reranker's."""
    with contextlib.closing(storage.connect(library, write=False)) as db, storage.readable_errors(library):
        stored = StoredModels(db)
        groups = (stored.current(), stored.coming(), stored.former())
    return {own.model.folder for group in groups for own in group.values()} | {read(library)[0].reranker}
