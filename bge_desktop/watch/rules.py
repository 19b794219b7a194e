"""What is left out of the library: other programs' folders, secrets, temporary files, and what ignore files name.

Three things decide, in this order: the names that are left out by default (see `default_names`), unless the folder's
own rules undo them; the folder's own patterns; and ignore files (`.gitignore` and `.bgeignore`) in the tree itself,
which speak for their own folder and all that lies below it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

from bge_desktop.errors import UserError
from bge_desktop.messages import FolderRules
from bge_desktop.watch.default_names import names_for
from bge_desktop.watch.missing import is_missing

IGNORE_FILES = (".gitignore", ".bgeignore")
"""Files that name what to leave out; in one folder the later of them has the last word."""

_LONGEST_IGNORE_FILE = 1 << 20


@dataclass(frozen=True)
class _IgnoreFile:
    folder: str
    spec: GitIgnoreSpec

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Return True to leave out, False to keep in spite of outer files, None for no opinion."""
        relative = path[len(_with_separator(self.folder)) :].replace(os.sep, "/")
        return self.spec.check_file(relative + "/" if is_folder else relative).include


class Rules:
    """What is left out below one root, for a whole walk as for a single path.

    What ignore files say is read once and remembered: make a new object for each walk and each batch of changes.

    Args:
        root: the folder that was chosen. It is never left out itself, whatever its name.
        on_error: told of ignore files that cannot be read, and of lines in them that make no sense.
        chosen: the folder's own rules.
        by_tree: whether what lies in the tree decides as well: ignore files, and files that mark a folder.
    """

    def __init__(
        self,
        root: str,
        on_error: Callable[[UserError], None] | None = None,
        chosen: FolderRules | None = None,
        *,
        by_tree: bool = True,
    ) -> None:
        chosen = chosen or FolderRules()
        self.root = root
        self._prefix = _with_separator(root)
        self._on_error = on_error
        self._by_tree = by_tree
        self._names = names_for(chosen)
        self._own: tuple[_IgnoreFile, ...] = (_IgnoreFile(root, _spec(chosen.left_out)),) if chosen.left_out else ()
        self._ignore_files: dict[str, tuple[_IgnoreFile, ...]] = {}
        self._folders_left_out: dict[str, bool] = {}

    def leaves_out(self, path: str, is_folder: bool) -> bool:
        """Return whether `path`, or a folder between it and the root, is left out. It need not exist (any more).

        Raises:
            ValueError: the path is not the root and does not lie below it.
        """
        if path == self.root:
            return False
        if not path.startswith(self._prefix):
            raise ValueError(f"{path!r} does not lie below {self.root!r}")
        folder, name = os.path.split(path)
        if len(folder) >= len(self._prefix) and self._leaves_out_folder(folder):
            return True
        return self.leaves_out_entry(folder, name, is_folder)

    def leaves_out_entry(self, folder: str, name: str, is_folder: bool) -> bool:
        """Return whether one entry of `folder` is left out; `folder` itself is known to be in."""
        if self._names.leaves_out_name(name, is_folder):
            return True
        path = os.path.join(folder, name)
        if is_folder and self._is_marked(path):
            return True
        for ignore_file in (*self._own, *reversed(self._ignore_files_for(folder))):
            verdict = ignore_file.verdict(path, is_folder)
            if verdict is not None:
                return verdict
        return False

    def _is_marked(self, folder: str) -> bool:
        return self._by_tree and any(os.path.lexists(os.path.join(folder, own)) for own in self._names.markers)

    def _leaves_out_folder(self, folder: str) -> bool:
        if folder not in self._folders_left_out:
            self._folders_left_out[folder] = self.leaves_out(folder, True)
        return self._folders_left_out[folder]

    def _ignore_files_for(self, folder: str) -> tuple[_IgnoreFile, ...]:
        """Return the ignore files that speak for the entries of `folder`, the outermost first."""
        if not self._by_tree:
            return ()
        if folder not in self._ignore_files:
            is_outermost = len(folder) < len(self._prefix)
            outer = () if is_outermost else self._ignore_files_for(os.path.dirname(folder))
            spec = self._read_spec(folder)
            self._ignore_files[folder] = (*outer, _IgnoreFile(folder, spec)) if spec else outer
        return self._ignore_files[folder]

    def _read_spec(self, folder: str) -> GitIgnoreSpec | None:
        lines = [line for name in IGNORE_FILES for line in self._read_lines(os.path.join(folder, name))]
        return _spec(lines) if lines else None

    def _read_lines(self, path: str) -> list[str]:
        try:
            # A link may lead out of the tree, and opening a pipe would wait for ever.
            if not stat.S_ISREG(os.lstat(path).st_mode):
                return []
            with open(path, "rb") as stream:
                text = stream.read(_LONGEST_IGNORE_FILE).decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        except OSError as error:
            if is_missing(error):
                return []
            self._report(path, f"What it names is not left out, because it could not be read ({error.strerror}).")
            return []
        return [line for line in text.replace("\r\n", "\n").split("\n") if self._makes_sense(line, path)]

    def _makes_sense(self, line: str, path: str) -> bool:
        if makes_sense(line):
            return True
        self._report(path, f"Correct the line {line!r}, which makes no sense; the other lines are followed.")
        return False

    def _report(self, path: str, message: str) -> None:
        if self._on_error is not None:
            self._on_error(UserError("Ignore file not followed", message, path))


def makes_sense(line: str) -> bool:
    """Return whether a line can stand in an ignore file."""
    try:
        _spec([line])
    except (ValueError, re.error):
        return False
    return True


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(lines)


def _with_separator(folder: str) -> str:
    return os.path.join(folder, "")
