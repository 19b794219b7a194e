"""The desktop portal's global shortcuts, spoken to over a connection of their own to the session bus.

By jeepney: Qt's own D-Bus for Python cannot write the lists of structures that the portal wants.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
from collections import deque
from collections.abc import Iterator
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, Message, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.io.common import FilterHandle
from jeepney.wrappers import unwrap_msg

APP_ID = "bge-desktop"

_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST = "org.freedesktop.portal.Request"
_REGISTRY = "org.freedesktop.host.portal.Registry"
_ID = "quick-search"
_ANSWER_S = 10.0
_PRESSED = MatchRule(type="signal", interface=_SHORTCUTS, member="Activated", path=_PATH)
_NAMES = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO", "Space": "space"}


class PortalError(Exception):
    """There is no portal, or it has no global shortcuts."""


class Portal:
    """One session: keys that the desktop may let this program have. All methods but `leave` run in one thread.

    Raises:
        PortalError: see there.
    """

    def __init__(self) -> None:
        try:
            self._bus: DBusConnection = open_dbus_connection("SESSION")
        except (OSError, KeyError, ValueError, RuntimeError) as error:
            raise PortalError(str(error)) from error
        self._tokens = itertools.count(1)

    def ask(self, keys: str, description: str) -> bool:
        """Ask for keys, and wait for what the desktop, or the person, says; return whether that is yes.

        Raises:
            PortalError: see the class; or `leave` was called.
        """
        with _told():
            self._introduce()
            self._presses = self._heard(_PRESSED)  # from now on: the answer and the first press may come together
            token = {"session_handle_token": ("s", f"bge_desktop_{next(self._tokens)}")}
            code, told = self._request("CreateSession", "a{sv}", (), token)
            if code:
                return False
            self._session = told["session_handle"][1]
            wanted = [(_ID, {"description": ("s", description), "preferred_trigger": ("s", trigger(keys))})]
            code, _ = self._request("BindShortcuts", "oa(sa{sv})sa{sv}", (self._session, wanted, ""), {})
            return code == 0

    def presses(self) -> Iterator[str]:
        """Wait for the keys; yield, each time, the token that lets a window come to the front, or "".

        Raises:
            PortalError: `leave` was called, or the bus has gone.
        """
        with _told(), self._presses as heard:
            while True:
                session, name, _, options = self._bus.recv_until_filtered(heard).body
                if (session, name) == (self._session, _ID):
                    yield str(options.get("activation_token", ("s", ""))[1])

    def leave(self) -> None:
        """Have whoever waits here wait no longer; from any thread."""
        with contextlib.suppress(OSError):
            self._bus.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the keys back."""
        self._bus.close()

    def _introduce(self) -> None:
        """Say which program this is: outside of a sandbox, not every desktop finds out. Older portals do not ask."""
        address = DBusAddress(_PATH, bus_name=_NAME, interface=_REGISTRY)
        with contextlib.suppress(DBusErrorResponse):
            self._call(new_method_call(address, "Register", "sa{sv}", (APP_ID, {})))

    def _request(
        self, method: str, signature: str, arguments: tuple[Any, ...], options: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """Call a method whose answer comes as a signal; return its code, 0 for yes, and what it tells."""
        token = f"bge_desktop_{next(self._tokens)}"
        sender = str(self._bus.unique_name).removeprefix(":").replace(".", "_")
        rule = MatchRule(type="signal", interface=_REQUEST, member="Response", path=f"{_PATH}/request/{sender}/{token}")
        address = DBusAddress(_PATH, bus_name=_NAME, interface=_SHORTCUTS)
        body = (*arguments, {**options, "handle_token": ("s", token)})
        with self._heard(rule) as heard:
            self._call(new_method_call(address, method, signature, body))
            code, told = self._bus.recv_until_filtered(heard).body
        return code, told

    def _call(self, message: Message) -> Any:
        return unwrap_msg(self._bus.send_and_get_reply(message, timeout=_ANSWER_S))

    def _heard(self, rule: MatchRule) -> FilterHandle:
        """Return a context that gives what is heard, from now on."""
        Proxy(message_bus, self._bus).AddMatch(rule)
        return self._bus.filter(rule, queue=deque())


def trigger(keys: str) -> str:
    """Return keys such as "Ctrl+Alt+Space" as the portal writes them: "CTRL+ALT+space"."""
    *modifiers, key = keys.split("+")
    last = _NAMES.get(key, key if len(key) > 1 else key.lower())
    return "+".join((*(_NAMES[name] for name in modifiers), last))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (DBusErrorResponse, OSError, ValueError, KeyError, TypeError) as error:
        raise PortalError(str(error)) from error
