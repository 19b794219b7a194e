"""Where the process that writes to a library listens: `writer.json` in the library's folder."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import stat
import tempfile
from dataclasses import dataclass

import msgspec

from bge_desktop.handover import ADDRESS_FILE
from bge_desktop.own_files import read_json, replacing

_LARGEST = 1 << 14
_PREFIX, _SOCKET = "bge-desktop-", "writer"


@dataclass(frozen=True)
class Address:
    """Where a writer listens.

    Attributes:
        path: its socket; "" on systems without sockets that have a path, where `port` of this machine counts.
        port: see `path`.
        key: what both sides must know.
        pid: the writer's process.
        library: the folder, as device and inode: what was written for a folder does not hold for a copy of it.
    """

    path: str
    port: int
    key: str
    pid: int
    library: str

    def connect(self, seconds: float) -> socket.socket:
        """Return a socket that is connected to the writer.

        Raises:
            OSError: nobody listens there, or not within so many seconds.
        """
        if not self.path:
            return socket.create_connection(("127.0.0.1", self.port), seconds)
        connected = socket.socket(socket.AF_UNIX)
        try:
            connected.settimeout(seconds)
            connected.connect(self.path)
        except BaseException:
            connected.close()
            raise
        return connected


def read(library: str) -> Address | None:
    """Return where the writer of a library said that it listens; None where none did, or not for this folder."""
    try:
        address = msgspec.convert(read_json(os.path.join(library, ADDRESS_FILE), _LARGEST), Address)
        return address if address.library == _identity(library) else None
    except (OSError, ValueError):  # msgspec's error is a ValueError
        return None


def listen(library: str) -> tuple[socket.socket, Address]:
    """Open a socket for others of the same person, and record where; only for the process that holds the lock.

    Raises:
        OSError: it cannot be opened, or not be recorded.
    """
    _sweep(read(library))
    listening, path, port = _bound()
    try:
        listening.listen()
        address = Address(path, port, secrets.token_hex(32), os.getpid(), _identity(library))
        _write(library, address)
    except BaseException:
        listening.close()
        _remove_socket(path)
        raise
    return listening, address


def withdraw(library: str, address: Address) -> None:
    """Remove what `listen` made, but for the socket itself."""
    with contextlib.suppress(OSError):
        os.remove(os.path.join(library, ADDRESS_FILE))
    _remove_socket(address.path)


def _bound() -> tuple[socket.socket, str, int]:
    """Return a bound socket, its path or "", and its port or 0."""
    if not hasattr(socket, "AF_UNIX"):
        bound = socket.create_server(("127.0.0.1", 0))
        return bound, "", bound.getsockname()[1]
    # a folder of one's own keeps others out on every system; and in the library's, the path could be too long
    path = os.path.join(tempfile.mkdtemp(prefix=_PREFIX), _SOCKET)
    bound = socket.socket(socket.AF_UNIX)
    try:
        bound.bind(path)
    except BaseException:
        bound.close()
        _remove_socket(path)
        raise
    os.chmod(path, 0o600)
    return bound, path, 0


def _write(library: str, address: Address) -> None:
    with replacing(os.path.join(library, ADDRESS_FILE)) as temporary, open(temporary, "w", encoding="ascii") as file:
        json.dump(msgspec.to_builtins(address), file)


def _identity(library: str) -> str:
    status = os.stat(library)
    return f"{status.st_dev}:{status.st_ino}"


def _sweep(left: Address | None) -> None:
    """Remove the socket of a writer that was killed."""
    if left is not None and os.path.basename(os.path.dirname(left.path)).startswith(_PREFIX):
        _remove_socket(left.path)


def _remove_socket(path: str) -> None:
    """Remove a socket and its folder; what is neither, and what others have, is left alone."""
    with contextlib.suppress(OSError):
        if stat.S_ISSOCK(os.lstat(path).st_mode):
            os.remove(path)
    with contextlib.suppress(OSError):
        if path:
            os.rmdir(os.path.dirname(path))
