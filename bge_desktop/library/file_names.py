"""By what a file is found without being read: its name, and keys of its path."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from bge_desktop.library.path_keys import path_keys
from bge_desktop.library.words import analysed
from bge_desktop.messages import displayable

# The path and its keys, as `path_columns` gives them.
PATH_COLUMNS = "path, folder_key, name_key, ending_key"


def name_words(path: str) -> str:
    """Return the analysed words by which a file is found by name: its own name's and its folder's."""
    name, parent = os.path.basename(path), os.path.basename(os.path.dirname(path))
    return analysed(f"{displayable(name)} {displayable(parent)}")


def path_columns(path: str) -> tuple[bytes, ...]:
    """Return the values of `PATH_COLUMNS` for a path."""
    stored = os.fsencode(path)
    return (stored, *path_keys(stored))


def name_rows(files: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, str]]:
    """Return for the index of names the words of files, given as their ids and stored paths."""
    return ((file_id, name_words(os.fsdecode(path))) for file_id, path in files)
