"""Opening files that may be anything: nothing here waits for a pipe, reads from a device, or follows a link."""

from __future__ import annotations

import errno
import os
import stat
from typing import BinaryIO


def opened(path: str) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        OSError: it cannot be opened; with ENXIO where it is no regular file but a pipe, a socket, a device or a folder;
            with ELOOP where it is a symbolic link, as one that took a file's place after the folder was listed.
    """
    stream = open(path, "rb", opener=_open_itself)  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
    return stream


def read_up_to(stream: BinaryIO, most: int) -> bytes | None:
    """Return what a file holds; None where that is more than `most` bytes."""
    # Python makes room for as many bytes as are asked for, whatever there are
    data = stream.read(min(os.fstat(stream.fileno()).st_size, most) + 1)
    return data if len(data) <= most else None


def _open_itself(path: str, flags: int) -> int:
    # Without O_NONBLOCK, opening a FIFO that nobody writes to would wait for ever.
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_NOFOLLOW"):
        flags |= getattr(os, name, 0)
    return os.open(path, flags)
