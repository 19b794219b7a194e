"""What is recorded of a model when it is brought in: where it is from, and what its files are."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from bge_desktop.own_files import read_json, replacing

NAME = "manifest.json"


@dataclass(frozen=True)
class FileRecord:
    """A file as it was brought in.

    Attributes:
        sha256: of its content, in hexadecimal digits.
        size: bytes.
        mtime_ns: when it was written, in nanoseconds since the epoch.
    """

    sha256: str
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Manifest:
    """A model that was brought in.

    Attributes:
        source: the folder or the name on a hub that it is from.
        revision: the commit on the hub; "" where it is from a folder.
        licence: as the hub names it; "" where that is not known.
        files: by their names, with "/" between folders.
        model: what it is, as of `Model.described`.
    """

    source: str
    revision: str
    licence: str
    files: Mapping[str, FileRecord]
    model: str = ""

    @property
    def fingerprint(self) -> str:
        """A short text that changes whenever the vectors of the model would."""
        return fingerprint_of({name: own.sha256 for name, own in self.files.items()})

    @property
    def bytes(self) -> int:
        """What the files take."""
        return sum(own.size for own in self.files.values())

    def write(self, folder: str) -> None:
        """Write it into the model's folder.

        Raises:
            OSError: it cannot be written.
        """
        with replacing(os.path.join(folder, NAME)) as path, open(path, "w", encoding="utf-8") as file:
            json.dump(dataclasses.asdict(self), file, indent=1)

    def holds(self, folder: str, name: str, *, in_full: bool = False) -> bool:
        """Return whether a file is as it was brought in: by its content where its size or time tell nothing.

        Args:
            folder: the model's.
            name: the file's.
            in_full: whether to look at the content in any case.

        Raises:
            OSError: the file cannot be read.
        """
        own, path = self.files.get(name), os.path.join(folder, name)
        if own is None:
            return False
        found = os.stat(path)
        if not in_full and (found.st_size, found.st_mtime_ns) == (own.size, own.mtime_ns):
            return True
        return digest(path) == own.sha256


def read(folder: str) -> Manifest | None:
    """Return what is recorded of the model in a folder; None where nothing is, or nothing that can be read."""
    told = read_json(os.path.join(folder, NAME))
    try:
        files = {str(name): FileRecord(**own) for name, own in told["files"].items()}
        source, revision, licence, model = (str(told[own]) for own in ("source", "revision", "licence", "model"))
    except (TypeError, KeyError, AttributeError):
        return None
    return Manifest(source, revision, licence, files, model)


def record(folder: str, name: str, sha256: str) -> FileRecord:
    """Return the record of a file as it is now, whose checksum is known.

    Raises:
        OSError: there is no such file.
    """
    found = os.stat(os.path.join(folder, name))
    return FileRecord(sha256, found.st_size, found.st_mtime_ns)


def digest(path: str) -> str:
    """Return the SHA256 of a file's content, in hexadecimal digits.

    Raises:
        OSError: it cannot be read.
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint_of(digests: Mapping[str, str]) -> str:
    """Return a short text that stands for files, by their names and checksums."""
    lines = sorted(f"{name} {sha256}" for name, sha256 in digests.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
