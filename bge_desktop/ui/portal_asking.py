"""Asking the desktop portal for keys, and waiting for them, in a thread: the desktop may ask the person."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bge_desktop.ui.keys_state import KeysState
from bge_desktop.ui.portal import Portal, PortalError


class Asking(threading.Thread):
    """Asks for keys.

    Args:
        keys: as "Ctrl+Alt+Space".
        description: what they do, for the person.
        told: called in the thread with itself and a `KeysState` or, each time that the keys are pressed, a token.
    """

    def __init__(self, keys: str, description: str, told: Callable[[object, object], None]) -> None:
        super().__init__(name="portal-keys", daemon=True)
        self._keys, self._description, self._told = keys, description, told
        self._lock = threading.Lock()
        self._portal: Portal | None = None
        self._has_left = False

    def leave(self) -> None:
        """Have the thread end."""
        with self._lock:
            self._has_left = True
            if self._portal is not None:
                self._portal.leave()

    def run(self) -> None:
        """Ask, then wait for the keys."""
        try:
            portal = Portal()
        except PortalError:
            self._tell(KeysState.IMPOSSIBLE)
            return
        with self._lock:
            self._portal = portal
            if self._has_left:
                portal.leave()
        self._wait(portal)
        with self._lock:
            self._portal = None
            portal.close()

    def _wait(self, portal: Portal) -> None:
        try:
            if not portal.ask(self._keys, self._description):
                self._tell(KeysState.REFUSED)
                return
            self._tell(KeysState.HELD)
            for token in portal.presses():
                self._tell(token)
        except PortalError:
            self._tell(KeysState.IMPOSSIBLE)

    def _tell(self, news: KeysState | str) -> None:
        if not self._has_left:  # then nobody may be there to be told
            self._told(self, news)
