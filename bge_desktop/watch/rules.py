"""What is left out of the library: other programs' folders, secrets, temporary files, and what ignore files name.

The defaults are one table, `DEFAULTS`, of shell patterns for names. Ignore files (`.gitignore` and `.bgeignore`) are
read from the tree itself and speak for their own folder and all that lies below it.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

from bge_desktop.errors import UserError

IGNORE_FILES = (".gitignore", ".bgeignore")
"""Files that name what to leave out; in one folder the later of them has the last word."""

MARKERS = ("pyvenv.cfg", "conda-meta", "CACHEDIR.TAG")
"""A folder that holds one of these is a virtual environment or a cache, whatever its name."""

_LONGEST_IGNORE_FILE = 1 << 20


@dataclass(frozen=True)
class Group:
    """Names that are left out for one reason: shell patterns, upper and lower case alike."""

    reason: str
    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


DEFAULTS = (
    Group("hidden", folders=(".*",), files=(".*",)),
    Group("version control", folders=(".git", ".hg", ".svn", ".bzr", "_darcs", "CVS")),
    Group("installed packages", folders=("node_modules", "bower_components", "site-packages", ".venv", ".tox")),
    Group("caches", folders=("__pycache__", "cache", "caches", "*.cache", "GPUCache", "Code Cache")),
    Group("built from sources", folders=("build", "_build", "dist", "target", "cmake-build-*", "*.egg-info")),
    Group("app bundles", folders=("*.app", "*.framework", "*.bundle", "*.plugin", "*.kext", "*.photoslibrary")),
    Group(
        "the system's own",
        folders=("$RECYCLE.BIN", "System Volume Information", "lost+found", "__MACOSX"),
        files=("Thumbs.db", "desktop.ini", "Icon\r"),
    ),
    Group(
        "secrets",
        folders=(".ssh", ".gnupg", ".password-store", "*.agilekeychain", "*.opvault", "*.1pvault"),
        files=(
            *(".env", ".env.*", ".netrc", ".pgpass", "id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*"),
            *("*.pem", "*.key", "*.ppk", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.gpg"),
            *("*.kdb", "*.kdbx", "*.keychain", "*.keychain-db"),
        ),
    ),
    Group(
        "temporary",
        folders=("*.download",),
        files=(
            *("~$*", ".~lock.*", ".#*", "#*#", "*~", "*.swp", "*.swo", "*.swx", "*.tmp", "*.temp"),
            *("*.part", "*.partial", "*.crdownload", "*.download"),
        ),
    ),
)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns) or r"(?!)", re.IGNORECASE)


class NameRules:
    """The part of the rules that needs no look at the disk: names alone decide."""

    def __init__(self, groups: Iterable[Group] = DEFAULTS) -> None:
        groups = tuple(groups)
        self._folders = _any_of(pattern for group in groups for pattern in group.folders)
        self._files = _any_of(pattern for group in groups for pattern in group.files)

    def leaves_out_name(self, name: str, is_folder: bool) -> bool:
        """Return whether an entry of this name is left out wherever it lies."""
        return (self._folders if is_folder else self._files).match(name) is not None

    def leaves_out(self, relative: str, is_folder: bool) -> bool:
        """Return whether a path, relative to its root, or one of the folders that lead to it, is left out."""
        *folders, name = relative.split(os.sep)
        return any(self.leaves_out_name(folder, True) for folder in folders) or self.leaves_out_name(name, is_folder)


DEFAULT_NAMES = NameRules()


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
        names: the rules for names.
    """

    def __init__(
        self, root: str, on_error: Callable[[UserError], None] | None = None, names: NameRules = DEFAULT_NAMES
    ) -> None:
        self.root = root
        self._prefix = _with_separator(root)
        self._on_error = on_error
        self._names = names
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
        if is_folder and any(os.path.lexists(os.path.join(path, marker)) for marker in MARKERS):
            return True
        for ignore_file in reversed(self._ignore_files_for(folder)):
            verdict = ignore_file.verdict(path, is_folder)
            if verdict is not None:
                return verdict
        return False

    def _leaves_out_folder(self, folder: str) -> bool:
        if folder not in self._folders_left_out:
            self._folders_left_out[folder] = self.leaves_out(folder, True)
        return self._folders_left_out[folder]

    def _ignore_files_for(self, folder: str) -> tuple[_IgnoreFile, ...]:
        """Return the ignore files that speak for the entries of `folder`, the outermost first."""
        if folder not in self._ignore_files:
            is_outermost = len(folder) < len(self._prefix)
            outer = () if is_outermost else self._ignore_files_for(os.path.dirname(folder))
            spec = self._read_spec(folder)
            self._ignore_files[folder] = (*outer, _IgnoreFile(folder, spec)) if spec else outer
        return self._ignore_files[folder]

    def _read_spec(self, folder: str) -> GitIgnoreSpec | None:
        lines = [line for name in IGNORE_FILES for line in self._read_lines(os.path.join(folder, name))]
        return GitIgnoreSpec.from_lines(lines) if lines else None

    def _read_lines(self, path: str) -> list[str]:
        try:
            # A link may lead out of the tree, and opening a pipe would wait for ever.
            if not stat.S_ISREG(os.lstat(path).st_mode):
                return []
            with open(path, "rb") as stream:
                text = stream.read(_LONGEST_IGNORE_FILE).decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self._report(path, f"What it names is not left out, because it could not be read ({error.strerror}).")
            return []
        return [line for line in text.replace("\r\n", "\n").split("\n") if self._makes_sense(line, path)]

    def _makes_sense(self, line: str, path: str) -> bool:
        try:
            GitIgnoreSpec.from_lines([line])
        except (ValueError, re.error):
            self._report(path, f"Correct the line {line!r}, which makes no sense; the other lines are followed.")
            return False
        return True

    def _report(self, path: str, message: str) -> None:
        if self._on_error is not None:
            self._on_error(UserError("Ignore file not followed", message, path))


def _with_separator(folder: str) -> str:
    return os.path.join(folder, "")
