"""Filters of files by the folders that they are in and by their names."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from bge_desktop.library.words import fold

_SEPARATOR = os.fsencode(os.sep)
_Test = Callable[[str], bool]


class PathFilter:
    """Tells whether a path satisfies filters; case, width and accents count nothing.

    Args:
        folders: names of folders at any depth (`work`, `work/2024`), or whole paths; one of them must be there.
        without_folders: none of them may be there.
        names: parts of the file's name; one of them must be there.
        without_names: none of them may be there.
    """

    def __init__(
        self,
        folders: Sequence[str] = (),
        without_folders: Sequence[str] = (),
        names: Sequence[str] = (),
        without_names: Sequence[str] = (),
    ) -> None:
        self._folders = [_folder_test(folder) for folder in folders]
        self._without_folders = [_folder_test(folder) for folder in without_folders]
        self._names = [_name_test(name) for name in names]
        self._without_names = [_name_test(name) for name in without_names]
        self._known_folders: dict[bytes, bool] = {}

    @property
    def is_empty(self) -> bool:
        """Whether every path is allowed."""
        return not (self._folders or self._without_folders or self._names or self._without_names)

    def allows(self, path: bytes) -> bool:
        """Whether the file at an absolute path, as the operating system writes it, satisfies the filters."""
        folder, _, name = path.rpartition(_SEPARATOR)
        allowed = self._known_folders.get(folder)
        if allowed is None:  # many files share a folder
            allowed = self._known_folders[folder] = self._allows_folder(folder)
        return allowed and self._allows_name(name)

    def _allows_folder(self, folder: bytes) -> bool:
        return _passes(_folded_path(os.fsdecode(folder)), self._folders, self._without_folders)

    def _allows_name(self, name: bytes) -> bool:
        if not (self._names or self._without_names):
            return True
        return _passes(fold(os.fsdecode(name)), self._names, self._without_names)


def _passes(text: str, wanted: Sequence[_Test], unwanted: Sequence[_Test]) -> bool:
    return (not wanted or any(test(text) for test in wanted)) and not any(test(text) for test in unwanted)


def _name_test(name: str) -> _Test:
    part = fold(name)
    return lambda text: part in text


def _folder_test(folder: str) -> _Test:
    whole = os.path.expanduser(folder)
    wanted = _folded_path(whole)
    return (lambda path: path.startswith(wanted)) if os.path.isabs(whole) else (lambda path: wanted in path)


def _folded_path(path: str) -> str:
    """Return a path with one slash at both ends, so that only whole names of folders are found in it."""
    names = fold(path).replace(os.sep, "/").strip("/")
    return f"/{names}/" if names else "/"
