"""The side of a process that finds the library's lock taken: it asks the writer to do what it is to do itself."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bge_desktop.errors import UserError
from bge_desktop.handover import address
from bge_desktop.handover.channel import HANDSHAKE_S, Channel, ChannelError
from bge_desktop.handover.forms import Done, Reply, form, reply_of
from bge_desktop.messages import ErrorReport, IndexNow, LibraryStatus, Progress, Request, WindowWanted

_CONNECT_S = 2.0
_SHOW_S = 5.0
_LARGEST_REPLY = 256 << 20


def until_done(
    library: str, requests: Sequence[Request], on_progress: Callable[[Progress], None]
) -> LibraryStatus | None:
    """Have the writer do what is asked and wait until the library is up to date; return its state.

    It is done at once, also where the writer would stand back, on battery say: somebody waits for it.
    The state counts as embedded what was embedded since the requests. None where no writer listens, or it left before
    it was done: part of it may then be done.

    Raises:
        UserError: a request could not be done, or the library not be brought up to date.
    """
    for reply in _replies(library, {"requests": list(map(form, (IndexNow(), *requests))), "waits": True}):
        if isinstance(reply, LibraryStatus):
            return reply
        if isinstance(reply, Progress):
            on_progress(reply)
    return None


def taken(library: str, requests: Sequence[Request]) -> bool:
    """Have the writer take up what is asked; return whether it did. False where no writer listens.

    Raises:
        UserError: a request could not be done.
    """
    return _is_done(_replies(library, {"requests": list(map(form, requests)), "waits": False}))


def window_shown(library: str, wanted: WindowWanted) -> bool:
    """Have the library's window come to the front; return whether there is one and it was told, within seconds."""
    return _is_done(_replies(library, {"window": form(wanted)}, _SHOW_S))


def writer_process(library: str) -> int | None:
    """Return the number of the process that says it listens for a library, None without one."""
    writer = address.read(library)
    return writer.pid if writer else None


def _is_done(replies: Iterator[Reply]) -> bool:
    return any(isinstance(reply, Done) and reply.is_taken_up for reply in replies)


def _replies(library: str, asked: dict[str, Any], seconds: float | None = None) -> Iterator[Reply]:
    """Yield what the writer says until it has no more to say or leaves, or until so many seconds have passed."""
    deadline = None if seconds is None else time.monotonic() + seconds
    with contextlib.suppress(OSError, ChannelError), _connected(library) as channel:
        channel.send(asked, HANDSHAKE_S)
        while not isinstance(reply := reply_of(channel.receive(_LARGEST_REPLY, deadline)), ErrorReport):
            yield reply
        raise _error(reply)


@contextlib.contextmanager
def _connected(library: str) -> Iterator[Channel]:
    writer = address.read(library)
    if writer is None:
        raise ChannelError("No writer listens")
    with contextlib.closing(Channel(writer.connect(_CONNECT_S), writer.key)) as channel:
        channel.greet_writer()
        yield channel


def _error(report: ErrorReport) -> UserError:
    return UserError(report.title, report.message, report.path)
