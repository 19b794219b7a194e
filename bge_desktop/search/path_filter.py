"""Filters of files by the folders that they are in and by their names."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from bge_desktop.search.literal import folded

_SEPARATOR = os.fsencode(os.sep)
_Test = Callable[[str], bool]


class PathFilter:
    """Tells which paths satisfy filters; case, width and accents count nothing.

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

    @property
    def is_empty(self) -> bool:
        """Whether every path is allowed."""
        return not (self._folders or self._without_folders or self._names or self._without_names)

    def allowed(self, paths: Sequence[bytes]) -> list[bool]:
        """Return for each absolute path, as the operating system writes it, whether it satisfies the filters."""
        cuts = [path.rfind(_SEPARATOR) for path in paths]
        allowed = [True] * len(paths)
        if self._folders or self._without_folders:
            folders = [path[:cut] for path, cut in zip(paths, cuts, strict=True)]
            known = {folder: self._allows_folder(folder) for folder in set(folders)}  # many files share a folder
            allowed = [known[folder] for folder in folders]
        if self._names or self._without_names:
            names = _folded_names([path[cut + 1 :] for path, cut in zip(paths, cuts, strict=True)])
            allowed = [
                is_in_folder and _passes(name, self._names, self._without_names)
                for is_in_folder, name in zip(allowed, names, strict=True)
            ]
        return allowed

    def _allows_folder(self, folder: bytes) -> bool:
        return _passes(_folded_path(os.fsdecode(folder)), self._folders, self._without_folders)


def _passes(text: str, wanted: Sequence[_Test], unwanted: Sequence[_Test]) -> bool:
    return (not wanted or any(test(text) for test in wanted)) and not any(test(text) for test in unwanted)


def _name_test(name: str) -> _Test:
    part = folded(name)
    return lambda text: part in text


def _folded_names(names: Sequence[bytes]) -> list[str]:
    """Fold all names in one go: one by one takes three times as long."""
    return folded(os.fsdecode(b"\0".join(names))).split("\0") if names else []


def _folder_test(folder: str) -> _Test:
    whole = os.path.expanduser(folder)
    wanted = _folded_path(whole)
    return (lambda path: path.startswith(wanted)) if os.path.isabs(whole) else (lambda path: wanted in path)


def _folded_path(path: str) -> str:
    """Return a path with one slash at both ends, so that only whole names of folders are found in it."""
    names = folded(path).replace(os.sep, "/").strip("/")
    return f"/{names}/" if names else "/"
