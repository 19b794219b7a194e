"""The app's own small files: each is replaced as a whole, for its owner alone, and may be spoilt by anybody."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Iterator
from typing import Any

_LARGEST_JSON = 1 << 24  # bytes: the rules of thousands of folders


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
    """Move aside what stands where a file belongs and is none, as a folder: what it holds may be somebody's.

    Raises:
        OSError: it cannot be moved.
    """
    if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
        os.rename(path, unused(f"{path}.aside"))


def is_misplaced(path: str) -> bool:
    """Return whether something stands in a file's place that is none, as a folder, a pipe, or a link to nothing."""
    return os.path.lexists(path) and not os.path.isfile(path)


def content(path: str, largest: int) -> bytes:
    """Return what a file holds.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no regular file, or has more than `largest` bytes.
    """
    try:
        # a pipe in its place would hold up the app for ever
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
            is_regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            found = file.read(largest + 1) if is_regular else b""
    except OSError as error:
        if os.path.isdir(path) or error.errno in (errno.ENXIO, errno.ELOOP):
            raise ValueError(path) from error
        raise
    if not is_regular or len(found) > largest:
        raise ValueError(path)
    return found


def read_json(path: str, largest: int = _LARGEST_JSON) -> Any:
    """Return what a JSON file holds; None where it is not there, cannot be read, or is spoilt."""
    try:
        return json.loads(content(path, largest))
    except (OSError, ValueError, RecursionError):
        return None


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
