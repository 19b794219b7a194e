"""Child processes of the app: the encoder and the readers, and the framed messages that pass between them.

A message is a JSON header and a binary payload. It is never a pickle: a reader parses hostile files, and what a
captured reader sends back must not be able to run code in the process that listens.

A child serves until its standard input ends, which is also what it sees when its parent dies, however it dies.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import re
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from bge_desktop.errors import UserError

Header = dict[str, Any]
_log = logging.getLogger(__name__)

_LENGTHS = struct.Struct(">II")
_LARGEST = 1 << 30
# What a program needs to start and to find its libraries and its language; keys and tokens are in other variables.
_HARMLESS = re.compile(
    r"PATH|HOME|LANG(?:UAGE)?|LC_\w+|TZ|PYTHON\w*|VIRTUAL_ENV|(?:LD|DYLD)_LIBRARY_PATH|_PYI_\w+|_MEIPASS2"
    r"|SYSTEM(?:ROOT|DRIVE)|WINDIR|PATHEXT|USERPROFILE|APPDATA|NUMBER_OF_PROCESSORS|PROCESSOR_\w+|BGE_DESKTOP_\w+",
    re.IGNORECASE,
)


def own_command() -> list[str]:
    """Return the command line that starts this program.

    `-P` keeps the current folder off its import path: it may be a folder of somebody else's files.
    """
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "bge_desktop"]


def child_command(role: str) -> list[str]:
    """Return the command line that starts this program as a child in `role`, as `ChildProcess` describes it."""
    return [*own_command(), "--child", role]


def write_message(stream: IO[bytes], header: Header, payload: bytes = b"") -> None:
    """Write one message and flush it."""
    head = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(head), len(payload)) + head + payload)
    stream.flush()


def harmless_environment() -> dict[str, str]:
    """Return the variables of this process that tell no secrets: for a child that handles what anyone may have made."""
    return {name: value for name, value in os.environ.items() if _HARMLESS.fullmatch(name)}


def read_message(stream: IO[bytes], largest: int = _LARGEST) -> tuple[Header, bytes] | None:
    """Read one message; None when the stream has ended, be it in the middle of a message, or holds something else.

    Args:
        stream: what the other side writes to.
        largest: bytes of a header or payload; what announces more is not read.
    """
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, payload_length = _LENGTHS.unpack(lengths)
    if max(head_length, payload_length) > largest:
        return None
    head, payload = stream.read(head_length), stream.read(payload_length)
    if len(head) < head_length or len(payload) < payload_length:
        return None
    try:
        return json.loads(head), payload
    except (ValueError, RecursionError):
        return None


class ParentChannel:
    """The child's end: requests come from standard input, replies go to what was standard output.

    Standard output itself is pointed at standard error, so that a library that prints cannot break the framing.
    """

    def __init__(self) -> None:
        self._input = os.fdopen(os.dup(0), "rb")
        self._output = os.fdopen(os.dup(1), "wb")
        self._lock = threading.Lock()
        os.dup2(2, 1)

    def requests(self) -> Iterator[tuple[Header, bytes]]:
        """Yield requests until the parent closes the stream or dies."""
        while (message := read_message(self._input)) is not None:
            yield message

    def reply(self, header: Header, payload: bytes = b"") -> None:
        """Send one message to the parent; from any thread. A parent that is gone is no error."""
        with self._lock, contextlib.suppress(BrokenPipeError):
            write_message(self._output, header, payload)


def _standard_error() -> int | None:
    """Return where a child's standard error goes: to a terminal where there is one.

    Elsewhere it is dropped: what a reader's libraries print may hold a document's text, and a desktop keeps in a
    journal what its programs print.
    """
    try:
        return None if os.isatty(2) else subprocess.DEVNULL
    except OSError:
        return subprocess.DEVNULL


class ChildProcess:
    """The parent's end of one child.

    Args:
        role: "encoder", "reader", "models" or "understanding".
        on_message: called with each message, in a thread of this object.
        on_exit: called once, in the same thread, with the exit status, after the last message.
        environment: variables added to the child's environment.
        inherited: the variables that it takes over; by default all of this process.
        largest: bytes of a header or payload that the child may send; one that announces more is ended.
        quiet_s: seconds without a message to the child after which `may_leave` is asked; None for never.
        may_leave: called in a thread of this object. Where it says yes, the child is let go: nothing may be sent after.

    Raises:
        UserError: the program could not be started.
    """

    def __init__(
        self,
        role: str,
        on_message: Callable[[Header, bytes], None],
        on_exit: Callable[[int], None],
        environment: Mapping[str, str] | None = None,
        inherited: Mapping[str, str] | None = None,
        largest: int = _LARGEST,
        quiet_s: float | None = None,
        may_leave: Callable[[], bool] = lambda: True,
    ) -> None:
        self._role = role
        self._on_message, self._on_exit, self._largest = on_message, on_exit, largest
        self._quiet_s, self._may_leave = quiet_s, may_leave
        self._outbox: queue.SimpleQueue[tuple[Header, bytes] | None] = queue.SimpleQueue()
        self._popen = self._start(role, {**(os.environ if inherited is None else inherited), **(environment or {})})
        self._threads = [
            threading.Thread(target=target, name=f"{role}-{name}", daemon=True)
            for name, target in (("requests", self._send_all), ("replies", self._listen))
        ]
        for thread in self._threads:
            thread.start()

    @staticmethod
    def _start(role: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                child_command(role),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=_standard_error(),
                env=environment,
                start_new_session=os.name == "posix",  # Ctrl+C in a terminal is the parent's to handle
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            message = f"A helper process could not be started ({error.strerror}). Close other programs and try again."
            raise UserError("Could not start", message) from error

    @property
    def pid(self) -> int:
        """The operating system's number for the process."""
        return self._popen.pid

    def send(self, header: Header, payload: bytes = b"") -> None:
        """Send one message; from any thread, without waiting for the child to take it.

        A child that is gone is no error here: `on_exit` tells of it.
        """
        self._outbox.put((header, payload))

    def kill(self) -> None:
        """End the process at once; `on_exit` follows."""
        self._popen.kill()

    def dismiss(self) -> None:
        """Ask the process to leave once it has done what it is at, without waiting; `on_exit` follows."""
        self._outbox.put(None)

    def close(self, timeout: float = 2.0) -> None:
        """Ask the process to leave, kill it after `timeout` seconds, and wait until it and its thread are gone."""
        self._outbox.put(None)
        self._wait(timeout)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    def _send_all(self) -> None:
        assert self._popen.stdin is not None
        with contextlib.suppress(OSError), self._popen.stdin as stream:
            while (message := self._next_message()) is not None:
                write_message(stream, *message)

    def _next_message(self) -> tuple[Header, bytes] | None:
        """Wait for what is to be sent; None when the child is to leave."""
        while True:
            try:
                return self._outbox.get(timeout=self._quiet_s)
            except queue.Empty:
                if self._may_leave():
                    return None

    def _listen(self) -> None:
        assert self._popen.stdout is not None
        with self._popen.stdout as stream:
            while (message := read_message(stream, self._largest)) is not None:
                self._on_message(*message)
        self._outbox.put(None)
        status = self._wait()
        if status:
            _log.info("A process ended with exit status %d: %s", status, self._role)
        self._on_exit(status)

    def _wait(self, timeout: float = 2.0) -> int:
        """Wait for the process to end and return its exit status; kill it after `timeout` seconds."""
        try:
            return self._popen.wait(timeout)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            return self._popen.wait()
