"""How a command's argument names a folder of the library."""

from __future__ import annotations

import os

from bge_desktop.errors import RequestError
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library


def folder_named(library: Library, name: str, advice: str) -> Folder:
    """Return the folder of a library that a path names, directly or through links.

    Raises:
        RequestError: there is none; `advice` says which there are.
    """
    path = os.path.abspath(name)
    for folder in library.folders.all():
        if folder.path in (path, os.path.realpath(path)):
            return folder
    raise RequestError("Not a folder of the library", advice, path)
