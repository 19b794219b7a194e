"""The files beside the database: each is replaced as a whole, for its owner alone, and may be spoilt by anybody."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator


@contextlib.contextmanager
def replacing(path: str) -> Iterator[str]:
    """Give the path of a new file, for its owner alone, that takes the place of `path` when it is complete.

    Raises:
        OSError: the disk is full or the folder is gone; `path` is as it was.
    """
    temporary = f"{path}.new"
    clear_the_way(temporary)
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        yield temporary
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        clear_the_way(path)
        os.replace(temporary, path)
        sync_folder(os.path.dirname(path))
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(temporary)
        raise


def clear_the_way(path: str) -> None:
    """Move a folder aside that stands where a file belongs; what it holds may be somebody's.

    Raises:
        OSError: it cannot be moved.
    """
    if os.path.isdir(path) and not os.path.islink(path):
        os.rename(path, unused(f"{path}.aside"))


def unused(path: str) -> str:
    """Return `path`, or where that is taken, one with a number behind it."""
    found, number = path, 1
    while os.path.lexists(found):
        number += 1
        found = f"{path}-{number}"
    return found


def sync_folder(folder: str) -> None:
    """Have what was renamed in a folder outlast a power cut, where the system lets folders be synced."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems refuse
            os.fsync(opened)
    finally:
        os.close(opened)
