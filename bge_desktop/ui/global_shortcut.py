"""Keys that open the quick search from any program, as far as the system lets a program have them."""

from __future__ import annotations

import sys
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication

from bge_desktop.ui.keys_state import KeysState


class Keys(Protocol):
    """The way to keys on one system."""

    pressed: SignalInstance
    """With the token by which the desktop lets a window come to the front, or ""."""
    state_changed: SignalInstance
    """With a `KeysState`."""

    def hold(self, keys: str) -> None:
        """Have these keys, as "Ctrl+Alt+Space", and none that were held before; "" for none."""

    def close(self) -> None:
        """Give all back."""


class NoKeys(QObject):
    """A system that gives keys to no program."""

    pressed = Signal(str)
    state_changed = Signal(object)

    def hold(self, keys: str) -> None:
        """Say that it cannot be."""
        self.state_changed.emit(KeysState.IMPOSSIBLE if keys else KeysState.NONE)

    def close(self) -> None:
        """Do nothing."""


def system_keys(parent: QObject) -> Keys:
    """Return the way to keys on this system."""
    platform = QGuiApplication.platformName()
    if sys.platform == "win32":
        from bge_desktop.ui.windows_keys import WindowsKeys

        return WindowsKeys(parent)
    if sys.platform == "darwin":
        from bge_desktop.ui.mac_keys import MacKeys

        return MacKeys(parent)
    if platform == "xcb":
        from bge_desktop.ui.x11_keys import X11Keys

        return X11Keys(parent)
    if platform.startswith("wayland"):
        from bge_desktop.ui.portal_keys import PortalKeys

        return PortalKeys(parent)
    return NoKeys(parent)
