"""What must hold of a path that is to be added."""

from __future__ import annotations

import os

from bge_desktop.errors import RequestError
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library
from bge_desktop.watch.rules import Rules
from bge_desktop.watch.scan import root_is_here
from bge_desktop.worker.scanning import is_below


def holder(library: Library, path: str) -> Folder | None:
    """Return the folder of the library that a path lies in; None where it is a new one.

    Raises:
        RequestError: it is not there, cannot be listed, is left out by that folder's rules, or is the library itself.
    """
    if not root_is_here(path):
        raise RequestError("Folder not found", "It is not there or may not be read. Check the path.", path)
    if is_below(path, [library.folder]):
        raise RequestError("Cannot index the library", "This folder holds the library itself.", path)
    within = next((folder for folder in library.folders.all() if is_below(path, [folder.path])), None)
    if within and Rules(within.path, chosen=within.rules).leaves_out(path, os.path.isdir(path)):
        raise RequestError(
            "Left out by the rules", "It lies in a folder of the library whose rules leave it out.", path
        )
    return within
