"""The side of the process that writes to a library: it listens for others of the same person."""

from __future__ import annotations

import contextlib
import logging
import queue
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from bge_desktop.handover import address
from bge_desktop.handover.channel import HANDSHAKE_S, Channel, ChannelError
from bge_desktop.handover.forms import Done, Reply, form, request_of, window_wanted_of
from bge_desktop.messages import Progress, Request, WindowWanted

_log = logging.getLogger(__name__)

_MOST_AT_ONCE = 8
_LARGEST_REQUEST = 16 << 20
_SEND_S, _LAST_SEND_S = 10.0, 2.0
_LOOK_S = 1.0

OnVisit = Callable[["Visit"], None]
OnWindowWanted = Callable[[WindowWanted], bool]


class Visit:
    """What another process asks for, and the way to answer it. All methods may be called from any thread; none waits.

    Attributes:
        requests: in their order.
        waits: whether it wants to know when the library is up to date, and how far it is until then.
    """

    def __init__(self, requests: tuple[Request, ...], *, waits: bool) -> None:
        self.requests, self.waits = requests, waits
        self._replies: queue.SimpleQueue[Reply | None] = queue.SimpleQueue()
        self._is_over = False

    def tell(self, reply: Reply) -> None:
        """Send a reply; anything but `Progress` is the last one. To one who has left, nothing is sent."""
        if not self._is_over:
            self._replies.put(reply)

    def end(self) -> None:
        """Have no more replies sent."""
        self._is_over = True
        self._replies.put(None)

    def next_reply(self, seconds: float) -> Reply | None:
        """Wait so long for the next reply; None at the end.

        Raises:
            queue.Empty: there was none.
        """
        return self._replies.get(timeout=seconds)


class _Session(threading.Thread):
    """Serves one connection, and leaves when it is answered, given up or ended."""

    def __init__(
        self,
        channel: Channel,
        on_visit: OnVisit,
        on_window_wanted: OnWindowWanted,
        on_end: Callable[[_Session], None],
    ) -> None:
        super().__init__(name="handover-session", daemon=True)
        self._channel, self._on_end = channel, on_end
        self._on_visit, self._on_window_wanted = on_visit, on_window_wanted
        self._visit: Visit | None = None

    def run(self) -> None:
        """Serve the connection."""
        try:
            self._serve()
        except ChannelError as error:
            _log.info("A connection was given up: %s", error)
        finally:
            self._on_end(self)
            self._channel.close()

    def end(self) -> None:
        """Send what is to be sent, but for one who does not take it, and have the thread leave; from any other one."""
        if self._visit is None:
            self._channel.shut_down()
        else:
            self._visit.end()
        self.join(_LAST_SEND_S)
        self._channel.shut_down()
        self.join()

    def _serve(self) -> None:
        deadline = time.monotonic() + HANDSHAKE_S
        self._channel.greet_visitor(deadline)
        asked = self._channel.receive(_LARGEST_REQUEST, deadline)
        if "window" in asked:
            is_shown = self._on_window_wanted(window_wanted_of(asked["window"]))
            self._channel.send(form(Done(is_shown)), _SEND_S)
        else:
            self._serve_visit(asked)

    def _serve_visit(self, asked: dict[str, Any]) -> None:
        self._visit = Visit(_requests(asked), waits=asked.get("waits") is True)
        self._on_visit(self._visit)
        try:
            self._answer(self._visit)
        finally:
            self._visit.end()

    def _answer(self, visit: Visit) -> None:
        while not self._channel.has_ended():
            with contextlib.suppress(queue.Empty):
                reply = visit.next_reply(_LOOK_S)
                if reply is not None:
                    self._channel.send(form(reply), _SEND_S)
                if not isinstance(reply, Progress):
                    return


class Server:
    """Listens from its making until `close`.

    Args:
        library: the library's folder, whose lock is held.
        on_visit: called, in a thread of this object, with each visit of a process that has proved to be the person's.
        on_window_wanted: called likewise when the app was started again; returns whether there is a window.

    Raises:
        OSError: it cannot listen.
    """

    def __init__(self, library: str, on_visit: OnVisit, on_window_wanted: OnWindowWanted) -> None:
        self._library, self._on_visit, self._on_window_wanted = library, on_visit, on_window_wanted
        self._listening, self._address = address.listen(library)
        self._listening.setblocking(False)
        self._woken, self._waker = socket.socketpair()
        self._lock = threading.Lock()
        self._sessions: set[_Session] = set()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="handover", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more, and end all visits: who has no answer yet goes on by itself."""
        address.withdraw(self._library, self._address)
        self._closing.set()
        self._waker.send(b"\0")
        self._thread.join()
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.end()
        for used in (self._listening, self._woken, self._waker):
            used.close()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            for watched in (self._listening, self._woken):
                selector.register(watched, selectors.EVENT_READ)
            while not self._closing.is_set():
                selector.select()
                self._accept()

    def _accept(self) -> None:
        try:
            connected, _ = self._listening.accept()
        except BlockingIOError:
            return
        except OSError:  # too many open files, say: who asked tries again
            self._closing.wait(_LOOK_S)
            return
        channel = Channel(connected, self._address.key)
        session = _Session(channel, self._on_visit, self._on_window_wanted, self._forget)
        with self._lock:
            is_welcome = len(self._sessions) < _MOST_AT_ONCE
            if is_welcome:
                self._sessions.add(session)
        if is_welcome:
            session.start()
        else:
            connected.close()

    def _forget(self, session: _Session) -> None:
        with self._lock:
            self._sessions.discard(session)


@contextlib.contextmanager
def listening(library: str, on_visit: OnVisit, on_window_wanted: OnWindowWanted) -> Iterator[None]:
    """Listen as a `Server` does. Where that cannot be, others wait until the library is free."""
    try:
        server = Server(library, on_visit, on_window_wanted)
    except OSError:
        _log.warning("Others cannot hand over their requests", exc_info=True)
        yield
        return
    with contextlib.closing(server):
        yield


def _requests(asked: dict[str, Any]) -> tuple[Request, ...]:
    values = asked.get("requests")
    if not isinstance(values, list):
        raise ChannelError("There are no requests")
    return tuple(map(request_of, values))
