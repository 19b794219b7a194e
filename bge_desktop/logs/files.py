"""Where logs and crash reports are: in a folder beside the library's database, for its owner alone."""

from __future__ import annotations

import contextlib
import os


def log_folder(library: str) -> str:
    """Return the folder of a library's logs and crash reports."""
    return os.path.join(library, "logs")


def make_log_folder(library: str) -> str:
    """Make the folder of a library's logs where it is not there yet, and return it.

    Raises:
        OSError: it cannot be made; as where there is no library yet.
    """
    folder = log_folder(library)
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, mode=0o700)
    return folder


def open_private(path: str, flags: int) -> int:
    """Open a file for its owner alone, without waiting for the other end should it be a pipe: an opener for `open`."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o600)
