"""The ignore files within an archive: what they name is left out of it, as it is out of folders."""

from __future__ import annotations

import posixpath

from pathspec import GitIgnoreSpec

from bge_desktop.watch.rules import IGNORE_FILES, makes_sense


class IgnoreFiles:
    """Gathers the ignore files of one archive, and tells what they leave out. Lines that make no sense say nothing."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}  # by the name of the file
        self._specs: dict[str, GitIgnoreSpec] = {}  # by the folder

    @staticmethod
    def is_one(name: str) -> bool:
        """Tell whether a member of this name is an ignore file."""
        return posixpath.basename(name) in IGNORE_FILES

    def add(self, name: str, data: bytes) -> None:
        """Heed an ignore file: its name and its content."""
        text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
        self._lines[name] = list(filter(makes_sense, text.split("\n")))
        folder = posixpath.dirname(name)
        own = (posixpath.join(folder, file) for file in IGNORE_FILES)
        self._specs[folder] = GitIgnoreSpec.from_lines(line for file in own for line in self._lines.get(file, ()))

    def leaves_out(self, name: str) -> bool:
        """Return whether a member, or a folder that it lies in, is left out."""
        parts = name.split("/")
        folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
        return bool(self._specs) and (any(self._names(folder, "/") for folder in folders) or self._names(name, ""))

    def _names(self, path: str, mark: str) -> bool:
        """Return what the innermost ignore file says that has an opinion on a path."""
        folder = path
        while folder:
            folder = posixpath.dirname(folder)
            spec = self._specs.get(folder)
            verdict = spec.check_file(posixpath.relpath(path, folder or ".") + mark).include if spec else None
            if verdict is not None:
                return verdict
        return False
