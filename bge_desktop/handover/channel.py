"""A socket on which two processes that share a key exchange JSON, and neither waits for the other beyond a deadline."""

from __future__ import annotations

import contextlib
import hmac
import json
import secrets
import socket
import struct
import time
from collections.abc import Iterator
from typing import Any

HANDSHAKE_S = 5.0
"""For the handshake and the first message, all together."""

_PROTOCOL = "bge-desktop handover 1"
_LENGTH = struct.Struct(">I")
_HANDSHAKE_BYTES = 1024
_NONCE_BYTES = 32
_CHUNK = 1 << 16


class ChannelError(Exception):
    """The other side left, took too long, does not have the key, or said what makes no sense."""


class Channel:
    """Messages over a connected socket, which it owns.

    Args:
        connected: the socket.
        key: what both sides know.
    """

    def __init__(self, connected: socket.socket, key: str) -> None:
        self._socket, self._key = connected, key.encode("ascii")

    def greet_writer(self) -> None:
        """Prove to the process that listens that one has the key, and have it prove the same.

        Raises:
            ChannelError: it does not, or takes more than HANDSHAKE_S.
        """
        deadline = time.monotonic() + HANDSHAKE_S
        own = secrets.token_hex(_NONCE_BYTES)
        self.send({"nonce": own}, HANDSHAKE_S)
        answer = self._receive(_HANDSHAKE_BYTES, deadline)
        nonces = own, _text(answer, "nonce")
        self._check(answer, "writer", nonces)
        self.send({"proof": self._proof("visitor", nonces)}, HANDSHAKE_S)

    def greet_visitor(self, deadline: float) -> None:
        """Have a process that has connected prove that it has the key, after having proved the same.

        Raises:
            ChannelError: it does not, or not before the deadline, a moment of the monotonic clock.
        """
        nonces = _text(self._receive(_HANDSHAKE_BYTES, deadline), "nonce"), secrets.token_hex(_NONCE_BYTES)
        self.send({"nonce": nonces[1], "proof": self._proof("writer", nonces)}, HANDSHAKE_S)
        self._check(self._receive(_HANDSHAKE_BYTES, deadline), "visitor", nonces)

    def send(self, message: dict[str, Any], seconds: float) -> None:
        """Send a message within so many seconds.

        Raises:
            ChannelError: the other side left, or does not read.
        """
        data = json.dumps(message).encode("ascii")
        with _told():
            self._socket.settimeout(seconds)
            self._socket.sendall(_LENGTH.pack(len(data)) + data)

    def receive(self, largest: int, deadline: float | None = None) -> dict[str, Any]:
        """Wait for a message of so many bytes at most, until a moment of the monotonic clock or for ever.

        Raises:
            ChannelError: it did not come, is larger, or no JSON object.
        """
        return self._receive(largest, deadline)

    def has_ended(self) -> bool:
        """Whether the other side, which is not to say anything now, has left."""
        self._socket.setblocking(False)
        try:
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def shut_down(self) -> None:
        """End the exchange; whoever waits for a message, in any thread, is woken."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the exchange and close the socket."""
        self._socket.close()

    def _receive(self, largest: int, deadline: float | None) -> dict[str, Any]:
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
        if length > largest:
            raise ChannelError(f"A message of {length} bytes was announced")
        try:
            message = json.loads(self._read(length, deadline))
        except (ValueError, RecursionError) as error:
            raise ChannelError("This is no JSON") from error
        if not isinstance(message, dict):
            raise ChannelError("This is no object")
        return message

    def _read(self, count: int, deadline: float | None) -> bytes:
        data = bytearray()
        with _told():
            while len(data) < count:
                self._socket.settimeout(None if deadline is None else max(deadline - time.monotonic(), 1e-3))
                part = self._socket.recv(min(count - len(data), _CHUNK))
                if not part:
                    raise ChannelError("The other side has left")
                data += part
        return bytes(data)

    def _proof(self, side: str, nonces: tuple[str, str]) -> str:
        return hmac.digest(self._key, "\n".join((_PROTOCOL, side, *nonces)).encode("utf-8"), "sha256").hex()

    def _check(self, message: dict[str, Any], side: str, nonces: tuple[str, str]) -> None:
        if not hmac.compare_digest(_text(message, "proof").encode("utf-8"), self._proof(side, nonces).encode("ascii")):
            raise ChannelError("The other side does not have the key")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Turn what the system says of a socket, a time that ran out included, into a `ChannelError`."""
    try:
        yield
    except OSError as error:
        raise ChannelError(str(error)) from error


def _text(message: dict[str, Any], name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or not value.isascii():
        raise ChannelError(f"There is no {name}")
    return value
