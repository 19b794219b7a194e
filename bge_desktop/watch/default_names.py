"""What is left out of every folder by default, known by names alone: one table, of which a folder may undo lines.

Passwords, keys and what browsers remember stand here whether they are hidden or not: where a person lets hidden files
in, these stay out.
"""

from __future__ import annotations

import fnmatch
import functools
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bge_desktop.messages import FolderRules

HIDDEN = "hidden"
"""The reason of the one group that a folder's rules undo as a whole."""


@dataclass(frozen=True)
class Group:
    """What is left out for one reason.

    Attributes:
        reason: why, for a person.
        folders, files: shell patterns of names, upper and lower case alike.
        markers: names; a folder that holds an entry of one of them is left out, whatever its own name.
    """

    reason: str
    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()

    @property
    def patterns(self) -> tuple[str, ...]:
        """All its patterns and markers, each once."""
        return tuple(dict.fromkeys((*self.folders, *self.files, *self.markers)))


DEFAULTS = (
    Group(HIDDEN, folders=(".*",), files=(".*",)),
    Group("version control", folders=(".git", ".hg", ".svn", ".bzr", ".jj", "_darcs", "CVS"), files=(".git",)),
    Group(
        "installed packages",
        folders=("node_modules", "bower_components", "site-packages", ".eggs", ".cargo", ".rustup", ".nvm", ".m2"),
    ),
    Group(
        "virtual environments",
        folders=(".venv", "venv", ".tox", ".nox", ".direnv"),
        markers=("pyvenv.cfg", "conda-meta"),
    ),
    Group(
        "caches",
        folders=(
            *("__pycache__", "cache", "caches", ".cache", "*.cache", ".*_cache", "GPUCache", "Code Cache"),
            *(".npm", ".gradle", ".ccache", ".sass-cache", ".parcel-cache", ".ipynb_checkpoints", ".thumbnails"),
        ),
        markers=("CACHEDIR.TAG",),
    ),
    Group(
        "built from sources",
        folders=(
            *("build", "_build", "dist", "target", "cmake-build-*", "*.egg-info", "DerivedData"),
            *(".next", ".nuxt", ".svelte-kit", ".terraform"),
        ),
    ),
    Group(
        "app bundles",
        folders=("*.app", "*.framework", "*.bundle", "*.plugin", "*.kext", "*.xcarchive", "*.photoslibrary"),
    ),
    Group(
        "the system's own",
        folders=(
            *("$RECYCLE.BIN", "System Volume Information", "lost+found", "__MACOSX"),
            *(".Trash", ".Trash-*", ".Trashes", ".Spotlight-V100", ".fseventsd", ".snapshots"),
        ),
        files=("Thumbs.db", "desktop.ini", "Icon\r", ".DS_Store"),
    ),
    Group(
        "keys and credentials",
        folders=(".ssh", ".gnupg", ".pki", ".aws", ".azure", ".kube", ".docker", ".gcloud"),
        files=(
            *(".env", ".env.*", "*.env", ".netrc", "_netrc", ".pgpass", ".my.cnf", ".htpasswd", ".git-credentials"),
            *(".npmrc", ".pypirc", ".*_history", "id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*", "*.ovpn"),
            *("*.pem", "*.key", "*.ppk", "*.p8", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.keytab", "*.gpg", "*.pgp"),
        ),
    ),
    Group(
        "password stores",
        folders=(".password-store", "*.agilekeychain", "*.opvault", "*.1pvault", "Keychains", "keyrings", "kwalletd"),
        files=(
            *("*.kdb", "*.kdbx", "*.psafe3", "*.1pif", "*.1pux", "*.enpassdb", "*.keychain", "*.keychain-db"),
            *("*.keyring", "*.kwl", "wallet.dat"),
        ),
    ),
    Group(
        "browser profiles",
        folders=(".mozilla", "com.apple.Safari", "com.apple.Safari.*"),
        files=(
            *("key3.db", "key4.db", "logins.json", "logins-backup.json", "signons.sqlite", "places.sqlite"),
            *("cookies.sqlite", "formhistory.sqlite", "Login Data", "Login Data For Account", "Web Data", "Cookies"),
        ),
        # of Firefox; of Chrome, Edge and their kin, the whole and a single profile; of Safari
        markers=("sessionstore-backups", "Local State", "Login Data", "LastSession.plist"),
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
    """The part of the rules that needs no look at the disk: names alone decide.

    Attributes:
        markers: see `Group`.
    """

    def __init__(self, groups: Iterable[Group] = DEFAULTS) -> None:
        groups = tuple(groups)
        self._folders = _any_of(pattern for group in groups for pattern in group.folders)
        self._files = _any_of(pattern for group in groups for pattern in group.files)
        self.markers = frozenset(marker for group in groups for marker in group.markers)

    def leaves_out_name(self, name: str, is_folder: bool) -> bool:
        """Return whether an entry of this name is left out wherever it lies."""
        return (self._folders if is_folder else self._files).match(name) is not None

    def leaves_out(self, relative: str, is_folder: bool) -> bool:
        """Return whether a path, relative to its root, or one of the folders that lead to it, is left out."""
        *folders, name = relative.split(os.sep)
        return any(self.leaves_out_name(folder, True) for folder in folders) or self.leaves_out_name(name, is_folder)


DEFAULT_NAMES = NameRules()


def groups_for(rules: FolderRules) -> Iterator[Group]:
    """Yield the groups that hold in a folder with these rules, without the patterns that it undoes."""
    for group in DEFAULTS:
        if not (group.reason == HIDDEN and rules.hidden):
            kinds = (_without(names, rules.let_in) for names in (group.folders, group.files, group.markers))
            yield Group(group.reason, *kinds)


@functools.lru_cache(maxsize=64)
def names_for(rules: FolderRules) -> NameRules:
    """Return the rules for names that hold in a folder with these rules."""
    return NameRules(groups_for(rules))


def _without(patterns: tuple[str, ...], undone: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(pattern for pattern in patterns if pattern not in undone)
