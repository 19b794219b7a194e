"""Opening files that may be anything: nothing here waits for a pipe, or reads from a device."""

from __future__ import annotations

import errno
import os
import stat
from typing import BinaryIO


def opened(path: str) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        OSError: it cannot be opened; with ENXIO where it is no regular file but a pipe, a socket, a device or a folder.
    """
    stream = open(path, "rb", opener=_open_without_blocking)  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
    return stream


def _open_without_blocking(path: str, flags: int) -> int:
    # Without O_NONBLOCK, opening a FIFO that nobody writes to would wait for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
